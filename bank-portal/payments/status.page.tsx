import type { Payment } from '#shared/contracts/claim-server.ts'
import { formatMoney } from '#shared/money.ts'
import {
  Amount,
  Button,
  Card,
  Chip,
  ClaimRow,
  fullDate,
  instantWords,
  KeyValues,
  Money,
  Outcome,
  Rows,
  Totals,
  type Tone,
} from '#shared/ui/index.ts'
import { PortalPage, type View } from '../layout.tsx'
import { ownAccountName, payeeName, sumWords } from '../names.ts'
import { portalTexts } from '../texts.ts'
import { Asking, statusId } from './asking.tsx'
import type { StatusOfPayment } from './find-status.ts'
import { paymentsTexts } from './texts.ts'

export interface StatusProps extends StatusOfPayment {
  view: View
}

/** From then on the page says that the payment is being checked. */
export const doubtAfterSeconds = 5

const claimCount = ({ payment }: StatusOfPayment) =>
  payment.groups.reduce((count, group) => count + group.claims.length, 0)

const Paying = ({ view, payment, openSeconds }: StatusProps) => {
  const words = paymentsTexts(view.language).status
  const inDoubt = openSeconds > doubtAfterSeconds
  const said = inDoubt ? words.doubt : words.paying
  return (
    <Outcome
      tone="busy"
      title={said.title}
      live
      actions={
        inDoubt ? (
          <>
            <Button kind="secondary" href="/claims">
              {words.doubt.list}
            </Button>
            <Button kind="quiet" href={`/payments/${payment.paymentId}`}>
              {words.doubt.refresh}
            </Button>
          </>
        ) : undefined
      }
    >
      <p>{said.text}</p>
      {inDoubt && (
        <p>
          {words.reference} <code>{payment.reference}</code>
        </p>
      )}
    </Outcome>
  )
}

const Settled = (props: StatusProps) => {
  const { view, payment, left } = props
  const { language } = view
  const words = paymentsTexts(language).status.settled
  const at = instantWords(payment.decidedAt ?? payment.since, view.timeZone, language)
  const isLeft = left?.some((total) => total.count > 0)
  return (
    <Outcome
      tone="ok"
      title={words.title}
      amount={
        <Amount amount={payment.totalMinor} currency={payment.currency} language={language} />
      }
      live
      actions={
        <>
          {isLeft && <Button href="/claims">{words.more}</Button>}
          <Button kind={isLeft ? 'secondary' : 'primary'} href="/">
            {words.finish}
          </Button>
        </>
      }
    >
      <p>{words.text(claimCount(props), at)}</p>
      {left && <p class="soft">{isLeft ? words.left(sumWords(left, language)) : words.leftNone}</p>}
    </Outcome>
  )
}

/** Why the core refused a payment. */
export const reasonWords = ({ language }: View, payment: Payment): string => {
  const words = paymentsTexts(language).status.refused
  if (payment.reason === 'insufficient-funds' && payment.shortByMinor !== null)
    return words.shortBy(formatMoney(payment.shortByMinor, payment.currency, language))
  return payment.reason ? words.reasons[payment.reason] : ''
}

const againPath = ({ payment }: StatusProps): string => {
  const open = payment.groups.flatMap((group) => group.claims)
  const query = new URLSearchParams(
    open.filter((one) => one.status === 'unsettled').map((one) => ['claim', one.orderNumber]),
  )
  return query.size === 0 ? '/claims' : `/claims?${query}`
}

/** Where the part is offered that the balance can still pay; undefined where there is no part. */
const partPath = ({ payment }: StatusProps): string | undefined => {
  const open = payment.groups
    .flatMap((group) => group.claims)
    .filter((one) => one.status === 'unsettled')
  if (payment.reason !== 'insufficient-funds' || open.length < 2) return undefined
  const query = new URLSearchParams(open.map((one) => ['claim', one.orderNumber]))
  query.set('account', payment.account)
  return `/payments/new?${query}`
}

/** Whether the claims are as a payment that was not executed left them: an old page may not say so. */
export const areOpenAgain = (payments: readonly Payment[]): boolean =>
  payments
    .flatMap((one) => one.groups.flatMap((group) => group.claims))
    .every((claim) => claim.status === 'unsettled')

const Refused = (props: StatusProps) => {
  const { past, refused: words } = paymentsTexts(props.view.language).status
  const part = partPath(props)
  return (
    <Outcome
      tone="bad"
      title={words.title}
      live
      actions={
        <>
          {part && <Button href={part}>{words.part}</Button>}
          <Button kind={part ? 'secondary' : 'primary'} href={againPath(props)}>
            {words.again}
          </Button>
        </>
      }
    >
      <p>{reasonWords(props.view, props.payment)}</p>
      <p>{areOpenAgain([props.payment]) ? words.none(claimCount(props)) : past}</p>
    </Outcome>
  )
}

