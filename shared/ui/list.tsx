import type { Child, PropsWithChildren } from 'hono/jsx'
import type { Language } from '#shared/texts.ts'
import { Icon } from './icon.tsx'
import { Mark } from './mark.tsx'
import { kitTexts } from './texts.ts'

export interface GroupHeadingProps {
  title: string
  /** The group's sum. */
  sum?: Child
  id?: string
}

export const GroupHeading = ({ title, sum, id }: GroupHeadingProps) => (
  <h2 class="group" id={id}>
    <span>{title}</span>
    {sum && <span class="group-sum">{sum}</span>}
  </h2>
)

/** The box around rows. */
export const Rows = ({ label, children }: PropsWithChildren<{ label?: string }>) => (
  <ul class="rows" aria-label={label}>
    {children}
  </ul>
)

export interface RowSelect {
  name: string
  value: string
  checked?: boolean
  disabled?: boolean
  /** hx-* attributes go to the box. */
  [attribute: `hx-${string}`]: string | undefined
}

export interface ClaimRowProps {
  /** Unique on the page. */
  id: string
  payee: string
  initial?: string
  /** What was ordered. */
  description: Child
  /** The order number, after the description. */
  reference?: string
  amount: Child
  /** Below the amount: `<TimeLimit>`, a date of payment. */
  below?: Child
  chips?: Child
  /** A box to tick; the whole row is its label. */
  select?: RowSelect
  /** The claim's own page; without `select` the whole row leads there. */
  href?: string
  /** Being paid: grey, not tickable. */
  busy?: boolean
}

/** Two claims of one payee have the same name: what was ordered and its amount tell them apart. */
const RowBox = ({ id, select, busy }: ClaimRowProps) => {
  if (select)
    return (
      <input
        type="checkbox"
        class="row-box"
        id={`${id}-box`}
        aria-describedby={`${id}-text ${id}-amount`}
        {...select}
      />
    )
  return busy ? (
    <span class="row-wait">
      <Icon name="clock" />
    </span>
  ) : null
}

const RowName = ({ id, payee, select, href }: ClaimRowProps) => {
  if (select) {
    return (
      <label class="row-name row-cover" for={`${id}-box`}>
        {payee}
      </label>
    )
  }
  return href ? (
    <a class="row-name row-cover" href={href}>
      {payee}
    </a>
  ) : (
    <span class="row-name">{payee}</span>
  )
}

/** One claim: payee, goods, number, amount, time limit, states. */
export const ClaimRow = (props: ClaimRowProps) => {
  const { id, payee, initial, description, reference, amount, below, chips, select, href } = props
  return (
    <li id={id} class={props.busy ? 'row is-busy' : 'row'}>
      <RowBox {...props} />
      <Mark name={payee} initial={initial} />
      <div class="row-body">
        <div class="row-line">
          <p class="row-title">
            <RowName {...props} />
            {chips && <span class="row-chips">{chips}</span>}
          </p>
          <p class="row-amount" id={select && `${id}-amount`}>
            {amount}
          </p>
        </div>
        <div class="row-line">
          <p class="row-text" id={select && `${id}-text`}>
            {select && href ? <a href={href}>{description}</a> : description}
            {reference && <span class="row-reference">{reference}</span>}
          </p>
          {below && <p class="row-below">{below}</p>}
        </div>
      </div>
      {href && !select && (
        <span class="row-go">
          <Icon name="next" />
        </span>
      )}
    </li>
  )
}

export interface AdvertLineProps {
  href: string
  link: string
  /** Why this advert: the category or word it was chosen by, if it was. */
  reason?: string | undefined
  /** Where adverts are switched off. */
  off?: { href: string; label: string } | undefined
  language: Language
}

/** One quiet line that says why it is there. */
export const AdvertLine = ({
  href,
  link,
  reason,
  off,
  language,
  children,
}: PropsWithChildren<AdvertLineProps>) => (
  <div class="advert">
    <p>
      {children}{' '}
      <a href={href} rel="sponsored noopener noreferrer">
        {link}
      </a>
    </p>
    <p class="advert-why">
      {reason ? kitTexts(language).advertWhy(reason) : kitTexts(language).advert}
      {off && (
        <>
          {' · '}
          <a href={off.href}>{off.label}</a>
        </>
      )}
    </p>
  </div>
)

export interface PagerProps {
  language: Language
  newer?: string | undefined
  older?: string | undefined
}

export const Pager = ({ language, newer, older }: PagerProps) => {
  const words = kitTexts(language)
  if (!newer && !older) return null
  return (
    <nav class="pager" aria-label={words.pages}>
      {newer ? (
        <a class="button is-secondary" href={newer} rel="prev">
          <Icon name="back" />
          {words.newer}
        </a>
      ) : (
        <span />
      )}
      {older && (
        <a class="button is-secondary" href={older} rel="next">
          {words.older}
          <Icon name="next" />
        </a>
      )}
    </nav>
  )
}
