import { formatMoney } from '#shared/money.ts'
import type { Language } from '#shared/texts.ts'

/** "3,150 yen", 「3,150円」. */
export const yen = (amountMinor: bigint | number, language: Language): string =>
  formatMoney(BigInt(amountMinor), 'JPY', language)

const locales: Record<Language, string> = { en: 'en-GB', ja: 'ja-JP' }

/** "30 November 2026" of a date without a zone. */
export const dateInWords = (date: string, language: Language): string =>
  new Intl.DateTimeFormat(locales[language], { dateStyle: 'long', timeZone: 'UTC' }).format(
    new Date(`${date}T00:00:00Z`),
  )

/** "23 November 2026 at 10:04". */
export const timeInWords = (at: Date, language: Language, timeZone: string): string =>
  new Intl.DateTimeFormat(locales[language], {
    dateStyle: 'long',
    timeStyle: 'short',
    hourCycle: 'h23',
    timeZone,
  }).format(at)
