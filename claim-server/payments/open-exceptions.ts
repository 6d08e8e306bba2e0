import type { Transaction } from '#shared/database.ts'
import { claimHistory } from '../claims/claims.table.ts'
import type { Deps } from '../deps.ts'
import { exceptions } from './payments.table.ts'
import type { ExceptionKind, WeighedLeg } from './weigh-receipt.ts'

type OddLeg = WeighedLeg & { outcome: ExceptionKind }

const isOdd = (weighed: WeighedLeg): weighed is OddLeg => weighed.outcome !== 'settled'

/** Opens a case for staff for every leg that found its claim not free, and says so in its history. */
export const openExceptions = async (
  { clock, newId, log }: Pick<Deps, 'clock' | 'newId' | 'log'>,
  tx: Transaction,
  paymentId: string,
  weighed: readonly WeighedLeg[],
): Promise<void> => {
  const odd = weighed.filter(isOdd)
  if (odd.length === 0) return
  const at = clock.now()
  log.warn({ paymentId, kinds: odd.map((one) => one.outcome) }, 'a receipt opened exceptions')
  await tx
    .insert(exceptions)
    .values(
      odd.map(({ leg, orderId, outcome }) => ({
        id: newId(),
        paymentId,
        orderId: orderId ?? null,
        orderNumber: leg.orderNumber,
        kind: outcome,
        transferId: leg.transferId,
        payeeAccount: leg.payeeAccount,
        amountMinor: leg.amountMinor,
        openedAt: at,
      })),
    )
    .onConflictDoNothing()
  const told = odd.flatMap(({ orderId, outcome }) =>
    orderId ? [{ orderId, at, event: outcome, by: 'core', paymentId }] : [],
  )
  if (told.length > 0) await tx.insert(claimHistory).values(told)
}
