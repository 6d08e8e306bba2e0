import { and, eq } from 'drizzle-orm'
import { dateIn, type LocalDate } from '#shared/dates.ts'
import { fieldError } from '#shared/errors.ts'
import type { ServiceCaller } from '#shared/service-token.ts'
import type { Deps } from '../deps.ts'
import { holidays } from '../time-limits/holidays.table.ts'
import { byStaff } from './by-staff.ts'

/**
 * Removes a holiday that has not come yet; limits that were moved off it stay where they are, since
 * their customers were told. False when there is none. Throws `invalid` for a day that has come.
 */
export const removeHoliday = async (
  deps: Pick<Deps, 'db' | 'clock'>,
  { date, caller }: { date: LocalDate; caller: ServiceCaller },
): Promise<{ removed: boolean }> =>
  byStaff(deps, caller, { act: 'removeHoliday', subject: date }, async ({ tx, bank }) => {
    if (date <= dateIn(bank.timeZone, deps.clock.now()))
      throw fieldError(':date', 'this day has come')
    const removed = await tx
      .delete(holidays)
      .where(and(eq(holidays.bank, bank.code), eq(holidays.date, date)))
      .returning({ date: holidays.date })
    return { removed: removed.length > 0 }
  })
