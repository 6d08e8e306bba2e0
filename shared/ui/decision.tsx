import type { Child } from 'hono/jsx'

export interface AccountCardProps {
  /** Of the radio button: all cards of a choice share it. */
  name: string
  value: string
  checked?: boolean
  disabled?: boolean
  /** "Savings, Harbour branch". */
  title: string
  /** "•••• 4471". */
  number: string
  balance: Child
  fee?: Child
  /** A word in its favour: "lowest fee". */
  tag?: string
  /** Label and balance after this payment. */
  after?: { label: string; value: Child } | undefined
  /** Instead of `after`: by how much it falls short. */
  short?: Child
  /** hx-* attributes go to the radio button. */
  [attribute: `hx-${string}`]: string | undefined
}

/** One account to pay from: its balance, its fee, what is left after, or by how much it is short. */
export const AccountCard = ({
  title,
  number,
  balance,
  fee,
  tag,
  after,
  short,
  ...radio
}: AccountCardProps) => (
  <label class={short ? 'account is-short' : 'account'}>
    <input type="radio" {...radio} />
    <span class="account-line">
      <span class="account-title">{title}</span>
      <span class="account-balance">{balance}</span>
    </span>
    <span class="account-line is-soft">
      <span>
        <span class="account-number">{number}</span>
        {tag && <span class="account-tag">{tag}</span>}
      </span>
      {fee && <span>{fee}</span>}
    </span>
    {(after || short) && (
      <span class="account-after">
        {short ? (
          <span class="account-short">{short}</span>
        ) : (
          <>
            <span>{after?.label}</span>
            <span>{after?.value}</span>
          </>
        )}
      </span>
    )}
  </label>
)

export interface TotalsItem {
  label: Child
  value: Child
  /** The line under the sum. */
  total?: boolean
  quiet?: boolean
}

/** Lines of figures with their sum. */
export const Totals = ({ items }: { items: readonly TotalsItem[] }) => (
  <dl class="totals">
    {items.map(({ label, value, total, quiet }) => (
      <div class={total ? 'is-total' : quiet ? 'is-quiet' : undefined}>
        <dt>{label}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
)

export interface DecisionProps {
  /** Morph target of fragments (`hx-swap="outerMorph"` keeps the open account sheet open). */
  id: string
  title: Child
  /** The accounts to choose from; on a phone they open from the bar as a sheet. */
  accounts?: Child
  /** What the phone's bar shows of the choice: "Savings •••• 4471", and the words around it. */
  chosen?: { label: string; value: Child; close: string }
  /** The phone's line: "2 claims · fee 0 yen". */
  brief: Child
  total: Child
  totals?: Child
  /** Buttons; the first is the main one. */
  actions: Child
  /** A hint under the buttons. */
  note?: Child
}

/**
 * The decision that is always in sight: a card beside the list on a wide screen, a bar at the thumb
 * on a phone. It sits inside the form of the list; there is one set of account radios for both.
 */
export const Decision = ({
  id,
  title,
  accounts,
  chosen,
  brief,
  total,
  totals,
  actions,
  note,
}: DecisionProps) => (
  <aside class="decision" id={id} aria-labelledby={`${id}-title`}>
    <h2 class="decision-title" id={`${id}-title`}>
      {title}
    </h2>
    {accounts && chosen && (
      <button type="button" class="decision-choose" popovertarget={`${id}-accounts`}>
        <span class="decision-choose-label">{chosen.label}</span>
        <span class="decision-choose-value">{chosen.value}</span>
        <svg class="icon" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">
          <path d="m6 15 6-6 6 6" />
        </svg>
      </button>
    )}
    {accounts && (
      <fieldset class="sheet" id={`${id}-accounts`} popover="auto">
        <legend class="sheet-title">{chosen?.label}</legend>
        {accounts}
        {chosen && (
          <button
            type="button"
            class="button is-primary is-wide sheet-close"
            popovertarget={`${id}-accounts`}
            popovertargetaction="hide"
          >
            {chosen.close}
          </button>
        )}
      </fieldset>
    )}
    <p class="decision-brief" aria-hidden="true">
      <span>{brief}</span>
      <b>{total}</b>
    </p>
    <div class="decision-totals" aria-live="polite">
      {totals}
    </div>
    <div class="decision-actions">{actions}</div>
    {note && <div class="decision-note">{note}</div>}
  </aside>
)
