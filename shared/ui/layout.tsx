import type { Child, PropsWithChildren } from 'hono/jsx'
import type { PageContext } from '#shared/web/page-context.ts'
import { assetUrls } from './assets.ts'
import { CsrfField } from './form.tsx'
import { Icon } from './icon.tsx'
import { kitTexts } from './texts.ts'

export interface Brand {
  name: string
  /** One or two letters on the brand's colour. */
  mark: string
  home: string
  /** The bank's own stylesheet, loaded after ours: it sets --brand, --brand-ink, --brand-tint. */
  stylesheet?: string
}

export interface NavItem {
  href: string
  label: string
  current?: boolean
  /** Shown as a small number after the label. */
  count?: number
}

export interface Who {
  name: string
  /** Where the sign-out form posts. */
  signOutPath: string
}

// Indicator styles are in our stylesheet; htmx evaluates nothing, as the CSP has no unsafe-eval.
const htmxConfig = '{"includeIndicatorCSS":false,"mode":"same-origin","history":true}'

const LanguageSwitch = ({ page }: { page: PageContext }) => (
  <form method="post" action={page.languagePath ?? '/language'}>
    <CsrfField token={page.csrfToken} />
    <input type="hidden" name="to" value={page.path} />
    <button
      class="link-button"
      name="language"
      value={page.language === 'en' ? 'ja' : 'en'}
      lang={page.language === 'en' ? 'ja' : 'en'}
    >
      {kitTexts(page.language).otherLanguage}
    </button>
  </form>
)

const SignOut = ({ page, who }: { page: PageContext; who: Who }) => (
  <form method="post" action={who.signOutPath}>
    <CsrfField token={page.csrfToken} />
    <button class="link-button">{kitTexts(page.language).signOut}</button>
  </form>
)

const NavLinks = ({ nav }: { nav: readonly NavItem[] }) => (
  <>
    {nav.map(({ href, label, current, count }) => (
      <a href={href} aria-current={current ? 'page' : undefined}>
        {label}
        {count ? <span class="nav-count">{count}</span> : null}
      </a>
    ))}
  </>
)

interface HeaderProps {
  page: PageContext
  brand: Brand
  nav: readonly NavItem[]
  who: Who | undefined
}

const PhoneMenu = ({ page, nav, who }: HeaderProps) => {
  const words = kitTexts(page.language)
  return (
    <details class="phone-menu">
      <summary>
        <Icon name="menu" />
        {words.menu}
      </summary>
      <div class="phone-menu-panel">
        <nav aria-label={words.menu}>
          <NavLinks nav={nav} />
        </nav>
        <div class="phone-menu-foot">
          {who && <span class="who-name">{who.name}</span>}
          <LanguageSwitch page={page} />
          {who && <SignOut page={page} who={who} />}
        </div>
      </div>
    </details>
  )
}

const Header = (props: HeaderProps) => {
  const { page, brand, nav, who } = props
  const hasMenu = nav.length > 0 || who !== undefined
  return (
    <header class="top">
      <div class="top-inner">
        <a class="brand" href={brand.home}>
          <span class="brand-mark" aria-hidden="true">
            {brand.mark}
          </span>
          {brand.name}
        </a>
        {nav.length > 0 && (
          <nav class="top-nav" aria-label={kitTexts(page.language).mainMenu}>
            <NavLinks nav={nav} />
          </nav>
        )}
        <div class={hasMenu ? 'who' : 'who is-alone'}>
          {who && <span class="who-name">{who.name}</span>}
          <LanguageSwitch page={page} />
          {who && <SignOut page={page} who={who} />}
        </div>
        {hasMenu && <PhoneMenu {...props} />}
      </div>
    </header>
  )
}

