import { readFileSync, statSync } from 'node:fs'
import * as z from 'zod'

/** A calendar date 'YYYY-MM-DD', without a zone: time limits, days of payment. */
export type LocalDate = string

/** A calendar date on the wire; dates that do not exist (30 February) are refused. */
export const localDate = z.iso.date()

/** An instant on the wire: RFC 3339 in UTC; a `Date` in code. */
export const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text))

/** The business clock: time limits, warnings, days of payment. Tokens and locks run on real time. */
export interface Clock {
  now(): Date
}

export const systemClock: Clock = { now: () => new Date() }

const readOffsetSeconds = (file: string): number | undefined => {
  try {
    const { offsetSeconds } = JSON.parse(readFileSync(file, 'utf8'))
    return Number.isFinite(offsetSeconds) ? offsetSeconds : undefined
  } catch {
    return undefined
  }
}

/**
 * A business clock that all processes of a demo or test share: the file holds `{"offsetSeconds": n}`.
 * It is read again when it changes, at most every 50 ms.
 */
export const movableClock = (file: string): Clock => {
  let offsetMs = 0
  let modifiedMs = -1
  let checkedMs = 0
  const refresh = () => {
    if (Date.now() - checkedMs < 50) return
    checkedMs = Date.now()
    const stat = statSync(file, { throwIfNoEntry: false })
    if (!stat || stat.mtimeMs === modifiedMs) return
    const offsetSeconds = readOffsetSeconds(file)
    if (offsetSeconds === undefined) return // Half written: the time it told before still holds.
    modifiedMs = stat.mtimeMs
    offsetMs = offsetSeconds * 1000
  }
  return {
    now: () => {
      refresh()
      return new Date(Date.now() + offsetMs)
    },
  }
}

/** The date on the wall of `timeZone` at that instant. */
export const dateIn = (timeZone: string, at: Date): LocalDate =>
  `${Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone).toPlainDate()}`

/** The first instant after the date's end in that zone; a limit is payable while `now < endOfDay`. */
export const endOfDay = (timeZone: string, date: LocalDate): Date =>
  startOfDay(timeZone, addDays(date, 1))

/** The first instant of the date in that zone. Throws a `RangeError` for what is no date. */
export const startOfDay = (timeZone: string, date: LocalDate): Date =>
  new Date(Temporal.PlainDate.from(date).toZonedDateTime(timeZone).epochMilliseconds)

/** The date so many days later, earlier when negative. Throws a `RangeError` for what is no date. */
export const addDays = (date: LocalDate, days: number): LocalDate =>
  `${Temporal.PlainDate.from(date).add({ days })}`

const dayMs = 24 * 60 * 60 * 1000

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export const daysBetween = (from: LocalDate, to: LocalDate): number => {
  // A date alone is midnight in UTC, where every day is as long. A list asks this of every row.
  const days = (Date.parse(to) - Date.parse(from)) / dayMs
  if (!Number.isInteger(days)) throw new RangeError('not a date')
  return days
}
