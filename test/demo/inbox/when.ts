import type { Language } from '#shared/texts.ts'

const locales: Record<Language, string> = { en: 'en-GB', ja: 'ja-JP' }

const formatter = (language: Language, timeZone: string, options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat(locales[language], { timeZone, hourCycle: 'h23', ...options })

/** "Mon 23 November 2026, 10:04". */
export const longTime = (at: Date, language: Language, timeZone: string): string =>
  formatter(language, timeZone, { dateStyle: 'full', timeStyle: 'short' }).format(at)

/** "Monday 23 November 2026" and "10:04". */
export const dayAndTime = (at: Date, language: Language, timeZone: string): [string, string] => [
  formatter(language, timeZone, { dateStyle: 'full' }).format(at),
  formatter(language, timeZone, { timeStyle: 'short' }).format(at),
]

/** The time of day for today's, the day for the rest: "10:04", "23 Nov". */
export const shortTime = (at: Date, now: Date, language: Language, timeZone: string): string => {
  const day = formatter(language, timeZone, { dateStyle: 'short' })
  return day.format(at) === day.format(now)
    ? formatter(language, timeZone, { timeStyle: 'short' }).format(at)
    : formatter(language, timeZone, { day: 'numeric', month: 'short' }).format(at)
}
