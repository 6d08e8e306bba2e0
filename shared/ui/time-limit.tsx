import { daysBetween, type LocalDate } from '#shared/dates.ts'
import type { Language } from '#shared/texts.ts'
import { kitTexts } from './texts.ts'

/** How near a time limit is: `soon` is tomorrow and the day after, `week` the days up to six ahead. */
export type Nearness = 'passed' | 'today' | 'soon' | 'week' | 'later'

export const nearness = (limit: LocalDate, today: LocalDate): Nearness => {
  const days = daysBetween(today, limit)
  if (days < 0) return 'passed'
  if (days === 0) return 'today'
  if (days <= 2) return 'soon'
  return days <= 6 ? 'week' : 'later'
}

const formats = new Map<string, Intl.DateTimeFormat>()
const format = (language: Language, timeZone: string, options: Intl.DateTimeFormatOptions) => {
  const key = JSON.stringify([language, timeZone, options])
  let found = formats.get(key)
  if (!found) {
    found = new Intl.DateTimeFormat(language === 'ja' ? 'ja-JP' : 'en-GB', { timeZone, ...options })
    formats.set(key, found)
  }
  return found
}

const noonOf = (date: LocalDate) => new Date(`${date}T12:00:00Z`)

/** "25 Nov" / 「11月25日」; with the year when it is not `today`'s: "15 Jan 2027". */
export const shortDate = (date: LocalDate, today: LocalDate, language: Language): string =>
  format(language, 'UTC', {
    day: 'numeric',
    month: language === 'ja' ? 'long' : 'short',
    ...(date.slice(0, 4) === today.slice(0, 4) ? {} : { year: 'numeric' }),
  }).format(noonOf(date))

/** "Wed 25 Nov 2026" / 「2026年11月25日（水）」. */
export const fullDate = (date: LocalDate, language: Language): string => {
  const weekday = format(language, 'UTC', { weekday: 'short' }).format(noonOf(date))
  const day = format(language, 'UTC', {
    day: 'numeric',
    month: language === 'ja' ? 'long' : 'short',
    year: 'numeric',
  }).format(noonOf(date))
  return language === 'ja' ? `${day}（${weekday}）` : `${weekday} ${day}`
}

/** "23 Nov 2026, 10:04" / 「2026年11月23日 10:04」 on the wall of the bank's zone. */
export const instantWords = (at: Date, timeZone: string, language: Language): string => {
  const day = format(language, timeZone, {
    day: 'numeric',
    month: language === 'ja' ? 'long' : 'short',
    year: 'numeric',
  }).format(at)
  return `${day}${language === 'ja' ? ' ' : ', '}${timeWords(at, timeZone, language)}`
}

/** "10:04". */
export const timeWords = (at: Date, timeZone: string, language: Language): string =>
  format(language, timeZone, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at)

/** The limit in words while it is near, as a date further on. */
export const timeLimitWords = (limit: LocalDate, today: LocalDate, language: Language): string => {
  const words = kitTexts(language)
  const date = shortDate(limit, today, language)
  const days = daysBetween(today, limit)
  if (days < 0) return words.passed(date)
  if (days === 0) return words.today
  if (days === 1) return words.tomorrow(date)
  return days <= 6 ? words.inDays(days, date) : date
}

export interface TimeLimitProps {
  limit: LocalDate
  today: LocalDate
  language: Language
}

/** "today, until midnight", "in 2 days, 25 Nov"; its colour repeats what the words say. */
export const TimeLimit = ({ limit, today, language }: TimeLimitProps) => (
  <time class={`limit is-${nearness(limit, today)}`} datetime={limit}>
    {timeLimitWords(limit, today, language)}
  </time>
)

export interface MomentProps {
  at: Date
  timeZone: string
  language: Language
  /** Only "10:04". */
  timeOnly?: boolean
}

export const Moment = ({ at, timeZone, language, timeOnly = false }: MomentProps) => (
  <time datetime={at.toISOString()}>
    {timeOnly ? timeWords(at, timeZone, language) : instantWords(at, timeZone, language)}
  </time>
)
