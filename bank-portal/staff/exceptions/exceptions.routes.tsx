import { type Context, Hono } from 'hono'
import { uuid } from '#shared/contracts/fields.ts'
import { digestOf } from '#shared/contracts/payment-content.ts'
import { listExceptions } from '#shared/contracts/staff.ts'
import { AppError, unreachable } from '#shared/errors.ts'
import { NoAnswer } from '#shared/service-client.ts'
import { readFields, renderFragment, renderPage } from '#shared/web/index.ts'
import { normalId } from '#shared/normal-id.ts'
import { memberOf, requireApprover } from '../guard.tsx'
import { staffViewOf } from '../layout.tsx'
import { readCursor } from '../read-cursor.ts'
import { type Form, hasMistakes, type Mistakes } from '../form.ts'
import { askClaimServer, recordAct } from '../staff-client.ts'
import { isApprover, type StaffDeps, type StaffEnv } from '../staff-deps.ts'
import { draftRefund } from './draft-refund.ts'
import { ExceptionPage, type ExceptionPageProps, refundPath } from './exception.page.tsx'
import { exceptionPath, ExceptionsPage } from './exceptions.page.tsx'
import { type ExceptionCase, findException } from './find-exception.ts'
import { findRefund } from './find-refund.ts'
import { type RefundOutcome, refundClaim } from './refund-claim.ts'
import { RefundPage, RefundStatus } from './refund.page.tsx'
import { exceptionsTexts } from './texts.ts'

type Ctx = Context<StaffEnv>

const limit = 50

const readId = (c: Ctx, name: string): string => {
  const id = uuid.safeParse(c.req.param(name)).data
  if (!id) throw new AppError('not-found')
  return id
}

const findMistakes = (c: Ctx, form: Form): Mistakes => {
  const words = exceptionsTexts(c.var.language).refund.mistakes
  const isPassword = (text = '') => text !== '' && text.length <= 200
  const secondId = normalId(form.secondId ?? '')
  const isSelf = secondId === normalId(memberOf(c).staffId)
  return {
    ...(isPassword(form.password) ? {} : { password: words.password }),
    ...(secondId === '' || secondId.length > 60 ? { secondId: words.secondId } : {}),
    ...(isSelf ? { secondId: words.secondSelf } : {}),
    ...(isPassword(form.secondPassword) ? {} : { secondPassword: words.secondPassword }),
  }
}

/** What an approver can agree to, under that payment id; a clerk only reads. */
const draftFor = async (
  deps: StaffDeps,
  c: Ctx,
  exception: ExceptionCase,
  paymentId: string,
): Promise<ExceptionPageProps['draft']> => {
  if (exception.closedAt || !isApprover(memberOf(c))) return undefined
  try {
    return (await draftRefund(deps, memberOf(c), { exception, paymentId })) ?? 'no-holder'
  } catch (error) {
    if (error instanceof NoAnswer) return 'core-away'
    throw error
  }
}

type Said = Pick<ExceptionPageProps, 'said' | 'mistakes' | 'secondId'>

const showCase = async (
  deps: StaffDeps,
  c: Ctx,
  exception: ExceptionCase,
  {
    paymentId,
    status = 200,
    ...said
  }: Said & { paymentId: string; status?: 200 | 401 | 409 | 422 | 503 },
) => {
  const draft = await draftFor(deps, c, exception, paymentId)
  const view = staffViewOf(c, deps, exceptionPath(exception.exceptionId))
  const page = { view, exception, draft, ...said }
  return renderPage(c, <ExceptionPage {...page} />, status)
}

const answerRefund = (
  deps: StaffDeps,
  c: Ctx,
  exception: ExceptionCase,
  { paymentId, secondId, result }: { paymentId: string; secondId: string; result: RefundOutcome },
): Response | Promise<Response> => {
  const again = { secondId, paymentId }
  switch (result.outcome) {
    case 'submitted':
    case 'unclear':
      return c.redirect(refundPath(exception.exceptionId, paymentId), 303)
    case 'not-accepted':
      return showCase(deps, c, exception, { ...again, said: 'not-accepted', status: 401 })
    case 'content-stale':
      return showCase(deps, c, exception, { ...again, said: 'content-stale', status: 409 })
    case 'not-reserved':
      return showCase(deps, c, exception, { ...again, said: result.reason, status: 409 })
    case 'other-content':
      return showCase(deps, c, exception, {
        secondId,
        paymentId: deps.newId(),
        said: 'other-content',
        status: 422,
      })
    case 'not-possible':
      c.header('retry-after', '30')
      return showCase(deps, c, exception, { ...again, said: 'not-possible', status: 503 })
    default:
      return unreachable(result)
  }
}

