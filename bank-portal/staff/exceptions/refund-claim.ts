import type { ReplyOf } from '#shared/contracts/call.ts'
import { completePayment, reserveRefund } from '#shared/contracts/claim-server.ts'
import { authoriseRefund, executePayment } from '#shared/contracts/core-banking.ts'
import type { PaymentContent } from '#shared/contracts/payment-content.ts'
import { AppError } from '#shared/errors.ts'
import { formatMoney } from '#shared/money.ts'
import { NoAnswer } from '#shared/service-client.ts'
import type { Calls, Deps } from '../../deps.ts'
import { askClaimServer, askCore, recordAct } from '../staff-client.ts'
import type { StaffMember } from '../staff-deps.ts'

type Refunds = Calls & Pick<Deps, 'log'>
type Reservation = ReplyOf<typeof reserveRefund>

export interface Approval {
  staffId: string
  password: string
}

export interface Refund {
  /** The executed payment that is paid back. */
  refundedPaymentId: string
  content: PaymentContent
  approvals: [Approval, Approval]
}

/** What became of a refund as far as this request knows; the core's receipt knows the rest. */
export type RefundOutcome =
  /** Handed to the core: its receipt tells the result, or there is none yet. */
  | { outcome: 'submitted' }
  /** Whether it is prepared is not known; without that nothing can be paid. */
  | { outcome: 'unclear' }
  /** No answer before anything was prepared: nothing was paid back. */
  | { outcome: 'not-possible' }
  /** The id belongs to a refund of other content. */
  | { outcome: 'other-content' }
  | Exclude<ReplyOf<typeof authoriseRefund>, { outcome: 'authorised' }>
  | Exclude<Reservation, { outcome: 'reserved' }>

const noAnswer = Symbol('no answer')

const answerOf = async <T>(ask: () => Promise<T>): Promise<T | typeof noAnswer> => {
  try {
    return await ask()
  } catch (error) {
    if (error instanceof NoAnswer) return noAnswer
    throw error
  }
}

const record = (
  deps: Refunds,
  member: StaffMember,
  { refundedPaymentId, content, approvals }: Refund,
) => {
  const [claim] = content.claims
  const amount = formatMoney(claim?.amountMinor ?? 0n, content.currency, 'en')
  const both = approvals.map((one) => one.staffId).join(' and ')
  return recordAct(deps, member, {
    act: 'refund-claim',
    subject: claim?.orderNumber ?? content.paymentId,
    detail: `${amount} by ${both}, payment ${content.paymentId} of ${refundedPaymentId}`,
  })
}

const reserve = async (
  deps: Refunds,
  member: StaffMember,
  body: { refundedPaymentId: string; content: PaymentContent; authorisation: string },
): Promise<Reservation | { outcome: 'unclear' | 'other-content' }> => {
  try {
    return await askClaimServer(deps, member)(reserveRefund, { body })
  } catch (error) {
    if (error instanceof NoAnswer) return { outcome: 'unclear' }
    if (error instanceof AppError && error.code === 'digest-mismatch')
      return { outcome: 'other-content' }
    throw error
  }
}

/** Whatever goes wrong here, only the core's receipt decides: the claim server asks for it later. */
const executeAndComplete = async (
  deps: Refunds,
  member: StaffMember,
  { paymentId, ...body }: { paymentId: string; instruction: string; authorisation: string },
): Promise<void> => {
  try {
    const { receipt } = await askCore(deps, member)(executePayment, { params: { paymentId }, body })
    await askClaimServer(deps, member)(completePayment, { body: { receipt } })
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'unknown'
    deps.log.warn({ paymentId, reason }, 'a refund is in doubt')
  }
}

/**
 * Pays a claim back on the passwords of two different approvers: recorded, authorised by the core,
 * prepared by the claim server, executed by the core, completed by its receipt. A repeat of the same
 * form is the same refund. Throws `AppError` for a request that was refused before it was prepared.
 */
export const refundClaim = async (
  deps: Refunds,
  member: StaffMember,
  refund: Refund,
): Promise<RefundOutcome> => {
  const { refundedPaymentId, content, approvals } = refund
  const recorded = await answerOf(() => record(deps, member, refund))
  if (recorded === noAnswer) return { outcome: 'not-possible' }

  const authorised = await answerOf(() =>
    askCore(deps, member)(authoriseRefund, { body: { approvals, content } }),
  )
  if (authorised === noAnswer) return { outcome: 'not-possible' }
  if (authorised.outcome !== 'authorised') return authorised

  const { authorisation } = authorised
  const reserved = await reserve(deps, member, { refundedPaymentId, content, authorisation })
  if (reserved.outcome !== 'reserved') return reserved

  const { paymentId, instruction } = reserved
  await executeAndComplete(deps, member, { paymentId, instruction, authorisation })
  return { outcome: 'submitted' }
}
