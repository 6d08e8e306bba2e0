import { join } from 'node:path'
import type { PropsWithChildren } from 'hono/jsx'
import type { PageContext } from '#shared/web/page-context.ts'
import { serveFolder } from '../static-files.ts'
import { categoriesOf, type ShopSlug } from './goods.ts'
import type { Shop } from './shops.ts'
import { shopTexts } from './texts.ts'

export const files = serveFolder(join(import.meta.dirname, 'assets'))

export const pictureOf = (goodId: string): string => files.url(`goods/${goodId}.svg`)

export const Csrf = ({ page }: { page: PageContext }) => (
  <input type="hidden" name="_csrf" value={page.csrfToken} />
)

const marks: Record<ShopSlug, string> = {
  'shop-a':
    'M12 2.500c3.600 0 5.200 3.400 4.700 7.600-.3 2.700-.8 3.800-.8 6.500 0 3.100-1.300 4.900-3.900 4.900s-3.900-1.800-3.900-4.900c0-2.700-.5-3.800-.8-6.500C6.800 5.900 8.400 2.500 12 2.500zM8.600 14.200h6.800',
  'shop-b':
    'M2.500 16.500c0-1.400 4.200-2.300 9.500-2.300s9.500.9 9.500 2.300-4.200 2.600-9.500 2.600-9.500-1.200-9.500-2.600zM6.500 14.800C6.700 9.500 8 5 9.800 4.600c1-.2 1.300.7 2.200.7s1.200-.9 2.200-.7c1.800.4 3.100 4.900 3.300 10.200',
  'shop-c': 'M3 7.500h18v3H3zM5.500 10.500 4 20.500M18.500 10.500l1.500 10M7 16h10',
}

export const Mark = ({ shop }: { shop: ShopSlug }) => (
  <svg class="mark" viewBox="0 0 24 24" aria-hidden="true">
    <path
      d={marks[shop]}
      fill="none"
      stroke="currentColor"
      stroke-width="1.6"
      stroke-linejoin="round"
      stroke-linecap="round"
    />
  </svg>
)

/** What every page of a shop needs to know. */
export interface ShopPage extends PageContext {
  shop: Shop
  /** The other shops of the street, too. */
  shops: Shop[]
  /** Pieces in the basket. */
  basketCount: number
}

const LanguageSwitch = ({ page }: { page: PageContext }) => {
  const other = page.language === 'en' ? 'ja' : 'en'
  return (
    <form method="post" action="/language">
      <Csrf page={page} />
      <input type="hidden" name="to" value={page.path} />
      <button class="plain" name="language" value={other} lang={other}>
        {shopTexts(page.language).otherLanguage}
      </button>
    </form>
  )
}

const BasketLink = ({ page }: { page: ShopPage }) => {
  const words = shopTexts(page.language).nav
  return (
    <a class="basket-link" href={`/${page.shop.slug}/basket`}>
      <svg viewBox="0 0 24 24" aria-hidden="true">
        <path
          d="M3 8.500h18l-1.800 10.300a1.500 1.500 0 0 1-1.500 1.200H6.300a1.500 1.500 0 0 1-1.500-1.200zM8 8.500 10.500 3.500M16 8.500 13.500 3.500M9.500 12.500v4M14.500 12.500v4"
          fill="none"
          stroke="currentColor"
          stroke-width="1.6"
          stroke-linejoin="round"
          stroke-linecap="round"
        />
      </svg>
      <span class="basket-word">{words.basket}</span>
      {page.basketCount > 0 ? (
        <span class="count">
          <span aria-hidden="true">{page.basketCount}</span>
          <span class="unseen">{words.basketCount(page.basketCount)}</span>
        </span>
      ) : null}
    </a>
  )
}

const Header = ({ page, shelf }: { page: ShopPage; shelf: string | undefined }) => {
  const { shop, language } = page
  const words = shopTexts(language).nav
  const home = `/${shop.slug}`
  return (
    <header class="site-header">
      <div class="bar">
        <a class="wordmark" href={home}>
          <Mark shop={shop.slug} />
          <span>{shop.name[language]}</span>
        </a>
        <div class="tools">
          <LanguageSwitch page={page} />
          <a class="orders-link" href={`${home}/orders`}>
            {words.orders}
          </a>
          <BasketLink page={page} />
        </div>
      </div>
      <nav class="shelves" aria-label={words.shelves}>
        <a href={home} aria-current={shelf === 'all' ? 'page' : undefined}>
          {words.all}
        </a>
        {categoriesOf(shop.slug).map(({ id, name }) => (
          <a href={`${home}?shelf=${id}`} aria-current={shelf === id ? 'page' : undefined}>
            {name[language]}
          </a>
        ))}
      </nav>
    </header>
  )
}

const Footer = ({ page }: { page: ShopPage }) => {
  const { shop, language } = page
  const words = shopTexts(language)
  const home = `/${shop.slug}`
  return (
    <footer class="site-footer">
      <div class="columns">
        <section>
          <h2>{words.footer.visit}</h2>
          <p>
            {shop.name[language]}
            <br />
            {shop.address[language]}
            <br />
            <a href={`tel:${shop.phone.replaceAll('-', '')}`}>{shop.phone}</a>
            <br />
            <a href={`mailto:${shop.mail}`}>{shop.mail}</a>
          </p>
        </section>
        <section>
          <h2>{words.footer.help}</h2>
          <ul>
            <li>
              <a href={`${home}/about`}>{words.nav.about}</a>
            </li>
            <li>
              <a href={`${home}/orders`}>{words.nav.orders}</a>
            </li>
          </ul>
        </section>
        <section>
          <h2>{words.footer.neighbours}</h2>
          <ul>
            {page.shops
              .filter(({ slug }) => slug !== shop.slug)
              .map(({ slug, name }) => (
                <li>
                  <a href={`/${slug}`}>{name[language]}</a>
                </li>
              ))}
          </ul>
        </section>
      </div>
      <p class="demo">{words.footer.demo}</p>
    </footer>
  )
}

const Head = ({ title, icon }: { title: string; icon: string }) => (
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>{title}</title>
    <link rel="icon" href={files.url(icon)} type="image/svg+xml" />
    <link rel="stylesheet" href={files.url('shop.css')} />
  </head>
)

interface ShopLayoutProps {
  page: ShopPage
  title: string
  /** The shelf that is open: its category's id, or 'all'. */
  shelf?: string | undefined
}

/** A page in the look of its shop. */
export const ShopLayout = ({
  page,
  title,
  shelf,
  children,
}: PropsWithChildren<ShopLayoutProps>) => {
  const name = page.shop.name[page.language]
  return (
    <html lang={page.language} data-shop={page.shop.slug}>
      <Head
        title={title === name ? name : `${title} | ${name}`}
        icon={`icons/${page.shop.slug}.svg`}
      />
      <body>
        <a class="skip" href="#main">
          {shopTexts(page.language).skip}
        </a>
        <Header page={page} shelf={shelf} />
        <main id="main">{children}</main>
        <Footer page={page} />
      </body>
    </html>
  )
}

/** The street in front of the shops. */
export const StreetLayout = ({
  page,
  title,
  children,
}: PropsWithChildren<{ page: PageContext; title: string }>) => (
  <html lang={page.language} data-shop="street">
    <Head title={title} icon="icons/street.svg" />
    <body>
      <main id="main">
        <div class="street-tools">
          <LanguageSwitch page={page} />
        </div>
        {children}
      </main>
    </body>
  </html>
)
