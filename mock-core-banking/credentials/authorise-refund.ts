import type { PaymentContent } from '#shared/contracts/payment-content.ts'
import { dateIn } from '#shared/dates.ts'
import { fieldError } from '#shared/errors.ts'
import type { ServiceCaller } from '#shared/service-token.ts'
import { spendToken } from '#shared/spent-tokens.ts'
import { normalId } from '#shared/normal-id.ts'
import { isOpen, payeesAsNamed } from '../accounts/account-rules.ts'
import { findAccounts } from '../accounts/find-accounts.ts'
import type { Deps } from '../deps.ts'
import { findExecutedLegs } from '../payments/find-executed-legs.ts'
import { customerToRefund, isRefundable } from '../payments/refund-rules.ts'
import { spentTokens } from '../spent-tokens.table.ts'
import { type Approval, isApprover } from './is-approver.ts'
import { signAuthorisation } from './sign-authorisation.ts'

type RefundDeps = Pick<Deps, 'config' | 'db' | 'clock' | 'keys'>

export interface RefundToAuthorise {
  approvals: Approval[]
  content: PaymentContent
  caller: ServiceCaller
}

export type AuthorisedRefund =
  | { outcome: 'authorised'; authorisation: string }
  | { outcome: 'not-accepted' }
  | { outcome: 'content-stale' }

/** The customer who gets the money back, if the refund can be agreed to as it stands. */
const findPayer = async (
  { config, db, clock }: RefundDeps,
  content: PaymentContent,
): Promise<string | undefined> => {
  if (content.day !== dateIn(config.TIME_ZONE, clock.now())) return undefined
  const orderNumbers = content.claims.map((claim) => claim.orderNumber)
  const keys = [content.payerAccount, ...content.fees.map((fee) => fee.payeeAccount)]
  const [legs, found] = await Promise.all([
    findExecutedLegs(db, orderNumbers),
    findAccounts(db, keys),
  ])
  const current =
    isOpen(found.get(content.payerAccount)) &&
    payeesAsNamed(content, found) &&
    isRefundable(content, legs)
  return current ? customerToRefund(content, legs) : undefined
}

/**
 * Two different approvers agree, each by their own password, to a refund: the account that was paid
 * pays back to the account that paid. One answer whoever of the two was wrong. The authorisation
 * names the customer who gets the money back as payer.
 */
export const authoriseRefund = async (
  deps: RefundDeps,
  { approvals, content, caller }: RefundToAuthorise,
): Promise<AuthorisedRefund> => {
  if (content.kind !== 'refund')
    throw fieldError('#/content/kind', 'only refunds are approved here')
  await deps.db.transaction((tx) => spendToken(tx, spentTokens, caller))
  const ids = new Set(approvals.map((approval) => normalId(approval.staffId)))
  if (ids.size !== 2) return { outcome: 'not-accepted' }
  const payer = await findPayer(deps, content)
  if (payer === undefined) return { outcome: 'content-stale' }
  const accepted = await Promise.all(approvals.map((approval) => isApprover(deps, approval)))
  if (accepted.includes(false)) return { outcome: 'not-accepted' }
  return { outcome: 'authorised', authorisation: await signAuthorisation(deps, payer, [content]) }
}
