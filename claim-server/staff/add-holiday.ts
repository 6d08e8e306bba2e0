import { dateIn } from '#shared/dates.ts'
import { fieldError } from '#shared/errors.ts'
import type { ServiceCaller } from '#shared/service-token.ts'
import type { Received } from '#shared/contracts/call.ts'
import type { addHoliday as addHolidayCall } from '#shared/contracts/staff.ts'
import type { Deps } from '../deps.ts'
import { holidays } from '../time-limits/holidays.table.ts'
import { moveLimitsOff } from '../time-limits/move-limits.ts'
import { byStaff } from './by-staff.ts'

type Body = Received<typeof addHolidayCall>['body']

/**
 * Adds a holiday of the bank; limits of open claims on that day move to the next business day. False
 * when the day is one already. Throws `invalid` for a day that has passed.
 */
export const addHoliday = async (
  deps: Pick<Deps, 'db' | 'clock'>,
  { body, caller }: { body: Body; caller: ServiceCaller },
): Promise<{ added: boolean }> =>
  byStaff(
    deps,
    caller,
    { act: 'addHoliday', subject: body.date, detail: `${body.name}, ${body.nameJa}` },
    async ({ tx, bank, staffId }) => {
      if (body.date < dateIn(bank.timeZone, deps.clock.now()))
        throw fieldError('#/date', 'this day has passed')
      const added = await tx
        .insert(holidays)
        .values({ bank: bank.code, ...body })
        .onConflictDoNothing()
        .returning({ date: holidays.date })
      if (added.length === 0) return { added: false }
      const by = `staff:${staffId}` as const
      await moveLimitsOff(tx, deps, { bank: bank.code, date: body.date, by })
      return { added: true }
    },
  )
