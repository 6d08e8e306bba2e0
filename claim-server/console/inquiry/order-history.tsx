import { declineReasonIn } from '#shared/decline-reasons.ts'
import { Card, fullDate, Moment, Timeline, type TimelineItem } from '#shared/ui/index.ts'
import type { View } from '../view.tsx'
import type { HistoryStep, OpenedOrder } from './open-order.ts'
import { orderTexts } from './order.texts.ts'

const tones: Record<string, TimelineItem['tone']> = {
  settled: 'ok',
  released: 'bad',
  expired: 'bad',
  declined: 'bad',
  warned: 'warn',
}

const titleOf = ({ language }: View, { event, by }: HistoryStep): string => {
  const { events } = orderTexts(language).history
  if (event === 'unsettled' && by === 'shop') return events.sent
  const known: Record<string, string> = events
  return Object.hasOwn(known, event) ? (known[event] ?? events.other) : events.other
}

/** What the shop may read of a reason; why a customer's payment failed is between them and the bank. */
const reasonOf = ({ language }: View, { event, reason }: HistoryStep): string | undefined => {
  const words = orderTexts(language).history
  if (reason === null) return undefined
  if (event === 'cancelled' || event === 'declined')
    return words.reason(declineReasonIn(language, reason))
  const [from, to] = reason.match(/\d{4}-\d{2}-\d{2}/g) ?? []
  if (event === 'revived' && from && to)
    return words.newLimit(fullDate(from, language), fullDate(to, language))
  return undefined
}

const detailOf = (view: View, step: HistoryStep) => {
  const byBank = step.by.startsWith('staff:') ? orderTexts(view.language).history.byBank : undefined
  const parts = [byBank, reasonOf(view, step)].filter((part) => part !== undefined)
  return parts.length > 0 ? parts.join(' · ') : undefined
}

/** What happened to the order, oldest first, in words. */
export const OrderHistory = ({ view, opened }: { view: View; opened: OpenedOrder }) => {
  const words = orderTexts(view.language).history
  return (
    <Card title={words.title}>
      {opened.history.length === 0 ? (
        <p class="soft">{words.none}</p>
      ) : (
        <Timeline
          items={opened.history.map((step) => ({
            title: titleOf(view, step),
            at: <Moment at={step.at} timeZone={view.timeZone} language={view.language} />,
            detail: detailOf(view, step),
            ...(tones[step.event] ? { tone: tones[step.event] } : {}),
          }))}
        />
      )}
    </Card>
  )
}
