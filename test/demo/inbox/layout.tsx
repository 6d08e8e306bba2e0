import { join } from 'node:path'
import type { Child, PropsWithChildren } from 'hono/jsx'
import type { PageContext } from '#shared/web/page-context.ts'
import { serveFolder } from '../static-files.ts'
import { inboxTexts } from './texts.ts'

export const files = serveFolder(join(import.meta.dirname, 'assets'))

export const Csrf = ({ page }: { page: PageContext }) => (
  <input type="hidden" name="_csrf" value={page.csrfToken} />
)

const LanguageSwitch = ({ page }: { page: PageContext }) => {
  const other = page.language === 'en' ? 'ja' : 'en'
  return (
    <form method="post" action="/language" class="language">
      <Csrf page={page} />
      <input type="hidden" name="to" value={page.path} />
      <button name="language" value={other} lang={other}>
        {inboxTexts(page.language).otherLanguage}
      </button>
    </form>
  )
}

type Place = 'mails' | 'desk' | 'elsewhere'

const Header = ({ page, place }: { page: PageContext; place: Place }) => {
  const words = inboxTexts(page.language)
  return (
    <header class="top">
      <a class="brand" href="/mails">
        <img src={files.url('mark.svg')} alt="" width="28" height="28" />
        <span>{words.brand}</span>
      </a>
      <nav>
        <a href="/mails" aria-current={place === 'mails' ? 'page' : undefined}>
          {words.mails}
        </a>
        <a href="/desk" aria-current={place === 'desk' ? 'page' : undefined}>
          {words.desk}
        </a>
      </nav>
      <LanguageSwitch page={page} />
    </header>
  )
}

interface LayoutProps {
  page: PageContext
  title: string
  place: Place
  /** One line that says what was just done. */
  saved?: string | undefined
}

const longestTitle = 50

/** A mail's subject may be longer than what a browser's tab shows of it. */
const shortTitle = (title: string) =>
  title.length > longestTitle ? `${title.slice(0, longestTitle - 1)}…` : title

export const Layout = ({ page, title, place, saved, children }: PropsWithChildren<LayoutProps>) => {
  const words = inboxTexts(page.language)
  return (
    <html lang={page.language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{`${shortTitle(title)} – ${words.brand}`}</title>
        <link rel="icon" href={files.url('mark.svg')} type="image/svg+xml" />
        <link rel="stylesheet" href={files.url('inbox.css')} />
      </head>
      <body class={place}>
        <Header page={page} place={place} />
        {saved ? (
          <p class="saved" role="status">
            {saved}
          </p>
        ) : null}
        {children}
      </body>
    </html>
  )
}

export const Message = ({ title, children }: PropsWithChildren<{ title: string }>): Child => (
  <main class="message">
    <h1>{title}</h1>
    {children}
  </main>
)
