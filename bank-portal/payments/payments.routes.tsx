import { type Context, Hono } from 'hono'
import { uuid } from '#shared/contracts/fields.ts'
import { digestOf, type PaymentContent, paymentContent } from '#shared/contracts/payment-content.ts'
import { AppError, unreachable } from '#shared/errors.ts'
import { NoAnswer } from '#shared/service-client.ts'
import { renderPage } from '#shared/web/index.ts'
import { readAccount, readTicked } from '../claims/claims.routes.tsx'
import type { CustomerSignIn, Deps, PaymentAuthorisation, PortalEnv } from '../deps.ts'
import { customerOf, requireCustomer } from '../guard.tsx'
import { viewOf } from '../layout.tsx'
import { ConfirmPage, confirmPathOf } from './confirm.page.tsx'
import { describeChanges } from './describe-changes.ts'
import { findStatus } from './find-status.ts'
import { knowsPayment } from './knows-payment.ts'
import {
  BadFormPage,
  LockedPage,
  NotPayablePage,
  NotPossiblePage,
  OtherContentPage,
  ShortPage,
  TakenPage,
  WrongPasswordPage,
} from './not-paid.page.tsx'
import { type PayOutcome, payClaims } from './pay-claims.ts'
import { type PrepareInput, preparePayment } from './prepare-payment.ts'
import { PaymentStatus, StatusAwayPage, StatusPage, UnknownPaymentPage } from './status.page.tsx'
import { paymentsTexts } from './texts.ts'

type PaymentsDeps = Deps & { signIn: CustomerSignIn; authorisation: PaymentAuthorisation }
type Ctx = Context<PortalEnv>

const statusPath = (paymentId: string) => `/payments/${paymentId}`

const readId = (value: string | undefined): string | undefined => uuid.safeParse(value).data

/** The content of a confirmation form, if it agrees with the D that was shown with it. */
const readContent = (form: Record<string, string>): PaymentContent | undefined => {
  let value: unknown
  try {
    value = JSON.parse(form.content ?? '')
  } catch {
    return undefined
  }
  const content = paymentContent.safeParse(value).data
  if (!content || content.kind !== 'payment') return undefined
  return digestOf(content) === form.digest ? content : undefined
}

const readForm = async (c: Context): Promise<Record<string, string>> => {
  const body = await c.req.parseBody()
  const texts = Object.entries(body).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  )
  return Object.fromEntries(texts)
}

/** A post whose session had ended is taken up at its confirmation page, or at its result. */
const resumeAt = async (c: Context): Promise<string> => {
  const content = readContent(await readForm(c))
  return content ? confirmPathOf(content) : '/claims'
}

const inputOf = (content: PaymentContent): PrepareInput => ({
  paymentId: content.paymentId,
  orderNumbers: content.claims.map((claim) => claim.orderNumber),
  account: content.payerAccount,
})

/** Step 1 as a page: everything to agree to, or why it can't be paid. */
const showConfirmation = async (
  deps: PaymentsDeps,
  c: Ctx,
  input: PrepareInput,
  said: { mistakes?: Record<string, string>; before?: PaymentContent; tookLong?: boolean } = {},
) => {
  // A known payment is never asked for a password again.
  if (await knowsPayment(deps, customerOf(c), input.paymentId))
    return c.redirect(statusPath(input.paymentId), 303)
  const view = viewOf(c, deps)
  const prepared = await preparePayment(deps, customerOf(c), input)
  switch (prepared.outcome) {
    case 'ready': {
      const { draft } = prepared
      const { before, mistakes = {}, tookLong } = said
      const changes = tookLong
        ? [paymentsTexts(view.language).changed.tookLong]
        : before && describeChanges(before, draft, view.language)
      const page = { view, draft, authorisation: deps.authorisation, mistakes }
      const status = Object.keys(mistakes).length > 0 ? 422 : changes ? 409 : 200
      return renderPage(c, <ConfirmPage {...page} {...(changes ? { changes } : {})} />, status)
    }
    case 'short':
      return renderPage(c, <ShortPage view={view} short={prepared} />, said.before ? 409 : 200)
    case 'too-many':
      return c.redirect('/claims', 303)
    case 'not-payable':
    case 'mixed-currencies':
    case 'no-accounts':
    case 'no-holder':
      return renderPage(c, <NotPayablePage view={view} reason={prepared.outcome} />, 409)
    default:
      return unreachable(prepared)
  }
}

