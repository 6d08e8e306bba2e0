import type { Claim } from '#shared/contracts/claim-server.ts'
import type { PaymentContent } from '#shared/contracts/payment-content.ts'
import { formatMoney, sumMinor } from '#shared/money.ts'
import type { Language } from '#shared/texts.ts'
import { fullDate } from '#shared/ui/index.ts'
import { accountInFull, payeeName } from '../names.ts'
import { paymentsTexts } from './texts.ts'

const feesOf = ({ fees }: PaymentContent) => sumMinor(fees.map((fee) => fee.feeMinor))

const claimChanges = (
  before: PaymentContent,
  after: PaymentContent,
  claims: readonly Claim[],
  language: Language,
): string[] => {
  const words = paymentsTexts(language).changed
  const payee = (number: string) => {
    const claim = claims.find((one) => one.orderNumber === number)
    return claim ? payeeName(claim.payee, language) : number
  }
  return before.claims.flatMap((old) => {
    const now = after.claims.find((one) => one.orderNumber === old.orderNumber)
    if (!now) return [words.gone(old.orderNumber)]
    const name = payee(old.orderNumber)
    const money = (amount: bigint) => formatMoney(amount, after.currency, language)
    return [
      ...(now.amountMinor === old.amountMinor
        ? []
        : [words.amount(name, money(old.amountMinor), money(now.amountMinor))]),
      ...(now.payeeAccount === old.payeeAccount ? [] : [words.payeeAccount(name)]),
      ...(now.payeeAccount === old.payeeAccount && now.payeeHolder !== old.payeeHolder
        ? [words.holder(accountInFull(now.payeeAccount, language), now.payeeHolder)]
        : []),
    ]
  })
}

interface Draft {
  content: PaymentContent
  claims: readonly Claim[]
}

const changesOfPayment = (
  before: PaymentContent,
  { content: after, claims }: Draft,
  language: Language,
): string[] => {
  const words = paymentsTexts(language).changed
  const money = (amount: bigint) => formatMoney(amount, after.currency, language)
  return [
    ...(before.day === after.day
      ? []
      : [words.day(fullDate(before.day, language), fullDate(after.day, language))]),
    ...claimChanges(before, after, claims, language),
    ...(feesOf(before) === feesOf(after)
      ? []
      : [words.fee(money(feesOf(before)), money(feesOf(after)))]),
  ]
}

/** What is different between what the customer saw and what holds now, in words; at least one line. */
export const describeChanges = (
  before: readonly PaymentContent[],
  drafts: readonly Draft[],
  language: Language,
): string[] => {
  const words = paymentsTexts(language).changed
  const changes = before.flatMap((old) => {
    const now = drafts.find((one) => one.content.paymentId === old.paymentId)
    return now
      ? changesOfPayment(old, now, language)
      : old.claims.map((claim) => words.gone(claim.orderNumber))
  })
  return changes.length > 0 ? [...new Set(changes)] : [words.other]
}
