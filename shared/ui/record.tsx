import type { Child } from 'hono/jsx'
import type { Language } from '#shared/texts.ts'
import { Totals, type TotalsItem } from './decision.tsx'
import { Icon } from './icon.tsx'
import { type KeyValue, KeyValues } from './table.tsx'
import { kitTexts } from './texts.ts'

export interface RecordLine {
  /** Payee and what for. */
  title: Child
  text?: Child
  amount: Child
}

export interface PaymentRecordProps {
  language: Language
  /** "Payment record". */
  title: string
  issuer: string
  /** Facts: number, when, from which account, transfer. */
  facts: readonly KeyValue[]
  lines: readonly RecordLine[]
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
  lines,
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
    <ul class="record-lines">
      {lines.map((line) => (
        <li>
          <span>
            <b>{line.title}</b>
            {line.text && <span class="record-text">{line.text}</span>}
          </span>
          <span class="record-amount">{line.amount}</span>
        </li>
      ))}
    </ul>
    <Totals items={totals} />
    {foot && <div class="record-foot">{foot}</div>}
  </article>
)
