import type { Hono } from 'hono'
import { accountParts } from '#shared/accounts.ts'
import type { Received, ReplyOf } from '#shared/contracts/call.ts'
import {
  authoriseRefund,
  authoriseRun,
  checkCredentials,
  checkStaffCredentials,
  unlockAuthorisation,
} from '#shared/contracts/core-banking.ts'
import type { PaymentContent } from '#shared/contracts/payment-content.ts'
import { AppError, fieldError } from '#shared/errors.ts'
import type { KeyRing } from '#shared/keys.ts'
import { normalId } from '#shared/normal-id.ts'
import { customerToRefund, isRefundable } from '../../mock-core-banking/payments/refund-rules.ts'
import { answerCall, type MockOptions } from './answer-call.ts'
import { signAuthorisation } from './core-documents.ts'
import { executedLegs, isToday, payeesAsNamed } from './core-payments.ts'
import { findStaff, isApprover } from './core-staff.ts'
import {
  type CoreState,
  countWrongTry,
  findByLogin,
  findOpenAccount,
  lockOf,
  takeScenario,
} from './core-state.ts'

type Options = MockOptions & { keys: KeyRing }

const serveSignIn = (app: Hono, options: Options, state: CoreState) => {
  answerCall(
    app,
    options,
    checkCredentials,
    async ({ body: { login, password } }): Promise<ReplyOf<typeof checkCredentials>> => {
      const found = findByLogin(state, login)
      if (found?.password !== password) return { outcome: 'not-accepted' }
      const { userId: _userId, password: _password, ...customer } = found
      return { outcome: 'accepted', customer }
    },
  )

  answerCall(
    app,
    options,
    checkStaffCredentials,
    async ({ body }): Promise<ReplyOf<typeof checkStaffCredentials>> => {
      const found = findStaff(state, body.staffId)
      if (!found || found.suspendedAt || found.password !== body.password)
        return { outcome: 'not-accepted' }
      const { staffId, name, roles, passwordIsTemporary = false } = found
      return {
        outcome: 'accepted',
        staff: { staffId, name, roles: [...roles], passwordIsTemporary },
      }
    },
  )
}

const checkForm = (payments: readonly PaymentContent[]) => {
  for (const [at, { kind }] of payments.entries())
    if (kind !== 'payment')
      throw fieldError(`#/payments/${at}/kind`, 'only payments of today can be authorised here')
  if (new Set(payments.map((one) => one.paymentId)).size !== payments.length)
    throw fieldError('#/payments', 'the same payment id twice')
}

/** Whether the customer may agree to it: today, from an own account, to payees as named. */
const isCurrent = (state: CoreState, content: PaymentContent, customerId: string): boolean => {
  const payer = findOpenAccount(state, content.payerAccount)
  return (
    isToday(state, content.day) &&
    payer?.customerId === customerId &&
    payer.currency === content.currency &&
    payeesAsNamed(state, content)
  )
}

const typedDigits = (typed: string) => typed.normalize('NFKC').replaceAll(/[\s\-‐-―ー]/g, '')

const authorise = async (
  keys: KeyRing,
  state: CoreState,
  { params: { customerId }, body }: Received<typeof authoriseRun>,
): Promise<ReplyOf<typeof authoriseRun>> => {
  const { accountNumber, password, payments } = body
  checkForm(payments)
  const customer = state.customers.find((one) => one.customerId === customerId)
  if (!customer) throw new AppError('not-found')
  const isStale = takeScenario(state, 'contentStale')
  if (isStale || !payments.every((one) => isCurrent(state, one, customerId)))
    return { outcome: 'content-stale' }
  const lockedUntil = lockOf(state, customerId)
  if (lockedUntil) return { outcome: 'locked', lockedUntil }
  const typed = typedDigits(accountNumber)
  const numberFits = payments.some((one) => accountParts(one.payerAccount).number === typed)
  const isWrong = takeScenario(state, 'wrongPassword')
  if (isWrong || !numberFits || password !== customer.password)
    return { outcome: 'not-accepted', triesLeft: countWrongTry(state, customerId) }
  state.wrongTries.delete(customerId)
  return {
    outcome: 'authorised',
    authorisation: await signAuthorisation(keys, customerId, payments),
  }
}

/** The customer who gets the money back, if the refund can be agreed to as it stands. */
const findRefunded = (state: CoreState, content: PaymentContent): string | undefined => {
  const numbers = content.claims.map((one) => one.orderNumber)
  const legs = executedLegs(state, numbers)
  const isCurrentRefund =
    isToday(state, content.day) &&
    findOpenAccount(state, content.payerAccount) &&
    payeesAsNamed(state, content) &&
    isRefundable(content, legs)
  return isCurrentRefund ? customerToRefund(content, legs) : undefined
}

const approveRefund = async (
  keys: KeyRing,
  state: CoreState,
  { approvals, content }: Received<typeof authoriseRefund>['body'],
): Promise<ReplyOf<typeof authoriseRefund>> => {
  if (content.kind !== 'refund')
    throw fieldError('#/content/kind', 'only refunds are approved here')
  const ids = new Set(approvals.map((one) => normalId(one.staffId)))
  if (ids.size !== 2) return { outcome: 'not-accepted' }
  const payer = findRefunded(state, content)
  if (payer === undefined) return { outcome: 'content-stale' }
  const accepted = approvals.map((one) => isApprover(state, one))
  if (accepted.includes(false)) return { outcome: 'not-accepted' }
  return { outcome: 'authorised', authorisation: await signAuthorisation(keys, payer, [content]) }
}

const unlock = (state: CoreState, customerId: string, staffId: string) => {
  const member = findStaff(state, staffId)
  const mayUnlock = member?.roles.some((role) => role === 'clerk' || role === 'approver')
  if (!mayUnlock || member?.suspendedAt || member?.passwordIsTemporary)
    throw new AppError('forbidden')
  const isLocked = lockOf(state, customerId) !== undefined
  if (isLocked) state.wrongTries.delete(customerId)
  return { unlocked: isLocked }
}

/** Sign-in, and the agreement of customers and staff by their passwords. */
export const serveCredentials = (app: Hono, options: Options, state: CoreState): void => {
  const { keys } = options
  serveSignIn(app, options, state)
  answerCall(app, options, authoriseRun, (input) => authorise(keys, state, input))
  answerCall(app, options, authoriseRefund, ({ body }) => approveRefund(keys, state, body))
  answerCall(app, options, unlockAuthorisation, async ({ params, body }) =>
    unlock(state, params.customerId, body.staffId),
  )
}