/** The answer to a confirmation: the status page once anything may be held, else why it was not. */
const answerPayment = async (
  deps: PaymentsDeps,
  c: Ctx,
  content: PaymentContent,
  result: PayOutcome,
): Promise<Response> => {
  const view = viewOf(c, deps)
  const { authorisation } = deps
  switch (result.outcome) {
    case 'known':
    case 'submitted':
    case 'unclear':
      return c.redirect(statusPath(content.paymentId), 303)
    case 'not-accepted': {
      const page = { view, content, authorisation, triesLeft: result.triesLeft }
      return renderPage(c, <WrongPasswordPage {...page} />, 401)
    }
    case 'locked':
      return renderPage(c, <LockedPage view={view} content={content} {...result} />, 423)
    case 'content-stale':
      return showConfirmation(deps, c, inputOf(content), { before: content })
    case 'not-reserved':
      if (result.reason === 'claim-not-payable')
        return renderPage(c, <TakenPage view={view} content={content} {...result} />, 409)
      return showConfirmation(deps, c, inputOf(content), {
        before: content,
        tookLong: result.reason === 'authorisation-expired',
      })
    case 'other-content':
      return renderPage(c, <OtherContentPage view={view} content={content} />, 422)
    case 'not-possible':
      c.header('retry-after', '30')
      return renderPage(c, <NotPossiblePage view={view} content={content} />, 503)
    default:
      return unreachable(result)
  }
}

export const paymentsRoutes = (deps: PaymentsDeps): Hono<PortalEnv> =>
  new Hono<PortalEnv>()
    .use(requireCustomer({ ...deps, resumeAt }))
    .get('/new', async (c) => {
      const orderNumbers = readTicked(c)
      const account = readAccount(c)
      if (orderNumbers.length === 0) {
        const query = new URLSearchParams({ tick: 'first', ...(account ? { account } : {}) })
        return c.redirect(`/claims?${query}`, 303)
      }
      const paymentId = readId(c.req.query('id'))
      // The id is part of the address, so that a reload and a second tab confirm the same payment.
      if (!paymentId) {
        const query = new URLSearchParams(orderNumbers.map((number) => ['claim', number]))
        if (account) query.set('account', account)
        query.set('id', deps.newId())
        return c.redirect(`/payments/new?${query}`, 303)
      }
      return showConfirmation(deps, c, { paymentId, orderNumbers, account })
    })
    .post('/', async (c) => {
      const form = await readForm(c)
      const content = readContent(form)
      if (!content) return renderPage(c, <BadFormPage view={viewOf(c, deps)} />, 422)
      const mistakes = deps.authorisation.check(form, c.var.language)
      if (Object.keys(mistakes).length > 0)
        return showConfirmation(deps, c, inputOf(content), { mistakes })
      const result = await payClaims(deps, customerOf(c), { payments: [content], form })
      return answerPayment(deps, c, content, result)
    })
    .get('/:paymentId', async (c) => {
      const paymentId = readId(c.req.param('paymentId'))
      if (!paymentId) throw new AppError('not-found')
      const view = viewOf(c, deps)
      const page = { view, path: statusPath(paymentId) }
      try {
        const found = await findStatus(deps, customerOf(c), paymentId)
        return found
          ? renderPage(c, <StatusPage view={view} {...found} />)
          : renderPage(c, <UnknownPaymentPage {...page} />, 404)
      } catch (error) {
        if (!(error instanceof NoAnswer)) throw error
        // Where an unclear confirmation leads to: this page must not say that nothing was paid.
        c.header('retry-after', '2')
        return renderPage(c, <StatusAwayPage {...page} />, 503)
      }
    })
    .get('/:paymentId/status', async (c) => {
      const paymentId = readId(c.req.param('paymentId'))
      if (!paymentId) throw new AppError('not-found')
      try {
        const found = await findStatus(deps, customerOf(c), paymentId)
        if (found) return c.html(<PaymentStatus view={viewOf(c, deps)} {...found} />)
      } catch (error) {
        if (!(error instanceof NoAnswer)) throw error
      }
      // Nothing to swap: the page keeps what it shows and asks again.
      return c.body(null, 204)
    })
