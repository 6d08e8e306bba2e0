import { randomUUIDv7 } from 'node:crypto'
import type { Received } from '#shared/contracts/call.ts'
import * as calls from '#shared/contracts/staff.ts'
import { checkRanges } from '../../claim-server/staff/check-ranges.ts'
import { type ClaimServerState, todayOf } from './claim-server-state.ts'
import type { MockFee } from './fee-table.ts'
import type { ServeStaff } from './staff-audit.ts'
import { byText } from './staff-pages.ts'

type Replacement = Received<typeof calls.replaceFees>

/** Lines that were replaced before they counted are left out. */
const everCounts = ({ validFrom, validUntil }: MockFee) =>
  validUntil === null || validUntil > validFrom

const tableOf = ({ fees }: ClaimServerState) =>
  fees
    .filter(everCounts)
    .sort(
      (a, b) =>
        byText(a.relation, b.relation) ||
        byText(b.validFrom, a.validFrom) ||
        Number(a.fromAmountMinor - b.fromAmountMinor),
    )

/** What counts from that day on ends then; what would begin later never counts. */
const endFees = (state: ClaimServerState, relation: MockFee['relation'], day: string) => {
  for (const fee of state.fees) {
    if (fee.relation !== relation || (fee.validUntil !== null && fee.validUntil <= day)) continue
    fee.validUntil = fee.validFrom > day ? fee.validFrom : day
  }
}

const replace = (state: ClaimServerState, { params: { relation }, body }: Replacement) => {
  checkRanges(body, todayOf(state))
  const { validFrom, ranges } = body
  endFees(state, relation, validFrom)
  const lines = ranges.map((range, at) => ({
    ...range,
    feeId: randomUUIDv7(),
    relation,
    belowAmountMinor: ranges[at + 1]?.fromAmountMinor ?? null,
    validFrom,
    validUntil: null,
  }))
  state.fees.push(...lines)
  return { fees: tableOf(state) }
}

const replacementInWords = ({ body: { validFrom, ranges } }: Replacement) => {
  const said = ranges.map((range) => `from ${range.fromAmountMinor}: ${range.feeMinor}`)
  return `from ${validFrom} on: ${said.join('; ')}`
}

/** The bank's fee table, which quotes are priced by. */
export const serveFees = (serve: ServeStaff, state: ClaimServerState): void => {
  serve(
    calls.listFees,
    () => ({ subject: 'fees' }),
    () => ({ fees: tableOf(state), today: todayOf(state) }),
  )

  serve(
    calls.replaceFees,
    (input) => ({ subject: input.params.relation, detail: replacementInWords(input) }),
    (input) => replace(state, input),
  )
}