const refund = async (deps: StaffDeps, c: Ctx): Promise<Response> => {
  const member = memberOf(c)
  const exception = await findException(deps, member, readId(c, 'exceptionId'))
  const form = await readFields(c)
  const paymentId = uuid.safeParse(form.paymentId).data ?? deps.newId()
  const { refundPaymentId } = exception
  if (exception.closedAt && refundPaymentId)
    return c.redirect(refundPath(exception.exceptionId, refundPaymentId), 303)
  const mistakes = findMistakes(c, form)
  const secondId = (form.secondId ?? '').slice(0, 60)
  if (hasMistakes(mistakes))
    return showCase(deps, c, exception, { paymentId, secondId, mistakes, status: 422 })
  const draft = await draftFor(deps, c, exception, paymentId)
  if (typeof draft !== 'object')
    return showCase(deps, c, exception, {
      paymentId,
      secondId,
      status: draft === 'core-away' ? 503 : 409,
    })
  // D is of what was shown; what is agreed to is drawn up here, never read from the form.
  if (digestOf(draft.content) !== form.digest)
    return showCase(deps, c, exception, { paymentId, secondId, said: 'content-stale', status: 409 })
  const result = await refundClaim(deps, member, {
    refundedPaymentId: exception.paymentId,
    content: draft.content,
    approvals: [
      { staffId: member.staffId, password: form.password ?? '' },
      { staffId: secondId.trim(), password: form.secondPassword ?? '' },
    ],
  })
  return answerRefund(deps, c, exception, { paymentId, secondId, result })
}

/** Null while the core does not answer: the result can't be told, nor that there is none. */
const findRefundIfAnswered = async (...asked: Parameters<typeof findRefund>) => {
  try {
    return await findRefund(...asked)
  } catch (error) {
    if (error instanceof NoAnswer) return null
    throw error
  }
}

const longestMs = 40 * 60_000

/** Whether an id (UUIDv7: its time first) is older than any session's form: nothing will come of it. */
const isLongAgo = (paymentId: string): boolean =>
  Date.now() - Number.parseInt(paymentId.replaceAll('-', '').slice(0, 12), 16) > longestMs

/** Cases for staff, and the refund that two approvers agree to. */
export const exceptionsRoutes = (deps: StaffDeps): Hono<StaffEnv> =>
  new Hono<StaffEnv>()
    .get('/', async (c) => {
      const all = c.req.query('show') === 'all'
      const query = { ...readCursor(c), limit, ...(all ? {} : { open: 'true' }) }
      const found = await askClaimServer(deps, memberOf(c))(listExceptions, { query })
      return renderPage(c, <ExceptionsPage view={staffViewOf(c, deps)} found={found} all={all} />)
    })
    .get('/:exceptionId', async (c) => {
      const exception = await findException(deps, memberOf(c), readId(c, 'exceptionId'))
      return showCase(deps, c, exception, { paymentId: deps.newId() })
    })
    .post('/:exceptionId/refunds', requireApprover(deps), (c) => refund(deps, c))
    .get('/:exceptionId/refunds/:paymentId', async (c) => {
      const [exceptionId, paymentId] = [readId(c, 'exceptionId'), readId(c, 'paymentId')]
      const member = memberOf(c)
      await recordAct(deps, member, { act: 'read-refund', subject: paymentId })
      const receipt = await findRefundIfAnswered(deps, member, paymentId)
      if (receipt === undefined && isLongAgo(paymentId)) throw new AppError('not-found')
      const page = {
        view: staffViewOf(c, deps),
        exceptionId,
        paymentId,
        receipt: receipt ?? undefined,
      }
      return renderPage(c, <RefundPage {...page} />)
    })
    .get('/:exceptionId/refunds/:paymentId/status', async (c) => {
      const [exceptionId, paymentId] = [readId(c, 'exceptionId'), readId(c, 'paymentId')]
      const receipt = await findRefundIfAnswered(deps, memberOf(c), paymentId)
      // Nothing to swap: the page keeps what it shows and asks again.
      if (receipt === null) return c.body(null, 204)
      const page = { view: staffViewOf(c, deps), exceptionId, paymentId, receipt }
      return renderFragment(c, <RefundStatus {...page} />)
    })
