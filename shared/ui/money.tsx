import { type Currency, formatMoney } from '#shared/money.ts'
import type { Language } from '#shared/texts.ts'

export interface MoneyProps {
  amount: bigint
  currency: Currency
  language: Language
}

/** "3,150 yen" / 「3,150円」 inside a sentence or a cell: never broken, tabular figures. */
export const Money = ({ amount, currency, language }: MoneyProps) => (
  <span class={amount < 0n ? 'money is-negative' : 'money'}>
    {formatMoney(amount, currency, language)}
  </span>
)

/** The amount a page is about, large. */
export const Amount = (props: MoneyProps) => (
  <p class="amount">
    <Money {...props} />
  </p>
)
