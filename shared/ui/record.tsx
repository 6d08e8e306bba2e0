import type { Child } from 'hono/jsx'
import type { Language } from '#shared/texts.ts'
import { Totals, type TotalsItem } from './decision.tsx'
import { Icon } from './icon.tsx'
import { type KeyValue, KeyValues } from './table.tsx'
import { kitTexts } from './texts.ts'

export interface Item {
  /** The payee. */
  title: Child
  /** What for. */
  text?: Child
  amount: Child
}

/** What a payment consists of, each with its amount; on confirmations and records. */
export const Items = ({ items }: { items: readonly Item[] }) => (
  <ul class="items">
    {items.map(({ title, text, amount }) => (
      <li>
        <span>
          <b>{title}</b>
          {text && <span class="item-text">{text}</span>}
        </span>
        <span class="item-amount">{amount}</span>
      </li>
    ))}
  </ul>
)

export interface PaymentRecordProps {
  language: Language
  /** "Payment record". */
  title: string
  issuer: string
  /** Facts: number, when, from which account, transfer. */
  facts: readonly KeyValue[]
  items: readonly Item[]
  totals: readonly TotalsItem[]
  /** Under the sum: what this paper is. */
  foot?: Child
}

/** What a customer prints and keeps; the page around it stays off the paper. */
export const PaymentRecord = ({
  language,
  title,
  issuer,
  facts,
  items,
  totals,
  foot,
}: PaymentRecordProps) => (
  <article class="record">
    <header class="record-head">
      <p class="record-issuer">{issuer}</p>
      <h1>{title}</h1>
      <button type="button" class="button is-secondary is-small" data-print hidden>
        <Icon name="print" />
        {kitTexts(language).print}
      </button>
    </header>
    <KeyValues items={facts} />
    <Items items={items} />
    <Totals items={totals} />
    {foot && <div class="record-foot">{foot}</div>}
  </article>
)
