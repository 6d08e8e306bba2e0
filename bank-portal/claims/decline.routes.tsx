import { type Context, Hono } from 'hono'
import { type DeclineReason, declineReason } from '#shared/contracts/customer-choices.ts'
import { lineOfText } from '#shared/contracts/fields.ts'
import { AppError, type ProblemCode } from '#shared/errors.ts'
import { parseOrderNumber } from '#shared/order-number.ts'
import { readFields, renderPage } from '#shared/web/index.ts'
import { declineClaim, findClaim } from '../claim-server-client.ts'
import type { CustomerSignIn, Deps, PortalEnv } from '../deps.ts'
import { customerOf } from '../guard.tsx'
import { viewAt, viewOf } from '../layout.tsx'
import { DeclinePage, declinePath, NotDeclinablePage } from './decline.page.tsx'

const readOrderNumber = (c: Context): string => {
  const orderNumber = parseOrderNumber(c.req.param('orderNumber') ?? '')
  if (!orderNumber) throw new AppError('not-found')
  return orderNumber
}

const readReason = (value: unknown): DeclineReason | undefined =>
  declineReason.safeParse(value).data

const notDeclinable: ProblemCode[] = [
  'claim-in-payment',
  'claim-settled',
  'claim-expired',
  'claim-not-open',
]

const readDecline = async (c: Context) => {
  const form = await readFields(c)
  const text = (form.text ?? '').trim()
  const line = lineOfText(200).safeParse(text)
  return {
    reason: readReason(form.reason),
    text,
    isTextWrong: text !== '' && !line.success,
  }
}

/** Declining one claim; mounted beside the claim's page. */
export const declineRoutes = (deps: Deps & { signIn: CustomerSignIn }): Hono<PortalEnv> =>
  new Hono<PortalEnv>()
    .get('/:orderNumber/decline', async (c) => {
      const { claim } = await findClaim(deps, customerOf(c), readOrderNumber(c))
      const view = viewOf(c, deps)
      if (claim.status !== 'unsettled') {
        const page = { view, orderNumber: claim.orderNumber, status: claim.status }
        return renderPage(c, <NotDeclinablePage {...page} />, 409)
      }
      const reason = readReason(c.req.query('reason'))
      return renderPage(c, <DeclinePage {...{ view, claim, reason }} text="" />)
    })
    .post('/:orderNumber/decline', async (c) => {
      const orderNumber = readOrderNumber(c)
      const { reason, text, isTextWrong } = await readDecline(c)
      const view = viewAt(viewOf(c, deps), declinePath(orderNumber, reason))
      if (!reason || isTextWrong) {
        const { claim } = await findClaim(deps, customerOf(c), orderNumber)
        const mistakes = [
          ...(reason ? [] : (['reason'] as const)),
          ...(isTextWrong ? (['text'] as const) : []),
        ]
        return renderPage(c, <DeclinePage {...{ view, claim, reason, text, mistakes }} />, 422)
      }
      try {
        await declineClaim(deps, customerOf(c), { orderNumber, reason, ...(text ? { text } : {}) })
      } catch (error) {
        if (!(error instanceof AppError) || !notDeclinable.includes(error.code)) throw error
        const { claim } = await findClaim(deps, customerOf(c), orderNumber)
        const page = { view, orderNumber, status: claim.status }
        return renderPage(c, <NotDeclinablePage {...page} />, 409)
      }
      return c.redirect(`/claims/${orderNumber}?declined=${reason}`, 303)
    })
