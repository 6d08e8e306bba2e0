import { localDate, type LocalDate } from '#shared/dates.ts'
import { largestAmountMinor } from '#shared/money.ts'
import type { Language } from '#shared/texts.ts'
import { type Form, hasMistakes, type Mistakes } from '../form.ts'
import { tariffTexts } from './texts.ts'

/** Lines of the form; a bank has a handful of ranges. */
export const mostLines = 6

export interface FeeRange {
  fromAmountMinor: bigint
  feeMinor: bigint
}

export type ReadRanges =
  | { outcome: 'read'; validFrom: LocalDate; ranges: FeeRange[] }
  | { outcome: 'mistakes'; mistakes: Mistakes }

const typed = (text = '') => text.normalize('NFKC').replaceAll(/[\s,円¥]/g, '')

const readNumber = (text: string | undefined): bigint | undefined => {
  const digits = typed(text)
  if (!/^\d{1,12}$/.test(digits)) return undefined
  const number = BigInt(digits)
  return number <= largestAmountMinor ? number : undefined
}

type Words = ReturnType<typeof tariffTexts>['change']['mistakes']

const readLine = (form: Form, line: number, words: Words, mistakes: Mistakes) => {
  const [from, fee] = [form[`from${line}`], form[`fee${line}`]]
  if (typed(from) === '' && typed(fee) === '') return undefined
  const fromAmountMinor = readNumber(from)
  const feeMinor = readNumber(fee)
  if (fromAmountMinor === undefined) mistakes[`from${line}`] = words.from(line)
  if (feeMinor === undefined) mistakes[`fee${line}`] = words.fee(line)
  return fromAmountMinor === undefined || feeMinor === undefined
    ? undefined
    : { line, fromAmountMinor, feeMinor }
}

/** The fees of a relation as typed: a day and lines, or what is wrong with which field. */
export const readRanges = (form: Form, today: LocalDate, language: Language): ReadRanges => {
  const words = tariffTexts(language).change.mistakes
  const mistakes: Mistakes = {}
  const validFrom = localDate.safeParse(form.validFrom).data
  if (validFrom === undefined || validFrom < today) mistakes.validFrom = words.validFrom
  const lines = Array.from({ length: mostLines }, (_, at) =>
    readLine(form, at + 1, words, mistakes),
  ).filter((line) => line !== undefined)
  const [first] = lines
  if (!hasMistakes(mistakes) && !first) mistakes.from1 = words.none
  if (first && first.fromAmountMinor !== 0n)
    mistakes[`from${first.line}`] ??= words.zero(first.line)
  for (const [at, line] of lines.entries()) {
    const before = lines[at - 1]
    if (before && line.fromAmountMinor <= before.fromAmountMinor)
      mistakes[`from${line.line}`] ??= words.order(line.line)
  }
  if (hasMistakes(mistakes) || validFrom === undefined) return { outcome: 'mistakes', mistakes }
  const ranges = lines.map(({ fromAmountMinor, feeMinor }) => ({ fromAmountMinor, feeMinor }))
  return { outcome: 'read', validFrom, ranges }
}
