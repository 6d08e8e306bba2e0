import fc from 'fast-check'
import { renameSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import {
  addDays,
  dateIn,
  daysBetween,
  endOfDay,
  instant,
  localDate,
  movableClock,
  startOfDay,
} from './dates.ts'
import { temporaryFolder } from './testing/key-rings.ts'

const zones = [
  'Asia/Tokyo',
  'Europe/Zurich',
  'America/Santiago',
  'Pacific/Apia',
  'UTC',
  'Asia/Kathmandu',
]
const dates = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2040-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))

describe('the end of a day', () => {
  test.each([
    ['Asia/Tokyo', '2026-07-01', '2026-07-01T15:00:00.000Z'],
    // The clocks go forward in the night after; this day has its 24 hours, the next has 23.
    ['Europe/Zurich', '2025-03-29', '2025-03-29T23:00:00.000Z'],
    ['Europe/Zurich', '2025-03-30', '2025-03-30T22:00:00.000Z'],
    ['Europe/Zurich', '2025-10-26', '2025-10-26T23:00:00.000Z'],
    // Midnight is missing: the day begins at one o'clock.
    ['America/Santiago', '2025-09-06', '2025-09-07T04:00:00.000Z'],
    // Midnight is there twice; the first counts.
    ['America/Havana', '2025-11-01', '2025-11-02T04:00:00.000Z'],
    // This island skipped a whole day.
    ['Pacific/Apia', '2011-12-29', '2011-12-30T10:00:00.000Z'],
    ['Asia/Tokyo', '2028-02-28', '2028-02-28T15:00:00.000Z'],
    ['Asia/Tokyo', '2028-02-29', '2028-02-29T15:00:00.000Z'],
    ['Asia/Tokyo', '2027-02-28', '2027-02-28T15:00:00.000Z'],
    ['Asia/Tokyo', '2026-12-31', '2026-12-31T15:00:00.000Z'],
  ])('in %s of %s is %s', (zone, date, end) => {
    expect(endOfDay(zone, date).toISOString()).toBe(end)
  })

  test.each(
    ['Asia/Tokyo', 'Europe/Zurich', 'America/Santiago'].flatMap((zone) =>
      // An ordinary day, 29 February, and the days around which clocks go forward and back.
      ['2026-11-23', '2028-02-29', '2025-03-29', '2025-03-30', '2025-10-26', '2026-09-05'].map(
        (date) => [zone, date] as const,
      ),
    ),
  )(
    'in %s of %s comes after 23:59:58, and two seconds before it that day is not over',
    (zone, date) => {
      const late = Temporal.PlainDateTime.from(`${date}T23:59:58`).toZonedDateTime(zone)
      const end = endOfDay(zone, date).getTime()
      expect(end - late.epochMilliseconds).toBe(2000)
      expect(dateIn(zone, new Date(late.epochMilliseconds))).toBe(date)
      expect(dateIn(zone, new Date(end))).toBe(addDays(date, 1))
    },
  )

  test('is the first instant of another date, and the last before it is still that date', () => {
    fc.assert(
      fc.property(fc.constantFrom(...zones), dates, (zone, date) => {
        const end = endOfDay(zone, date)
        expect(dateIn(zone, new Date(end.getTime() - 1))).toBe(date)
        expect(dateIn(zone, end)).toBe(addDays(date, 1))
        expect(startOfDay(zone, addDays(date, 1))).toEqual(end)
      }),
      { numRuns: 2000 },
    )
  })
})

describe('dates', () => {
  test('come back from any number of days, and are as far apart as was added', () => {
    fc.assert(
      fc.property(dates, fc.integer({ min: -4000, max: 4000 }), (date, days) => {
        const other = addDays(date, days)
        expect(daysBetween(date, other)).toBe(days)
        expect(daysBetween(other, date)).toBe(-days + 0)
        expect(addDays(other, -days)).toBe(date)
      }),
    )
  })

  test('a year after 29 February is 28 or 1 March, never 29', () => {
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29')
    expect(addDays('2028-02-29', 1)).toBe('2028-03-01')
    expect(addDays('2028-02-29', 366)).toBe('2029-03-01')
    expect(addDays('2027-02-28', 1)).toBe('2027-03-01')
  })

  test.each([
    '2026-02-30',
    '2027-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-1-1',
    '20260101',
    '2026-07-01T00:00',
    '２０２６-07-01',
    '',
    20260701,
  ])('%s does not exist and does not pass', (date) => {
    expect(localDate.safeParse(date).success).toBe(false)
  })

  test('an instant on the wire has its offset', () => {
    expect(instant.parse('2026-07-01T09:00:00+09:00')).toEqual(new Date('2026-07-01T00:00:00Z'))
    for (const text of [
      '2026-07-01T09:00:00',
      '2026-07-01',
      'now',
      '2026-02-30T00:00:00Z',
      '2026-07-01T24:00:00Z',
    ])
      expect(instant.safeParse(text).success).toBe(false)
  })

  test('a day is named by the wall of its zone', () => {
    const at = new Date('2026-07-01T15:00:00Z')
    expect(dateIn('Asia/Tokyo', at)).toBe('2026-07-02')
    expect(dateIn('Asia/Tokyo', new Date(at.getTime() - 1))).toBe('2026-07-01')
    expect(dateIn('UTC', at)).toBe('2026-07-01')
  })
})

describe('the movable clock', () => {
  let folder: ReturnType<typeof temporaryFolder>
  let file: string
  let writes = 0
  beforeEach(() => {
    folder = temporaryFolder()
    file = join(folder.dir, 'clock.json')
    vi.useFakeTimers({ toFake: ['Date'] })
    vi.setSystemTime('2026-07-01T00:00:00Z')
  })
  afterEach(() => {
    vi.useRealTimers()
    folder[Symbol.dispose]()
  })
  const write = (content: string) => {
    writeFileSync(`${file}.part`, content)
    writes += 1
    utimesSync(`${file}.part`, writes, writes)
    renameSync(`${file}.part`, file)
    vi.setSystemTime(Date.now() + 1000)
  }
  const offset = (clock: { now(): Date }) => (clock.now().getTime() - Date.now()) / 1000

  test('tells real time while there is no file', () => {
    expect(offset(movableClock(file))).toBe(0)
  })

  test('tells the time that its file says, and hears of a change', () => {
    write('{"offsetSeconds":86400}')
    const clock = movableClock(file)
    expect(offset(clock)).toBe(86_400)
    write('{"offsetSeconds":-3600}')
    expect(offset(clock)).toBe(-3600)
  })

  test.each(['', '{"offsetSe', '{}', '{"offsetSeconds":"x"}', '{"offsetSeconds":1e999}'])(
    'does not jump when its file is half written: %s',
    (content) => {
      write('{"offsetSeconds":86400}')
      const clock = movableClock(file)
      expect(offset(clock)).toBe(86_400)
      write(content)
      expect(offset(clock)).toBe(86_400)
      write('{"offsetSeconds":0}')
      expect(offset(clock)).toBe(0)
    },
  )
})
