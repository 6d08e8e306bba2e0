import type { Context } from 'hono'
import { sqlState } from '#shared/database.ts'
import { AppError } from '#shared/errors.ts'
import type { Log } from '#shared/log.ts'
import { answerProblem, toAppError } from '#shared/problem.ts'
import { ErrorPage, errorWords } from '#shared/ui/index.ts'
import { renderPage } from '#shared/web/index.ts'
import { SitePage, viewOf } from './layout.tsx'

const pagePaths = /^\/(entry|problems|language|shop)?(\/|$)/
const callPaths = /^\/(v1|customers|entries|receipts|refunds|staff|health|\.well-known)(\/|$)/

const wantsPage = (c: Context): boolean => {
  if (pagePaths.test(c.req.path)) return true
  return !callPaths.test(c.req.path) && /\btext\/html\b/.test(c.req.header('accept') ?? '')
}

// A text with a character that PostgreSQL can't store (U+0000) is the sender's mistake.
const isUnstorableText = (error: unknown) => ['22021', '22P05'].includes(sqlState(error) ?? '')

/** What went wrong, as a page for browsers and as problem+json for everybody else. */
export const answerError = (c: Context, error: unknown, log: Log): Response | Promise<Response> => {
  const known = isUnstorableText(error)
    ? new AppError('invalid', { detail: 'a text holds a character that can’t be stored' })
    : toAppError(error, log)
  if (!wantsPage(c)) return answerProblem(c, known)
  const page = viewOf(c)
  const { title, text } = errorWords(known, page.language)
  for (const [name, value] of Object.entries(known.headers)) c.header(name, value)
  return renderPage(
    c,
    <SitePage page={page} title={title}>
      <ErrorPage language={page.language} title={title} reference={c.get('requestId')}>
        {text}
      </ErrorPage>
    </SitePage>,
    known.status,
  )
}
