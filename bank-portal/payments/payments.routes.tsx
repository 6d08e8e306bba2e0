import { type Context, Hono } from 'hono'
import type { Child } from 'hono/jsx'
import { AppError, unreachable } from '#shared/errors.ts'
import { NoAnswer } from '#shared/service-client.ts'
import { readForm, renderFragment, renderPage } from '#shared/web/index.ts'
import { listPathOf, readListOfForm } from '../claims/list-query.ts'
import type { CustomerSignIn, Deps, PaymentAuthorisation, PortalEnv } from '../deps.ts'
import { customerOf, requireCustomer } from '../guard.tsx'
import { type View, viewAt, viewOf } from '../layout.tsx'
import { ConfirmPage } from './confirm.page.tsx'
import { describeChanges } from './describe-changes.ts'
import { findPayablePart } from './find-payable-part.ts'
import { findRun } from './find-run.ts'
import { findStatus } from './find-status.ts'
import { knowsPayment } from './knows-payment.ts'
import { StatusAwayPage, UnknownPaymentPage } from './no-status.page.tsx'
import {
  BadFormPage,
  LockedPage,
  NotPayablePage,
  NotPossiblePage,
  OtherContentPage,
  TakenPage,
  WrongPasswordPage,
} from './not-paid.page.tsx'
import { type PayOutcome, payClaims } from './pay-claims.ts'
import { type PaymentPart, type Preparation, prepareRun } from './prepare-payment.ts'
import { priceSplit } from './price-split.ts'
import { type Contents, readChosen, readContents, readId, readIds } from './read-payments.ts'
import { RunPage, RunStatus } from './run.page.tsx'
import {
  chosenOf,
  chosenQuery,
  confirmPath,
  listPath,
  partsFrom,
  partsOf,
  resultPath,
  splitPath,
} from './run-parts.ts'
import { ShortPage } from './short.page.tsx'
import { SplitPage, SplitSums } from './split.page.tsx'
import { PaymentStatus, StatusPage } from './status.page.tsx'
import { paymentsTexts } from './texts.ts'

type PaymentsDeps = Deps & { signIn: CustomerSignIn; authorisation: PaymentAuthorisation }
type Ctx = Context<PortalEnv>

/** A post whose session had ended is taken up at its confirmation page, or at its result. */
const resumeAt = async (c: Context): Promise<string> => {
  const contents = readContents(await readForm(c))
  return contents ? confirmPath(partsFrom(contents)) : '/claims'
}

const showShort = async (
  deps: PaymentsDeps,
  c: Ctx,
  parts: readonly PaymentPart[],
  { short, canSplit }: Extract<Preparation, { outcome: 'short' }>,
  status: 200 | 409,
) => {
  const run = parts.length < 2 ? undefined : chosenOf(parts)
  const part = await findPayablePart(deps, customerOf(c), short)
  const view = viewAt(viewOf(c, deps), confirmPath(parts))
  const page = { view, short, part, canSplit, run }
  return renderPage(c, <ShortPage {...page} />, status)
}

/** Step 1 as a page: everything to agree to, or why it can't be paid. */
const showConfirmation = async (
  deps: PaymentsDeps,
  c: Ctx,
  parts: readonly PaymentPart[],
  said: { mistakes?: Record<string, string>; before?: Contents; tookLong?: boolean } = {},
) => {
  // A known payment is never asked for a password again.
  const ids = parts.map((part) => part.paymentId)
  const known = await Promise.all(ids.map((id) => knowsPayment(deps, customerOf(c), id)))
  if (known.some(Boolean)) return c.redirect(resultPath(ids), 303)
  const view = viewAt(viewOf(c, deps), confirmPath(parts))
  const prepared = await prepareRun(deps, customerOf(c), parts)
  switch (prepared.outcome) {
    case 'ready': {
      const { drafts, leftOut, canSplit } = prepared
      const { before, mistakes = {}, tookLong } = said
      const changes = tookLong
        ? [paymentsTexts(view.language).changed.tookLong]
        : before && describeChanges(before, drafts, view.language)
      const { authorisation } = deps
      const page = { view, drafts, leftOut, canSplit, authorisation, mistakes }
      const status = Object.keys(mistakes).length > 0 ? 422 : changes ? 409 : 200
      return renderPage(c, <ConfirmPage {...page} {...(changes ? { changes } : {})} />, status)
    }
    case 'short':
      return showShort(deps, c, parts, prepared, said.before ? 409 : 200)
    case 'too-many': {
      const orderNumbers = parts.flatMap((part) => part.orderNumbers)
      const [first] = parts
      return c.redirect(listPathOf({ ticked: orderNumbers, account: first?.account }), 303)
    }
    case 'not-payable':
    case 'mixed-currencies':
    case 'no-accounts':
    case 'account-off':
    case 'no-holder':
      return renderPage(c, <NotPayablePage view={view} reason={prepared.outcome} />, 409)
    default:
      return unreachable(prepared)
  }
}

