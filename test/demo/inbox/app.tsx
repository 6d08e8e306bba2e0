import { type Context, Hono } from 'hono'
import { methodNotAllowed } from 'hono/method-not-allowed'
import * as z from 'zod'
import { type Clock, localDate } from '#shared/dates.ts'
import { AppError } from '#shared/errors.ts'
import type { Log } from '#shared/log.ts'
import { answerProblem, toAppError } from '#shared/problem.ts'
import { parseFields } from '#shared/request-body.ts'
import { csrf, type CsrfVariables } from '#shared/web/csrf.ts'
import { language, languageRoute, type LanguageVariables } from '#shared/web/language.ts'
import { pageContext } from '#shared/web/page-context.ts'
import { pageSecurity } from '#shared/web/page-security.ts'
import { renderPage } from '#shared/web/render.ts'
import { type BusinessClockControl, farthestSeconds } from './business-clock.ts'
import { DeskPage } from './desk.page.tsx'
import { files, Layout, Message } from './layout.tsx'
import type { MailServer } from './mail-server.ts'
import type { MailStore, StoredMail } from './mail-store.ts'
import { type MailList, MailsPage } from './mails.page.tsx'
import { inboxTexts } from './texts.ts'

export interface InboxDeps {
  publicUrl: string
  secret: string
  timeZone: string
  store: MailStore
  mailServer: MailServer
  clock: Clock
  clockControl: BusinessClockControl | undefined
  log: Log
}

interface Env {
  Variables: CsrfVariables & LanguageVariables
}

const mailsOnPage = 50

const search = z.object({
  to: z.string().max(200).default(''),
  before: z.string().max(40).optional(),
  saved: z.enum(['clock', 'mailServer', 'deleted']).optional().catch(undefined),
})

const foundOr404 = (mail: StoredMail | undefined): StoredMail => {
  if (!mail) throw new AppError('not-found')
  return mail
}

const listMails = (store: MailStore, to: string, before: string | undefined): MailList => {
  const all = store.list({ to })
  const rest = before ? all.filter(({ id }) => id < before) : all
  const mails = rest.slice(0, mailsOnPage)
  const recipients = Map.groupBy(
    store.list().flatMap(({ envelope }) => envelope.to),
    (address) => address,
  )
  return {
    mails,
    count: all.length,
    to,
    before,
    olderThan: rest.length > mails.length ? mails.at(-1)?.id : undefined,
    recipients: [...recipients]
      .map(([address, { length }]) => ({ address, count: length }))
      .toSorted((a, b) => b.count - a.count)
      .slice(0, 50),
  }
}

const wholeMail = ({ html, headers, ...mail }: StoredMail) => ({ ...mail, html, headers })

const apiRoutes = ({ store }: InboxDeps) => {
  const apiSearch = z.object({
    to: z.string().max(200).default(''),
    limit: z.coerce.number().int().min(1).max(1000).default(100),
  })
  return new Hono()
    .get('/', (c) => {
      const { to, limit } = parseFields(apiSearch, c.req.query(), '?')
      const mails = store.list({ to })
      return c.json({ count: mails.length, mails: mails.slice(0, limit).map(wholeMail) })
    })
    .get('/:id', (c) => c.json(wholeMail(foundOr404(store.find(c.req.param('id'))))))
}

// The mail's own HTML runs nothing, loads nothing, and is no page of this site: an origin of its own.
const mailHtmlHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': [
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    'img-src data:',
    "form-action 'none'",
    "frame-ancestors 'self'",
    'sandbox allow-popups allow-popups-to-escape-sandbox',
  ].join('; '),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
}

/** Links of the mail open beside the inbox: their pages do not let themselves be framed. */
const withLinksOutside = (html: string) => {
  const base = '<base target="_blank">'
  const withBase = html.replace(/<head(\s[^>]*)?>/i, (head) => `${head}${base}`)
  return withBase === html
    ? html.replace(/^(\s*<!doctype[^>]*>)?/i, (type) => type + base)
    : withBase
}

const mailRoutes = (deps: InboxDeps) => {
  const { store, clock, timeZone } = deps
  const showMails = (c: Context<Env>, selected: StoredMail | undefined) => {
    const { to, before, saved } = parseFields(search, c.req.query(), '?')
    const page = pageContext(c)
    return renderPage(
      c,
      <MailsPage
        page={page}
        list={listMails(store, to.trim(), before)}
        selected={selected}
        now={clock.now()}
        timeZone={timeZone}
        saved={saved && inboxTexts(page.language).saved[saved]}
      />,
    )
  }
  return new Hono<Env>()
    .get('/', (c) => showMails(c, undefined))
    .post('/delete-all', (c) => {
      store.deleteAll()
      return c.redirect('/mails?saved=deleted', 303)
    })
    .get('/:id', (c) => showMails(c, foundOr404(store.find(c.req.param('id')))))
    .get('/:id/source', (c) => {
      const raw = store.raw(c.req.param('id'))
      if (!raw) throw new AppError('not-found')
      return c.body(new Uint8Array(raw), 200, { 'content-type': 'text/plain; charset=utf-8' })
    })
}

