import type { Received } from '#shared/contracts/call.ts'
import * as calls from '#shared/contracts/staff.ts'
import { addDays, daysBetween } from '#shared/dates.ts'
import { fieldError } from '#shared/errors.ts'
import { effectiveLimit } from '../../claim-server/time-limits/effective-limit.ts'
import { type ClaimServerState, isHolidayOf, tell, todayOf } from './claim-server-state.ts'
import type { ServeStaff } from './staff-audit.ts'
import { byText } from './staff-pages.ts'

const open = ['unsettled', 'paying', 'provisional']

/** Limits of open claims on that day move to the next business day; the first limit is kept beside. */
const moveLimitsOff = (state: ClaimServerState, date: string, staffId: string) => {
  const moved = effectiveLimit(date, isHolidayOf(state))
  for (const claim of state.claims.values()) {
    if (moved === date || claim.timeLimit !== date || !open.includes(claim.status)) continue
    claim.timeLimit = moved
    claim.originalTimeLimit ??= date
    claim.warnOn = addDays(claim.warnOn, daysBetween(date, moved))
    claim.revision += 1
    tell(state, claim, {
      event: 'limit-moved',
      by: `staff:${staffId}`,
      reason: `${date} → ${moved}`,
    })
  }
}

const add = (
  state: ClaimServerState,
  { body }: Received<typeof calls.addHoliday>,
  staffId: string,
) => {
  if (body.date < todayOf(state)) throw fieldError('#/date', 'this day has passed')
  if (isHolidayOf(state)(body.date)) return { added: false }
  state.holidays.push({ ...body })
  moveLimitsOff(state, body.date, staffId)
  return { added: true }
}

const remove = (state: ClaimServerState, date: string) => {
  if (date <= todayOf(state)) throw fieldError(':date', 'this day has come')
  const at = state.holidays.findIndex((one) => one.date === date)
  if (at >= 0) state.holidays.splice(at, 1)
  return { removed: at >= 0 }
}

/** Days on which the bank is closed: limits move off them. */
export const serveHolidays = (serve: ServeStaff, state: ClaimServerState): void => {
  serve(
    calls.listHolidays,
    () => ({ subject: 'holidays' }),
    () => ({
      holidays: state.holidays.toSorted((a, b) => byText(a.date, b.date)),
      today: todayOf(state),
    }),
  )

  serve(
    calls.addHoliday,
    ({ body: { date, name, nameJa } }) => ({ subject: date, detail: `${name}, ${nameJa}` }),
    (input, staffId) => add(state, input, staffId),
  )

  serve(
    calls.removeHoliday,
    ({ params }) => ({ subject: params.date }),
    ({ params }) => remove(state, params.date),
  )
}
