import { and, between, eq } from 'drizzle-orm'
import type { Database, Transaction } from '#shared/database.ts'
import { addDays, type LocalDate } from '#shared/dates.ts'
import { holidays } from './holidays.table.ts'

// Longer than any row of days on which a bank is closed.
const longestClosureDays = 31

/** Whether the bank has a holiday on a day: for limits between these two days, and where they move to. */
export const findHolidays = async (
  db: Database | Transaction,
  bank: string,
  { from, until }: { from: LocalDate; until: LocalDate },
): Promise<(date: LocalDate) => boolean> => {
  const rows = await db
    .select({ date: holidays.date })
    .from(holidays)
    .where(
      and(
        eq(holidays.bank, bank),
        between(holidays.date, from, addDays(until, longestClosureDays)),
      ),
    )
  const dates = new Set(rows.map((row) => row.date))
  return (date) => dates.has(date)
}
