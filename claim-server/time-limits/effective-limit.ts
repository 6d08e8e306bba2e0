import { addDays, type LocalDate } from '#shared/dates.ts'

const isWeekend = (date: LocalDate) => Temporal.PlainDate.from(date).dayOfWeek > 5

/** The limit itself, or the next business day when it falls on a weekend or a holiday of the bank. */
export const effectiveLimit = (
  limit: LocalDate,
  isHoliday: (date: LocalDate) => boolean,
): LocalDate => {
  let date = limit
  while (isWeekend(date) || isHoliday(date)) date = addDays(date, 1)
  return date
}
