import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, daysBetween } from '#shared/dates.ts'
import { defaultHolidays } from './default-holidays.ts'
import { effectiveLimit } from './effective-limit.ts'

const dates = new Set(defaultHolidays.map((holiday) => holiday.date))
const isHoliday = (date: string) => dates.has(date)
const isWeekend = (date: string) => Temporal.PlainDate.from(date).dayOfWeek > 5

describe('a limit', () => {
  test.each([
    ['2026-11-20', '2026-11-20', 'a Friday stays'],
    ['2026-11-21', '2026-11-24', 'a Saturday before a Sunday and a holiday moves to Tuesday'],
    ['2026-05-02', '2026-05-07', 'Golden Week, with the substitute for a Sunday'],
    ['2026-09-19', '2026-09-24', 'a day between two holidays is one too'],
    ['2027-03-21', '2027-03-23', 'a holiday on a Sunday has its substitute'],
    ['2026-12-31', '2027-01-04', 'banks are closed around New Year'],
    ['2028-02-29', '2028-02-29', 'a leap day is a day'],
    ['2028-12-30', '2029-01-04', 'the last year’s end is closed too'],
  ])('%s → %s: %s', (limit, effective) => {
    expect(effectiveLimit(limit, isHoliday)).toBe(effective)
  })

  test('moves to the first business day on or after it, never further, never back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1095 }), (days) => {
        const limit = addDays('2026-01-01', days)
        const effective = effectiveLimit(limit, isHoliday)
        const between = Array.from({ length: daysBetween(limit, effective) }, (_, at) =>
          addDays(limit, at),
        )
        return (
          effective >= limit &&
          !isWeekend(effective) &&
          !isHoliday(effective) &&
          between.every((day) => isWeekend(day) || isHoliday(day))
        )
      }),
      { numRuns: 1000 },
    )
  })
})

test('the holidays of 2026 to 2028 are 18, 17 and 16 besides the days around New Year', () => {
  const of = (year: string) =>
    defaultHolidays.filter(({ date, name }) => date.startsWith(year) && name !== 'Bank Holiday')
      .length
  expect([of('2026'), of('2027'), of('2028')]).toEqual([18, 17, 16])
  expect(new Set(defaultHolidays.map((holiday) => holiday.date)).size).toBe(defaultHolidays.length)
})
