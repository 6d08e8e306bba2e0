import type { PaymentContent } from '#shared/contracts/payment-content.ts'
import type { ServiceCaller } from '#shared/service-token.ts'
import { spendToken } from '#shared/spent-tokens.ts'
import type { Deps } from '../deps.ts'
import { spentTokens } from '../spent-tokens.table.ts'
import { findDecisions, lockPayments } from './lock-payments.ts'
import { payments } from './payments.table.ts'
import { signReceipt } from './sign-receipts.ts'

export interface PaymentToVoid {
  paymentId: string
  payer: string
  digest: string
  kind: PaymentContent['kind']
  caller: ServiceCaller
}

/**
 * Stores a void unless the payment was decided before, so that an execute that comes later can't
 * pass. Answers the receipt either way.
 */
export const voidPayment = async (
  deps: Pick<Deps, 'db' | 'clock' | 'keys'>,
  { paymentId, payer, digest, kind, caller }: PaymentToVoid,
): Promise<{ receipt: string }> => {
  await deps.db.transaction(async (tx) => {
    await Promise.all([spendToken(tx, spentTokens, caller), lockPayments(tx, [paymentId])])
    const known = await findDecisions(tx, [paymentId])
    if (known.has(paymentId)) return
    const decidedAt = deps.clock.now()
    await tx
      .insert(payments)
      .values({ paymentId, result: 'voided', payer, digest, kind, decidedAt })
  })
  return { receipt: await signReceipt(deps, paymentId) }
}