const Voided = (props: StatusProps) => {
  const words = paymentsTexts(props.view.language).status
  return (
    <Outcome
      tone="warn"
      title={words.voided.title}
      live
      actions={<Button href={againPath(props)}>{words.refused.again}</Button>}
    >
      <p>{areOpenAgain([props.payment]) ? words.voided.text : words.past}</p>
    </Outcome>
  )
}

const Exception = ({ view, payment }: StatusProps) => {
  const words = paymentsTexts(view.language).status.exception
  const opened = payment.groups
    .flatMap((group) => group.claims)
    .filter((claim) => claim.exceptionId !== null)
  const cases = opened.map((claim) => claim.exceptionId)
  const isRefunded = opened.every((claim) => claim.refundedAt)
  return (
    <Outcome
      tone="warn"
      title={words.title}
      live
      actions={<Button href="/claims">{portalTexts(view.language).backToList}</Button>}
    >
      <p>{isRefunded ? words.refundedText : words.text}</p>
      {cases.map((id) => (
        <p class="reference">
          {words.case} <code>{id}</code>
        </p>
      ))}
    </Outcome>
  )
}

const outcomes = {
  paying: Paying,
  settled: Settled,
  refused: Refused,
  voided: Voided,
  exception: Exception,
} as const

const claimTones: Partial<Record<string, Tone>> = { settled: 'ok', paying: 'warn', expired: 'bad' }

const Claims = ({ view, payment }: StatusProps) => {
  const { language } = view
  const words = paymentsTexts(language).status
  const statuses = portalTexts(language).statuses
  return (
    <Card title={words.claims}>
      <Rows label={words.claims}>
        {payment.groups.flatMap((group) =>
          group.claims.map((claim) => (
            <ClaimRow
              id={`claim-${claim.orderNumber}`}
              payee={payeeName(group.payee, language)}
              description={claim.description}
              reference={claim.orderNumber}
              amount={
                <Money amount={claim.amountMinor} currency={payment.currency} language={language} />
              }
              chips={
                <Chip tone={claim.exceptionId ? 'warn' : (claimTones[claim.status] ?? 'quiet')}>
                  {claim.exceptionId
                    ? words.exception[claim.refundedAt ? 'refunded' : 'refund']
                    : statuses[claim.status]}
                </Chip>
              }
              href={
                claim.status === 'settled' && !claim.exceptionId
                  ? `/paid/${claim.orderNumber}`
                  : `/claims/${claim.orderNumber}`
              }
            />
          )),
        )}
      </Rows>
    </Card>
  )
}

const balanceNow = ({ view, payment, accounts }: StatusProps) => {
  const own = accounts?.find((one) => one.account === payment.account)
  if (payment.status !== 'settled' || !own) return []
  const value = <Money amount={own.balanceMinor} currency={own.currency} language={view.language} />
  return [{ label: paymentsTexts(view.language).status.settled.balanceAfter, value, quiet: true }]
}

const Facts = (props: StatusProps) => {
  const { view, payment, accounts } = props
  const { language } = view
  const words = paymentsTexts(language).status
  const money = (amount: bigint) => (
    <Money amount={amount} currency={payment.currency} language={language} />
  )
  return (
    <Card>
      <KeyValues
        items={[
          { label: words.from, value: ownAccountName(payment.account, accounts, language) },
          { label: words.day, value: fullDate(payment.day, language) },
          { label: words.reference, value: <code>{payment.reference}</code> },
        ]}
      />
      <Totals
        items={[
          {
            label: paymentsTexts(language).confirm.sum(claimCount(props)),
            value: money(payment.amountMinor),
          },
          { label: words.fee, value: money(payment.feeMinor) },
          { label: words.total, value: money(payment.totalMinor), total: true },
          ...balanceNow(props),
        ]}
      />
    </Card>
  )
}

/** The part that asks for itself every two seconds while the payment is open. */
export const PaymentStatus = (props: StatusProps) => {
  const { payment } = props
  const Said = outcomes[payment.status]
  return (
    <div id={statusId} class="stack">
      <Said {...props} />
      <Facts {...props} />
      <Claims {...props} />
      {payment.status === 'paying' && <Asking ids={[payment.paymentId]} />}
    </div>
  )
}

/** The result of a payment, or that it is being checked; the same on every device (Fig. 34, S216). */
export const StatusPage = (props: StatusProps) => {
  const { view, payment } = props
  const words = paymentsTexts(view.language).status
  const section = payment.status === 'settled' ? 'paid' : 'to-pay'
  return (
    <PortalPage
      view={view}
      title={words.title}
      section={section}
      width="narrow"
      reloadSeconds={payment.status === 'paying' ? 3 : undefined}
    >
      <PaymentStatus {...props} />
    </PortalPage>
  )
}
