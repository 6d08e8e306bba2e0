import { accountParts, maskedNumber } from '#shared/accounts.ts'
import type { Claim } from '#shared/contracts/claim-server.ts'
import type { Account } from '#shared/contracts/core-banking.ts'
import { type Currency, formatMoney } from '#shared/money.ts'
import type { Language } from '#shared/texts.ts'
import { portalTexts } from './texts.ts'

/** "•••• 4471" on one line. */
export const shownNumber = (account: string): string =>
  maskedNumber(account).replaceAll(' ', '\u00a0')

/** The payee's name in the customer's language. */
export const payeeName = (
  { name, nameJa }: Pick<Claim['payee'], 'name' | 'nameJa'>,
  language: Language,
): string => (language === 'ja' ? (nameJa ?? name) : name)

/** "Savings, Harbour branch" / 「普通預金 港支店」. */
export const accountName = (account: Account, language: Language): string => {
  const { branch } = portalTexts(language)
  return language === 'ja'
    ? `${account.labelJa} ${branch(account.branchNameJa)}`
    : `${account.label}, ${branch(account.branchName)}`
}

/** "Savings •••• 4471": where there is room for few words. */
export const accountBrief = (account: Account, language: Language): string =>
  `${language === 'ja' ? account.labelJa : account.label} ${shownNumber(account.account)}`

/** A payee's account in full, as the core knows it: "branch 101, ordinary, 7001001". */
export const accountInFull = (account: string, language: Language): string => {
  const { branch, type, number } = accountParts(account)
  const words = portalTexts(language)
  const parts = [words.branchNumber(branch), words.accountTypes[type], number]
  return parts.join(language === 'ja' ? ' ' : ', ')
}

/** The account's name where it is one of the customer's, else its last digits. */
export const ownAccountName = (
  account: string,
  accounts: readonly Account[] | undefined,
  language: Language,
): string => {
  const own = accounts?.find((one) => one.account === account)
  return own ? `${accountName(own, language)} ${shownNumber(account)}` : shownNumber(account)
}

interface Sum {
  currency: Currency
  amountMinor: bigint
}

/** "26,480 yen", or "26,480 yen and 31.50 EUR" where a list mixes currencies. */
export const sumWords = (sums: readonly Sum[], language: Language): string =>
  sums
    .map(({ amountMinor, currency }) => formatMoney(amountMinor, currency, language))
    .join(language === 'ja' ? '、' : ' and ')

/** Sums by currency, in the order in which the currencies appear. */
export const sumsOf = (amounts: readonly Sum[]): Sum[] => {
  const sums = new Map<Currency, bigint>()
  for (const { currency, amountMinor } of amounts)
    sums.set(currency, (sums.get(currency) ?? 0n) + amountMinor)
  return [...sums].map(([currency, amountMinor]) => ({ currency, amountMinor }))
}
