import type { LocalDate } from '#shared/dates.ts'
import { fieldError } from '#shared/errors.ts'
import type { Received } from '#shared/contracts/call.ts'
import type { replaceFees } from '#shared/contracts/staff.ts'

type Body = Received<typeof replaceFees>['body']

/** Fees count from today on at the earliest, and their ranges begin at 0 and rise. Throws `invalid`. */
export const checkRanges = ({ ranges, validFrom }: Body, today: LocalDate) => {
  if (validFrom < today) throw fieldError('#/validFrom', 'this day has passed')
  if (ranges[0]?.fromAmountMinor !== 0n)
    throw fieldError('#/ranges/0/fromAmountMinor', 'the first range begins at 0')
  for (const [at, range] of ranges.entries()) {
    const before = ranges[at - 1]
    if (before && range.fromAmountMinor <= before.fromAmountMinor)
      throw fieldError(
        `#/ranges/${at}/fromAmountMinor`,
        'each range begins above the one before it',
      )
  }
}
