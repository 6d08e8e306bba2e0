import type { Language } from '#shared/texts.ts'

/** "November 2026" / 「2026年11月」 for "2026-11". */
export const monthWords = (month: string, language: Language): string =>
  new Intl.DateTimeFormat(language === 'ja' ? 'ja-JP' : 'en-GB', {
    year: 'numeric',
    month: 'long',
    timeZone: 'UTC',
  }).format(new Date(`${month}-15T12:00:00Z`))
