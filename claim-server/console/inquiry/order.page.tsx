import { accountParts, maskedNumber } from '#shared/accounts.ts'
import { addDays } from '#shared/dates.ts'
import { formatMoney } from '#shared/money.ts'
import {
  Amount,
  Button,
  Card,
  CsrfField,
  ErrorSummary,
  Field,
  fullDate,
  instantWords,
  type KeyValue,
  KeyValues,
  nearness,
  Note,
  PageTitle,
  TimeLimit,
} from '#shared/ui/index.ts'
import { mistakeList } from '../form.ts'
import { consoleTexts } from '../texts.ts'
import { ConsolePage, type View } from '../view.tsx'
import type { OpenedOrder } from './open-order.ts'
import { type LinkForm, OrderEntry } from './order-entry.tsx'
import { OrderHistory } from './order-history.tsx'
import { OrderMails } from './order-mails.tsx'
import { orderTexts } from './order.texts.ts'
import { StatusChip } from './order-words.tsx'
import { customerPath, orderPath } from './orders-table.tsx'

export type Said = keyof ReturnType<typeof orderTexts>['said']

export interface OrderPageProps {
  view: View
  opened: OpenedOrder
  said?: Said | undefined
  link?: LinkForm
  /** The new limit as typed, when it can't be one. */
  revival?: { timeLimit: string; mistake: string }
}

const badNews: readonly Said[] = ['too-soon', 'under-way', 'not-cancelled', 'not-revived']

const Outcome = ({ view, said }: Pick<OrderPageProps, 'view' | 'said'>) =>
  said ? (
    <Note tone={badNews.includes(said) ? 'warn' : 'ok'} announce>
      {orderTexts(view.language).said[said]}
    </Note>
  ) : null

const States = ({ view, opened }: OrderPageProps) => {
  const words = orderTexts(view.language)
  const { order, isException } = opened
  return (
    <>
      {order.status === 'paying' && order.payingSince && (
        <Note
          tone="warn"
          title={words.paying.title(instantWords(order.payingSince, view.timeZone, view.language))}
        >
          {words.paying.text}
        </Note>
      )}
      {isException && (
        <Note tone="bad" title={words.exception.title}>
          {words.exception.text(view.bankName)}
        </Note>
      )}
    </>
  )
}

const Limit = ({ view, opened: { order } }: OrderPageProps) => {
  const { language, today } = view
  const words = orderTexts(language).facts
  const counts = ['provisional', 'unsettled', 'paying'].includes(order.status)
  const isNear = counts && nearness(order.timeLimit, today) !== 'later'
  return (
    <>
      {isNear ? (
        <TimeLimit limit={order.timeLimit} today={today} language={language} />
      ) : (
        fullDate(order.timeLimit, language)
      )}
      {order.originalTimeLimit && (
        <span class="soft"> {words.moved(fullDate(order.originalTimeLimit, language))}</span>
      )}
    </>
  )
}

const Facts = (props: OrderPageProps) => {
  const { view, opened } = props
  const { order } = opened
  const words = orderTexts(view.language).facts
  const { customer } = order
  const items: KeyValue[] = [
    { label: words.state, value: <StatusChip view={view} order={order} /> },
    { label: words.goods, value: <bdi>{order.description}</bdi> },
    ...(order.category ? [{ label: words.category, value: <bdi>{order.category}</bdi> }] : []),
    { label: words.reference, value: <bdi>{order.shopOrderRef}</bdi> },
    { label: words.orderedOn, value: fullDate(order.orderedOn, view.language) },
    { label: words.timeLimit, value: <Limit {...props} /> },
    ...(customer
      ? [
          {
            label: words.customer,
            value: (
              <>
                {customer.name}
                <span class="cell-more">
                  <a href={customerPath(customer.reference)}>{words.bought}</a>
                </span>
              </>
            ),
          },
        ]
      : []),
  ]
  return (
    <Card>
      <Amount amount={order.amountMinor} currency={order.currency} language={view.language} />
      <KeyValues items={items} />
    </Card>
  )
}

const accountWords = (account: string, { language }: View) => {
  const { branch, type, number } = accountParts(account)
  const texts = consoleTexts(language)
  return texts.account(texts.accountTypes[type], branch, number)
}

