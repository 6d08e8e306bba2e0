import { randomUUIDv7 } from 'node:crypto'
import { defaultFees } from '../../claim-server/quotes/default-fees.ts'
import type { FeeRule } from '../../claim-server/quotes/price-groups.ts'
import type { ClaimServerState } from './claim-server-state.ts'
import { byText } from './staff-pages.ts'

/** A line of the fee table. */
export interface MockFee extends FeeRule {
  feeId: string
  validFrom: string
  /** The first day on which it does not count any more. */
  validUntil: string | null
}

/** The fees with which a bank begins, from the first day of last year on. */
export const firstFees = (today: string): MockFee[] => {
  const validFrom = `${Number(today.slice(0, 4)) - 1}-01-01`
  return defaultFees.map((fee) => ({ ...fee, feeId: randomUUIDv7(), validFrom, validUntil: null }))
}

/** The fee table as it counts on that day; where lines overlap, the newest comes first. */
export const feesOn = ({ fees }: ClaimServerState, day: string): FeeRule[] =>
  fees
    .filter(
      ({ validFrom, validUntil }) => validFrom <= day && (validUntil === null || day < validUntil),
    )
    .reverse()
    .sort((a, b) => byText(b.validFrom, a.validFrom))
