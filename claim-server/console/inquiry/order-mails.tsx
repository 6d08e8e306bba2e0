import { Card, Chip, CsrfField, DataTable, Moment } from '#shared/ui/index.ts'
import type { View } from '../view.tsx'
import type { MailOfOrder, OpenedOrder } from './open-order.ts'
import { orderTexts } from './order.texts.ts'

interface MailProps {
  view: View
  mail: MailOfOrder
}

const State = ({ view, mail }: MailProps) => {
  const words = orderTexts(view.language).mails
  if (mail.status === 'delivered') return <Chip tone="ok">{words.delivered}</Chip>
  if (mail.status === 'failed') return <Chip tone="bad">{words.failed}</Chip>
  return mail.attempts > 1 ? (
    <Chip tone="warn">{words.delayed(mail.attempts - 1)}</Chip>
  ) : (
    <Chip tone="info">{words.waiting}</Chip>
  )
}

const Resend = ({ view, mail, orderNumber }: MailProps & { orderNumber: string }) => {
  const words = orderTexts(view.language).mails
  const to = mail.recipient === 'shop' ? (mail.address ?? '') : words.customer
  return (
    <form method="post" action={`/shop/orders/${orderNumber}/mails/${mail.noticeId}/resend`}>
      <CsrfField token={view.page.csrfToken} />
      <button class="link-button" aria-label={words.resendThis(words.events[mail.event], to)}>
        {words.resend}
      </button>
    </form>
  )
}

/** Every mail about the order, with its state. */
export const OrderMails = ({ view, opened }: { view: View; opened: OpenedOrder }) => {
  const { language, timeZone } = view
  const words = orderTexts(language).mails
  const { mails, order } = opened
  if (mails.length === 0)
    return (
      <Card title={words.title}>
        <p class="soft">{words.none}</p>
      </Card>
    )
  return (
    <DataTable
      language={language}
      caption={words.title}
      rows={mails}
      columns={[
        { label: words.what, heading: true, cell: (mail) => words.events[mail.event] },
        { label: words.to, cell: (mail) => mail.address ?? words.customer },
        {
          label: words.when,
          cell: (mail) => <Moment at={mail.createdAt} timeZone={timeZone} language={language} />,
        },
        { label: words.state, cell: (mail) => <State view={view} mail={mail} /> },
        {
          label: words.action,
          cell: (mail) => <Resend view={view} mail={mail} orderNumber={order.orderNumber} />,
        },
      ]}
    />
  )
}
