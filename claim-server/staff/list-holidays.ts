import { asc, eq } from 'drizzle-orm'
import { dateIn } from '#shared/dates.ts'
import type { ServiceCaller } from '#shared/service-token.ts'
import type { ReplyOf } from '#shared/contracts/call.ts'
import type { listHolidays as listHolidaysCall } from '#shared/contracts/staff.ts'
import type { Deps } from '../deps.ts'
import { holidays } from '../time-limits/holidays.table.ts'
import { byStaff } from './by-staff.ts'

/** The bank's holidays, in order of their days. */
export const listHolidays = async (
  deps: Pick<Deps, 'db' | 'clock'>,
  { caller }: { caller: ServiceCaller },
): Promise<ReplyOf<typeof listHolidaysCall>> =>
  byStaff(deps, caller, { act: 'listHolidays', subject: 'holidays' }, async ({ tx, bank }) => ({
    holidays: await tx
      .select({ date: holidays.date, name: holidays.name, nameJa: holidays.nameJa })
      .from(holidays)
      .where(eq(holidays.bank, bank.code))
      .orderBy(asc(holidays.date)),
    today: dateIn(bank.timeZone, deps.clock.now()),
  }))
