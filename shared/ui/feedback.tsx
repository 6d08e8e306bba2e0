import type { PropsWithChildren } from 'hono/jsx'
import { Icon, type IconName } from './icon.tsx'

export type Tone = 'info' | 'ok' | 'warn' | 'bad' | 'quiet'

/** A state in one or two words; the colour only repeats it. `busy` adds the progress dot. */
export const Chip = ({
  tone = 'quiet',
  busy = false,
  children,
}: PropsWithChildren<{ tone?: Tone; busy?: boolean }>) => (
  <span class={`chip is-${tone}${busy ? ' is-busy' : ''}`}>{children}</span>
)

const noteIcons: Record<Tone, IconName> = {
  info: 'info',
  ok: 'check',
  warn: 'warn',
  bad: 'warn',
  quiet: 'info',
}

/** A message on the page. `announce` for one that appears after an action. */
export const Note = ({
  tone = 'info',
  title,
  announce = false,
  id,
  children,
}: PropsWithChildren<{ tone?: Tone; title?: string; announce?: boolean; id?: string }>) => (
  <div
    class={`note is-${tone}`}
    id={id}
    role={announce ? (tone === 'bad' ? 'alert' : 'status') : undefined}
  >
    <Icon name={noteIcons[tone]} />
    <div>
      {title && <p class="note-title">{title}</p>}
      {children}
    </div>
  </div>
)

const outcomeIcons = {
  ok: 'check',
  bad: 'cross',
  busy: 'clock',
  info: 'info',
  warn: 'warn',
} as const

export type OutcomeProps = PropsWithChildren<{
  tone: 'ok' | 'bad' | 'busy' | 'info' | 'warn'
  title: string
  /** `<Amount>`, when there is one. */
  amount?: unknown
  /** Buttons; the first one is the main one. */
  actions?: unknown
  /** Announce to screen readers: for a fragment that replaces itself. */
  live?: boolean
}>

/**
 * What became of something, as the head of a page: paid, not paid, being checked, accepted. `busy`
 * shows the quiet progress line of a payment in doubt.
 */
export const Outcome = ({ tone, title, amount, actions, live, children }: OutcomeProps) => (
  <section class={`outcome is-${tone}`} role={live ? 'status' : undefined}>
    <span class="outcome-icon">
      <Icon name={outcomeIcons[tone]} />
    </span>
    <h1>{title}</h1>
    {amount as never}
    {tone === 'busy' && <span class="progress" aria-hidden="true" />}
    <div class="outcome-text">{children}</div>
    {actions ? <div class="actions">{actions as never}</div> : null}
  </section>
)

/** Nothing to show: says why and what comes next. */
export const EmptyState = ({
  title,
  icon = 'list',
  actions,
  children,
}: PropsWithChildren<{ title: string; icon?: IconName; actions?: unknown }>) => (
  <section class="empty">
    <span class="empty-icon">
      <Icon name={icon} />
    </span>
    <h2>{title}</h2>
    <div class="empty-text">{children}</div>
    {actions ? <div class="actions">{actions as never}</div> : null}
  </section>
)
