import { maskedNumber } from '#shared/accounts.ts'
import { dateIn } from '#shared/dates.ts'
import { formatMoney } from '#shared/money.ts'
import type { Language } from '#shared/texts.ts'
import { Chip, shortDate, TimeLimit, type Tone } from '#shared/ui/index.ts'
import type { View } from '../view.tsx'
import type { OrderTotal } from './inquire-orders.ts'
import type { InquiredOrder } from './inquiry.queries.ts'
import { inquiryTexts } from './texts.ts'

const tones: Record<InquiredOrder['status'], Tone> = {
  provisional: 'quiet',
  unsettled: 'info',
  paying: 'warn',
  settled: 'ok',
  abandoned: 'quiet',
  expired: 'bad',
  cancelled: 'quiet',
  declined: 'bad',
}

/** An order's state in words and colour. */
export const StatusChip = ({ view, order }: { view: View; order: InquiredOrder }) => (
  <Chip tone={tones[order.status]} busy={order.status === 'paying'}>
    {inquiryTexts(view.language).statuses[order.status]}
  </Chip>
)

/** The limit in words while it counts, as a date afterwards. */
export const Limit = ({ view, order }: { view: View; order: InquiredOrder }) => {
  const counts = ['provisional', 'unsettled', 'paying'].includes(order.status)
  return counts ? (
    <TimeLimit limit={order.timeLimit} today={view.today} language={view.language} />
  ) : (
    <time datetime={order.timeLimit}>{shortDate(order.timeLimit, view.today, view.language)}</time>
  )
}

/** Nothing to say in this cell; on a phone the line is left out. */
export const None = () => <span class="none">–</span>

export const SettledOn = ({ view, order }: { view: View; order: InquiredOrder }) => {
  if (!order.settledAt) return <None />
  const date = dateIn(view.timeZone, order.settledAt)
  return <time datetime={date}>{shortDate(date, view.today, view.language)}</time>
}

/** The last digits of the account that paid: enough to talk about it. */
export const AccountUsed = ({ order }: { order: InquiredOrder }) =>
  order.account ? <span class="account-number">{maskedNumber(order.account)}</span> : <None />

export const sumWords = (totals: readonly OrderTotal[], language: Language): string =>
  totals
    .map(({ currency, amountMinor }) => formatMoney(amountMinor, currency, language))
    .join(' + ')
