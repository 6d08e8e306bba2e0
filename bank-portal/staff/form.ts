export type Form = Record<string, string>
export type Mistakes = Record<string, string>

export const hasMistakes = (mistakes: Mistakes): boolean => Object.keys(mistakes).length > 0

/** For `ErrorSummary`. */
export const listMistakes = (mistakes: Mistakes) =>
  Object.entries(mistakes).map(([name, message]) => ({ name, message }))
