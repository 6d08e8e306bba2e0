export type Form = Record<string, string>

/** Digits as people type them: full-width ones, blanks and dashes count too. */
export const digits = (text = ''): string => text.normalize('NFKC').replaceAll(/[\s-]/g, '')

export const mistakeList = (mistakes: Record<string, string | undefined>) =>
  Object.entries(mistakes).flatMap(([name, message]) => (message ? [{ name, message }] : []))
