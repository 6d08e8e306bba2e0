export const languages = ['en', 'ja'] as const
export type Language = (typeof languages)[number]

export const isLanguage = (value: unknown): value is Language => value === 'en' || value === 'ja'

type Text = string | ((...values: never[]) => string)
interface Texts {
  [key: string]: Text | Texts
}

/** The same keys, each a string or a function of the same values. */
type Same<T> = {
  [K in keyof T]: T[K] extends string
    ? string
    : T[K] extends (...values: infer Values) => string
      ? (...values: Values) => string
      : Same<T[K]>
}

/**
 * The words of a page in both languages. `const words = defineTexts({ en: {...}, ja: {...} })`, then
 * `words(language).title`. Entries are strings or functions; a key missing in ja does not compile.
 */
export const defineTexts = <const En extends Texts>(texts: {
  en: En
  ja: NoInfer<Same<En>>
}): ((language: Language) => Same<En>) => {
  const en = texts.en as unknown as Same<En>
  return (language) => (language === 'ja' ? texts.ja : en)
}

/** "1 claim", "2 claims", "1,002 claims". */
export const counted = (count: number, one: string, many: string): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : many}`
