import type { AppError } from '#shared/errors.ts'
import type { PageContext } from '#shared/web/page-context.ts'
import { ShopLayout, type ShopPage, StreetLayout } from './layout.tsx'
import { shopTexts } from './texts.ts'

const wordsFor = (error: AppError, { language }: PageContext): [string, string] => {
  const words = shopTexts(language).error
  if (error.code === 'not-found') return [words.notFound, words.notFoundText]
  if (error.code === 'forbidden') return [words.outOfDate, words.outOfDateText]
  if (error.code === 'too-large') return [words.tooLarge, words.tooLargeText]
  return error.status < 500 ? [words.wrong, words.wrongText] : [words.ours, words.oursText]
}

/** What went wrong, in the look of the shop where it did, or of the street. */
export const ErrorPage = ({
  error,
  page,
  shopPage,
}: {
  error: AppError
  page: PageContext
  shopPage: ShopPage | undefined
}) => {
  const [title, text] = wordsFor(error, page)
  const message = (
    <div class="message">
      <h1>{title}</h1>
      <p>{text}</p>
      <p>
        <a class="button" href={shopPage ? `/${shopPage.shop.slug}` : '/'}>
          {shopTexts(page.language).error.home}
        </a>
      </p>
    </div>
  )
  return shopPage ? (
    <ShopLayout page={shopPage} title={title}>
      {message}
    </ShopLayout>
  ) : (
    <StreetLayout page={page} title={title}>
      {message}
    </StreetLayout>
  )
}
