import type { Context } from 'hono'
import type { PropsWithChildren } from 'hono/jsx'
import type { Language } from '#shared/texts.ts'
import { Layout } from '#shared/ui/index.ts'
import { acceptedLanguage, type PageContext, pageContext } from '#shared/web/index.ts'
import { siteTexts } from './texts.ts'

/** What a page needs of its request; also right for errors raised before the language was known. */
export const viewOf = (c: Context): PageContext => ({
  ...pageContext(c),
  language:
    (c.get('language') as Language | undefined) ??
    acceptedLanguage(c.req.header('accept-language')) ??
    'en',
})

export type SitePageProps = PropsWithChildren<{
  page: PageContext
  title: string
  width?: 'narrow' | 'normal' | 'wide'
}>

/** A page of the claim server, under its own name and not a bank's. */
export const SitePage = ({ page, title, width = 'narrow', children }: SitePageProps) => {
  const words = siteTexts(page.language)
  return (
    <Layout
      page={page}
      title={title}
      description={words.footer}
      brand={{ name: words.name, mark: words.mark, home: '/' }}
      width={width}
      footer={words.footer}
    >
      {children}
    </Layout>
  )
}