const Payment = ({ view, opened }: OrderPageProps) => {
  const { language, timeZone } = view
  const { order, together, refundedMinor } = opened
  const words = orderTexts(language).payment
  const { settledAt, account, payeeAccount, transferId, groupNumber, groupAmountMinor } = order
  if (!settledAt) return null
  const money = (amount: bigint) => formatMoney(amount, order.currency, language)
  return (
    <Card title={words.title}>
      <KeyValues
        items={[
          { label: words.paidAt, value: instantWords(settledAt, timeZone, language) },
          ...(account
            ? [
                {
                  label: words.from,
                  value: <span class="account-number">{maskedNumber(account)}</span>,
                },
              ]
            : []),
          ...(payeeAccount ? [{ label: words.to, value: accountWords(payeeAccount, view) }] : []),
          ...(transferId ? [{ label: words.transfer, value: <code>{transferId}</code> }] : []),
          ...(groupNumber ? [{ label: words.group, value: <code>{groupNumber}</code> }] : []),
          ...(together > 1 && groupAmountMinor !== null
            ? [{ label: words.whole, value: words.together(together, money(groupAmountMinor)) }]
            : []),
          ...(refundedMinor > 0n ? [{ label: words.refunded, value: money(refundedMinor) }] : []),
        ]}
      />
    </Card>
  )
}

const Cancel = ({ view, opened }: OrderPageProps) => {
  const words = orderTexts(view.language).cancel
  const { order } = opened
  return (
    <details class="card fold">
      <summary>{words.title}</summary>
      <form method="post" action={`${orderPath(order.orderNumber)}/cancel`} class="form">
        <CsrfField token={view.page.csrfToken} />
        <input type="hidden" name="revision" value={`${order.revision}`} />
        <p>{words.text}</p>
        <Field
          name="reason"
          label={words.reason}
          optional={view.language}
          maxlength={140}
          autocomplete="off"
        />
        <Button kind="danger">{words.submit}</Button>
      </form>
    </details>
  )
}

const Revive = ({ view, opened, revival }: OrderPageProps) => {
  const { language, today } = view
  const words = orderTexts(language).revive
  const { order, revivableUntil } = opened
  if (!revivableUntil) return null
  const days = view.caller?.shop.defaultDaysToPay ?? 14
  return (
    <Card title={words.title} id="revive">
      <form method="post" action={`${orderPath(order.orderNumber)}/revive`} class="form" novalidate>
        <CsrfField token={view.page.csrfToken} />
        <input type="hidden" name="revision" value={`${order.revision}`} />
        <p>{words.text(fullDate(revivableUntil, language))}</p>
        <ErrorSummary errors={mistakeList({ timeLimit: revival?.mistake })} language={language} />
        <Field
          name="timeLimit"
          type="date"
          label={words.limit}
          value={revival?.timeLimit ?? addDays(today, days)}
          error={revival?.mistake}
          min={today}
          max={addDays(today, 365)}
          width="m"
        />
        <Button>{words.submit}</Button>
      </form>
    </Card>
  )
}

/** One order with its history, its mails and what can be done with it. */
export const OrderPage = (props: OrderPageProps) => {
  const { view, opened, said, link = { values: {}, mistakes: {} }, revival } = props
  const { order } = opened
  const words = orderTexts(view.language)
  const title = words.title(order.orderNumber)
  const hasErrors = revival !== undefined || link.mistakes.address !== undefined
  return (
    <ConsolePage view={view} title={title} section="orders" width="normal" hasErrors={hasErrors}>
      <PageTitle
        title={title}
        back={{ href: '/shop/orders', label: consoleTexts(view.language).back.orders }}
      />
      <Outcome view={view} said={said} />
      <States {...props} />
      <OrderEntry view={view} opened={opened} form={link} />
      <div class="columns">
        <div class="stack">
          <Facts {...props} />
          <Payment {...props} />
          <Revive {...props} />
        </div>
        <div class="stack">
          <OrderHistory view={view} opened={opened} />
        </div>
      </div>
      <OrderMails view={view} opened={opened} />
      {opened.canCancel && <Cancel {...props} />}
    </ConsolePage>
  )
}