export type LayoutProps = PropsWithChildren<{
  page: PageContext
  title: string
  /** For search engines: what the site is for, in a sentence; its name unless said. */
  description?: string
  brand: Brand
  nav?: readonly NavItem[]
  who?: Who | undefined
  /** narrow: forms, results. normal: lists. wide: consoles with tables. */
  width?: 'narrow' | 'normal' | 'wide'
  /** The form was refused: the window's title says so first. */
  hasErrors?: boolean
  /** Between header and content, over the whole width: a demo's hint, a planned outage. */
  banner?: Child
  footer?: Child
  /** Seconds after which the page reloads itself where scripts don't run: for a payment in doubt. */
  reloadSeconds?: number
}>

/** The whole document. Render it with `renderPage(c, <Layout ...>)`. */
export const Layout = ({
  page,
  title,
  brand,
  description = brand.name,
  nav = [],
  who,
  width = 'normal',
  hasErrors = false,
  banner,
  footer,
  reloadSeconds,
  children,
}: LayoutProps) => {
  const words = kitTexts(page.language)
  return (
    <html lang={page.language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <meta name="color-scheme" content="light dark" />
        <meta name="format-detection" content="telephone=no" />
        <title>
          {hasErrors ? `${words.error}: ` : ''}
          {title} · {brand.name}
        </title>
        <meta name="description" content={description} />
        <meta name="htmx-config" content={htmxConfig} />
        <link rel="icon" href={assetUrls.icon} type="image/svg+xml" />
        <link rel="stylesheet" href={assetUrls.css} />
        {brand.stylesheet && <link rel="stylesheet" href={brand.stylesheet} />}
        <script src={assetUrls.js} defer></script>
        {reloadSeconds && (
          <noscript>
            <meta http-equiv="refresh" content={`${reloadSeconds}`} />
          </noscript>
        )}
      </head>
      <body>
        <a class="skip" href="#content">
          {words.skip}
        </a>
        <Header page={page} brand={brand} nav={nav} who={who} />
        {banner && <div class="banner">{banner}</div>}
        <main id="content" class={`page is-${width}`}>
          {children}
        </main>
        {footer && (
          <footer class="bottom">
            <div class="bottom-inner">{footer}</div>
          </footer>
        )}
      </body>
    </html>
  )
}

export type PageTitleProps = PropsWithChildren<{
  title: string
  back?: { href: string; label: string }
  /** Beside the title on a wide screen, below it on a phone. */
  actions?: Child
}>

/** The way back; above a title (as its `back`) or above a record. */
export const BackLink = ({ href, label }: { href: string; label: string }) => (
  <a class="back" href={href}>
    <Icon name="back" />
    {label}
  </a>
)

/** The page's h1, what it is in one line below, and the way back above. */
export const PageTitle = ({ title, back, actions, children }: PageTitleProps) => (
  <div class="page-title">
    {back && <BackLink {...back} />}
    <div class="page-title-line">
      <h1>{title}</h1>
      {actions && <div class="actions">{actions}</div>}
    </div>
    {children && <p class="page-sub">{children}</p>}
  </div>
)

/** Content beside a `Decision`: two columns on a wide screen, the bar at the thumb on a phone. */
export const Split = ({ children }: PropsWithChildren) => <div class="split">{children}</div>

export type CardProps = PropsWithChildren<{ title?: string; actions?: Child; id?: string }>

export const Card = ({ title, actions, id, children }: CardProps) => (
  <section class="card" id={id}>
    {(title || actions) && (
      <div class="card-head">
        {title && <h2>{title}</h2>}
        {actions}
      </div>
    )}
    {children}
  </section>
)

/** A small card in the middle: sign-in, asking for the password. */
export const SignInCard = ({
  title,
  intro,
  foot,
  children,
}: PropsWithChildren<{ title: string; intro?: Child; foot?: Child }>) => (
  <section class="sign-in">
    <h1>{title}</h1>
    {intro && <div class="sign-in-intro">{intro}</div>}
    {children}
    {foot && <div class="sign-in-foot">{foot}</div>}
  </section>
)
