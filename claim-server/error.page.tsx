import type { Context } from 'hono'
import { sqlState } from '#shared/database.ts'
import { AppError } from '#shared/errors.ts'
import { answerProblem, toAppError } from '#shared/problem.ts'
import { Button, ErrorPage, errorWords } from '#shared/ui/index.ts'
import { pageContext, renderErrorPage } from '#shared/web/index.ts'
import { consoleTexts } from './console/texts.ts'
import { ConsolePage, viewOf as consoleViewOf } from './console/view.tsx'
import type { Deps } from './deps.ts'
import { SitePage, viewOf } from './layout.tsx'

const pagePaths = /^\/(entry|problems|language|shop)?(\/|$)/
const callPaths =
  /^\/(v1|batches|customers|entries|receipts|refunds|staff|health|\.well-known)(\/|$)/

const wantsPage = (c: Context): boolean => {
  if (pagePaths.test(c.req.path)) return true
  return !callPaths.test(c.req.path) && /\btext\/html\b/.test(c.req.header('accept') ?? '')
}

// A text with a character that PostgreSQL can't store (U+0000) is the sender's mistake.
const isUnstorableText = (error: unknown) => ['22021', '22P05'].includes(sqlState(error) ?? '')

const isOfConsole = (c: Context) => /^\/shop(\/|$)/.test(c.req.path)

const toneOf = ({ code }: AppError) =>
  code === 'not-found' || code === 'method-not-allowed' ? 'info' : 'warn'

const SiteErrorPage = ({ c, known }: { c: Context; known: AppError }) => {
  const page = viewOf(c)
  const { title, text } = errorWords(known, page.language)
  const reference = c.get('requestId')
  return (
    <SitePage page={page} title={title}>
      <ErrorPage {...{ language: page.language, title, reference, tone: toneOf(known) }}>
        {text}
      </ErrorPage>
    </SitePage>
  )
}

const ConsoleErrorPage = ({ c, known, deps }: { c: Context; known: AppError; deps: Deps }) => {
  const page = { ...viewOf(c), path: pageContext(c, '/shop').path }
  const { language } = page
  const view = { ...consoleViewOf(c, deps), page, language }
  const { title, text } = errorWords(known, language)
  const actions = <Button href="/shop/orders">{consoleTexts(language).toOrders}</Button>
  const reference = c.get('requestId')
  return (
    <ConsolePage view={view} title={title} withoutState>
      <ErrorPage {...{ language, title, reference, actions, tone: toneOf(known) }}>
        {text}
      </ErrorPage>
    </ConsolePage>
  )
}

/** What went wrong, as a page for browsers and as problem+json for everybody else. */
export const answerError = (
  c: Context,
  error: unknown,
  deps: Deps,
): Response | Promise<Response> => {
  const known = isUnstorableText(error)
    ? new AppError('invalid', { detail: 'a text holds a character that can’t be stored' })
    : toAppError(error, deps.log)
  if (!wantsPage(c)) return answerProblem(c, known)
  for (const [name, value] of Object.entries(known.headers)) c.header(name, value)
  return isOfConsole(c)
    ? renderErrorPage(c, <ConsoleErrorPage {...{ c, known, deps }} />, known.status)
    : renderErrorPage(c, <SiteErrorPage {...{ c, known }} />, known.status)
}
