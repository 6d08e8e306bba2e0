import { addDays, type LocalDate } from '#shared/dates.ts'
import { effectiveLimit } from './effective-limit.ts'

const longestLimitDays = 365

/** A limit as the claim keeps it: the day it counts for, and the day before it was moved, if it was. */
export interface ClaimLimit {
  timeLimit: LocalDate
  originalTimeLimit: LocalDate | null
  warnOn: LocalDate
}

/** The last limit that a shop may set on that day. */
export const lastLimit = (today: LocalDate): LocalDate => addDays(today, longestLimitDays)

/** What is wrong with a limit that a shop sent, in words; undefined when nothing is. */
export const limitProblem = (limit: LocalDate, today: LocalDate): string | undefined => {
  if (limit < today) return 'this day has passed'
  if (limit > lastLimit(today)) return 'this day is more than a year ahead'
  return undefined
}

/**
 * The limit as the claim keeps it (Fig. 17, S133 to S135): moved off weekends and holidays, the
 * warning so many days before it, never before today.
 */
export const toClaimLimit = (
  limit: LocalDate,
  {
    today,
    warningDays,
    isHoliday,
  }: { today: LocalDate; warningDays: number; isHoliday: (date: LocalDate) => boolean },
): ClaimLimit => {
  const timeLimit = effectiveLimit(limit, isHoliday)
  const warnOn = addDays(timeLimit, -warningDays)
  return {
    timeLimit,
    originalTimeLimit: timeLimit === limit ? null : limit,
    warnOn: warnOn < today ? today : warnOn,
  }
}
