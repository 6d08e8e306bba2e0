import { type ClaimStatus, claimStatus } from '#shared/contracts/claim-server.ts'
import { localDate } from '#shared/dates.ts'
import { largestAmountMinor } from '#shared/money.ts'
import type { Language } from '#shared/texts.ts'
import type { Mistakes } from '../form.ts'
import { typedText } from '../typed-text.ts'
import type { ClaimsQuery } from './find-claims.ts'
import { staffClaimsTexts } from './texts.ts'

const searchFields = [
  'number',
  'customer',
  'account',
  'shop',
  'amount',
  'from',
  'until',
  'status',
] as const
export type SearchField = (typeof searchFields)[number]

/** What was typed, blanks at its ends apart. */
export type Typed = Partial<Record<SearchField, string>>

export interface ClaimsSearch {
  typed: Typed
  mistakes: Mistakes
  /** Undefined when nothing was filled in, or something wrongly. */
  query: ClaimsQuery | undefined
}

const mostCharacters: Partial<Record<SearchField, number>> = { number: 40, account: 30 }

const readTyped = (given: Record<string, string>): Typed => {
  const typed: Typed = {}
  for (const field of searchFields) {
    const text = typedText(given[field], mostCharacters[field] ?? 60)
    if (text !== '') typed[field] = text
  }
  return typed
}

const readAmount = (text: string): number | undefined => {
  const digits = text.normalize('NFKC').replaceAll(/[\s,円¥]/g, '')
  const amount = /^\d{1,12}$/.test(digits) ? Number(digits) : 0
  return amount >= 1 && amount <= Number(largestAmountMinor) ? amount : undefined
}

const readStatus = (text: string | undefined): ClaimStatus | undefined =>
  claimStatus.safeParse(text).data

/** The search of a query string: what was typed, what of it is wrong, and what to ask for. */
export const readSearch = (given: Record<string, string>, language: Language): ClaimsSearch => {
  const words = staffClaimsTexts(language).mistakes
  const typed = readTyped(given)
  const { number, customer, account, shop, amount, from, until } = typed
  const status = readStatus(typed.status)
  const amountMinor = amount === undefined ? undefined : readAmount(amount)
  const mistakes: Mistakes = {}
  const isDate = (text: string) => localDate.safeParse(text).success
  if (amount !== undefined && amountMinor === undefined) mistakes.amount = words.amount
  if (from !== undefined && !isDate(from)) mistakes.from = words.from
  if (until !== undefined && (!isDate(until) || (from !== undefined && until < from)))
    mistakes.until = words.until
  const isAsked = Object.keys(typed).some((field) => field !== 'status') || status !== undefined
  if (!isAsked || Object.keys(mistakes).length > 0) return { typed, mistakes, query: undefined }
  const query: ClaimsQuery = {
    ...(number === undefined ? {} : { orderNumber: number }),
    ...(customer === undefined ? {} : { customer }),
    ...(account === undefined ? {} : { account }),
    ...(shop === undefined ? {} : { shop }),
    ...(amountMinor === undefined ? {} : { amountMinor }),
    ...(from === undefined ? {} : { from }),
    ...(until === undefined ? {} : { until }),
    ...(status === undefined ? {} : { status }),
    ...(given.cursor ? { cursor: given.cursor.slice(0, 500) } : {}),
  }
  return { typed, mistakes, query }
}