/** The answer to a confirmation: the result's page once anything may be held, else why it was not. */
const answerPayment = async (
  deps: PaymentsDeps,
  c: Ctx,
  contents: Contents,
  result: PayOutcome,
): Promise<Response> => {
  const parts = partsFrom(contents)
  const view = viewAt(viewOf(c, deps), confirmPath(parts))
  const { authorisation } = deps
  switch (result.outcome) {
    case 'known':
    case 'submitted':
    case 'unclear':
      return c.redirect(resultPath(contents.map((one) => one.paymentId)), 303)
    case 'not-accepted': {
      if (result.triesLeft === 0)
        return renderPage(c, <LockedPage view={view} contents={contents} />, 423)
      const page = { view, contents, authorisation, triesLeft: result.triesLeft }
      return renderPage(c, <WrongPasswordPage {...page} />, 401)
    }
    case 'locked':
      return renderPage(c, <LockedPage view={view} contents={contents} {...result} />, 423)
    case 'content-stale':
      return showConfirmation(deps, c, parts, { before: contents })
    case 'not-reserved':
      if (result.reason === 'claim-not-payable')
        return renderPage(c, <TakenPage view={view} contents={contents} {...result} />, 409)
      return showConfirmation(deps, c, parts, {
        before: contents,
        tookLong: result.reason === 'authorisation-expired',
      })
    case 'other-content':
      return renderPage(c, <OtherContentPage view={view} contents={contents} />, 422)
    case 'not-possible':
      c.header('retry-after', '30')
      return renderPage(c, <NotPossiblePage view={view} contents={contents} />, 503)
    default:
      return unreachable(result)
  }
}

/** The page of a result, or why there is none: never started, or not to be asked for just now. */
const answerResult = async (
  deps: PaymentsDeps,
  c: Ctx,
  ids: readonly string[],
  find: (view: View) => Promise<Child | undefined>,
) => {
  const view = viewOf(c, deps)
  try {
    const page = await find(view)
    return page
      ? await renderPage(c, page)
      : await renderPage(c, <UnknownPaymentPage view={view} ids={ids} />, 404)
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error
    // Where an unclear confirmation leads to: this page must not say that nothing was paid.
    c.header('retry-after', '2')
    return renderPage(c, <StatusAwayPage view={view} ids={ids} />, 503)
  }
}

const answerAsking = async (c: Ctx, find: () => Promise<Child | undefined>) => {
  try {
    const part = await find()
    if (part) return await renderFragment(c, part)
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error
  }
  // Nothing to swap: the page keeps what it shows and asks again.
  return c.body(null, 204)
}

/** Back to what the list showed, to tick something there. */
const toTicking = (c: Ctx) => c.redirect(listPathOf({ ...readListOfForm(c), tickFirst: true }), 303)

export const paymentsRoutes = (deps: PaymentsDeps): Hono<PortalEnv> =>
  new Hono<PortalEnv>()
    .use(requireCustomer({ ...deps, resumeAt }))
    .get('/new', async (c) => {
      const chosen = readChosen(c)
      if (chosen.orderNumbers.length === 0) return toTicking(c)
      const parts = partsOf(chosen)
      const ids = readIds(c)
      // The ids are part of the address, so that a reload and a second tab confirm the same payments.
      if (ids.length !== parts.length) {
        const fresh = parts.map(() => deps.newId())
        return c.redirect(`/payments/new?${chosenQuery(chosen, fresh)}`, 303)
      }
      const withIds = parts.map((part, at) => ({ ...part, paymentId: ids[at] ?? '' }))
      return showConfirmation(deps, c, withIds)
    })
    .post('/', async (c) => {
      const form = await readForm(c)
      const contents = readContents(form)
      if (!contents)
        return renderPage(c, <BadFormPage view={viewAt(viewOf(c, deps), '/claims')} />, 422)
      const typed = Object.fromEntries(form)
      const mistakes = deps.authorisation.check(typed, c.var.language)
      if (Object.keys(mistakes).length > 0)
        return showConfirmation(deps, c, partsFrom(contents), { mistakes })
      const result = await payClaims(deps, customerOf(c), { payments: contents, form: typed })
      return answerPayment(deps, c, contents, result)
    })
    .get('/split', async (c) => {
      const chosen = readChosen(c)
      if (chosen.orderNumbers.length === 0) return toTicking(c)
      const split = await priceSplit(deps, customerOf(c), chosen)
      if (split.claims.length === 0) return c.redirect(listPath(chosen), 303)
      return renderPage(c, <SplitPage view={viewOf(c, deps)} split={split} />)
    })
    .get('/split/sums', async (c) => {
      const split = await priceSplit(deps, customerOf(c), readChosen(c))
      c.header('hx-replace-url', splitPath(split.chosen))
      return renderFragment(c, <SplitSums view={viewOf(c, deps)} split={split} />)
    })
    .get('/run', async (c) => {
      const ids = readIds(c)
      return answerResult(deps, c, ids, async (view) => {
        const found = await findRun(deps, customerOf(c), ids)
        return found && <RunPage view={view} {...found} />
      })
    })
    .get('/run/status', (c) =>
      answerAsking(c, async () => {
        const found = await findRun(deps, customerOf(c), readIds(c))
        return found && <RunStatus view={viewOf(c, deps)} {...found} />
      }),
    )
    .get('/:paymentId', async (c) => {
      const paymentId = readId(c.req.param('paymentId'))
      if (!paymentId) throw new AppError('not-found')
      return answerResult(deps, c, [paymentId], async (view) => {
        const found = await findStatus(deps, customerOf(c), paymentId)
        return found && <StatusPage view={view} {...found} />
      })
    })
    .get('/:paymentId/status', async (c) => {
      const paymentId = readId(c.req.param('paymentId'))
      if (!paymentId) throw new AppError('not-found')
      return answerAsking(c, async () => {
        const found = await findStatus(deps, customerOf(c), paymentId)
        return found && <PaymentStatus view={viewOf(c, deps)} {...found} />
      })
    })
