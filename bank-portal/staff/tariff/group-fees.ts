import type { ReplyOf } from '#shared/contracts/call.ts'
import type { listFees } from '#shared/contracts/staff.ts'
import type { LocalDate } from '#shared/dates.ts'
import type { Currency } from '#shared/money.ts'

/** The bank's own: its fees are in it. */
export const bankCurrency: Currency = 'JPY'

export type FeeTable = ReplyOf<typeof listFees>
export type Fee = FeeTable['fees'][number]
export type Relation = Fee['relation']

export const relations = [
  'same-branch',
  'same-bank',
  'affiliated',
  'other-bank',
] as const satisfies Relation[]

export type FeeState = 'now' | 'coming' | 'past'

/** Whether a line counts today, by its half-open days. */
export const stateOf = ({ validFrom, validUntil }: Fee, today: LocalDate): FeeState => {
  if (validFrom > today) return 'coming'
  return validUntil !== null && validUntil <= today ? 'past' : 'now'
}

const byRange = (a: Fee, b: Fee) =>
  a.validFrom === b.validFrom
    ? Number(a.fromAmountMinor - b.fromAmountMinor)
    : a.validFrom < b.validFrom
      ? -1
      : 1

/** The lines of one relation in one state, by day and amount. */
export const feesIn = (table: FeeTable, relation: Relation, state: FeeState): Fee[] =>
  table.fees
    .filter((fee) => fee.relation === relation && stateOf(fee, table.today) === state)
    .toSorted(byRange)