const moves = { hour: 3600, day: 24 * 3600, week: 7 * 24 * 3600 }

const clockForm = z.discriminatedUnion('move', [
  z.object({ move: z.enum(['hour', 'day', 'week', 'now']) }),
  z.object({ move: z.literal('date'), date: z.string() }),
])

const isNear = (date: string) =>
  localDate.safeParse(date).success &&
  Math.abs(Date.parse(date) - Date.now()) < (farthestSeconds - 48 * 3600) * 1000

const mailServerForm = z.object({
  answer: z.enum(['accept', 'refuse-for-now', 'refuse-for-good']),
})

const deskRoutes = ({ clock, clockControl, timeZone, mailServer, log }: InboxDeps) => {
  const showDesk = (c: Context<Env>, dateError = false) => {
    const { saved } = parseFields(search, c.req.query(), '?')
    const page = pageContext(c)
    return renderPage(
      c,
      <DeskPage
        page={dateError ? { ...page, path: '/desk' } : page}
        clock={clock}
        clockControl={clockControl}
        timeZone={timeZone}
        mailServerAnswer={mailServer.answer}
        saved={saved && inboxTexts(page.language).saved[saved]}
        dateError={dateError}
      />,
      dateError ? 422 : 200,
    )
  }
  return new Hono<Env>()
    .get('/', (c) => showDesk(c))
    .post('/clock', async (c) => {
      if (!clockControl) throw new AppError('not-found')
      const form = parseFields(clockForm, await c.req.parseBody())
      if (form.move === 'date') {
        if (!isNear(form.date)) return showDesk(c, true)
        clockControl.moveTo(form.date)
      } else if (form.move === 'now') clockControl.backToNow()
      else clockControl.moveBy(moves[form.move])
      log.info({ offsetSeconds: clockControl.offsetSeconds() }, 'business clock moved')
      return c.redirect('/desk?saved=clock', 303)
    })
    .post('/mail-server', async (c) => {
      mailServer.answer = parseFields(mailServerForm, await c.req.parseBody()).answer
      log.info({ answer: mailServer.answer }, 'mail server set')
      return c.redirect('/desk?saved=mailServer', 303)
    })
}

const ErrorPage = ({ c, error }: { c: Context; error: AppError }) => {
  const page = pageContext(c)
  const words = inboxTexts(page.language).error
  const [title, text] =
    error.code === 'not-found'
      ? [words.notFound, words.notFoundText]
      : error.code === 'forbidden'
        ? [words.outOfDate, words.outOfDateText]
        : [words.wrong, words.wrongText]
  return (
    <Layout page={{ ...page, path: '/mails' }} title={title} place="elsewhere">
      <Message title={title}>
        <p>{text}</p>
        <p>
          <a href="/mails">{words.back}</a>
        </p>
      </Message>
    </Layout>
  )
}

const isApi = (c: Context) => c.req.path.startsWith('/api/')

/** The pages of the inbox and the demo desk, and `/api/mails` for tests. */
export const createInboxApp = (deps: InboxDeps): Hono<Env> => {
  const site = { publicUrl: deps.publicUrl, name: 'inbox' }
  const answerError = (c: Context, error: AppError) =>
    isApi(c)
      ? answerProblem(c, error)
      : renderPage(c, <ErrorPage c={c} error={error} />, error.status as 400)

  const app = new Hono<Env>()
  app.use(
    methodNotAllowed({
      app,
      onMethodNotAllowed: (c, allowed) => {
        const error = new AppError('method-not-allowed', { headers: { allow: allowed.join(', ') } })
        return answerError(c, error)
      },
    }),
  )
  app.onError((error, c) => answerError(c, toAppError(error, deps.log)))
  app.notFound((c) => answerError(c, new AppError('not-found')))

  app.get('/health/live', (c) => c.json({ status: 'live' }))
  app.get('/health/ready', (c) => c.json({ status: 'ready' }))
  app.route('/', files.routes)
  app.get('/mails/:id/html', (c) => {
    const { html } = foundOr404(deps.store.find(c.req.param('id')))
    return c.body(withLinksOutside(html), 200, mailHtmlHeaders)
  })
  app.use(pageSecurity({ publicUrl: deps.publicUrl }))
  app.route('/api/mails', apiRoutes(deps))
  app.use(language({ site }))
  app.use(csrf({ site, secret: deps.secret }))
  app.route('/language', languageRoute({ site }))
  app.get('/', (c) => c.redirect('/mails'))
  app.route('/mails', mailRoutes(deps))
  app.route('/desk', deskRoutes(deps))
  return app
}
