import type { Payment } from '#shared/contracts/claim-server.ts'
import { formatMoney } from '#shared/money.ts'
import {
  Amount,
  Button,
  Card,
  Chip,
  Items,
  Money,
  Outcome,
  type Tone,
  Totals,
} from '#shared/ui/index.ts'
import { PortalPage, type View } from '../layout.tsx'
import { ownAccountName, payeeName, sumsOf, sumWords } from '../names.ts'
import { Asking, statusId } from './asking.tsx'
import type { StatusOfRun } from './find-run.ts'
import { resultPath } from './run-parts.ts'
import { runTexts } from './run.texts.ts'
import { areOpenAgain, doubtAfterSeconds, reasonWords } from './status.page.tsx'
import { paymentsTexts } from './texts.ts'

export interface RunProps extends StatusOfRun {
  view: View
}

const claimsOf = (payments: readonly Payment[]) =>
  payments.flatMap((one) => one.groups.flatMap((group) => group.claims))

const isNotPaid = ({ status }: Payment) => status === 'refused' || status === 'voided'
const isPaid = ({ status }: Payment) => status === 'settled'
/** Executed too: money has moved, and staff pay it back. */
const isException = ({ status }: Payment) => status === 'exception'
const isOpen = ({ status }: Payment) => status === 'paying'

const Open = ({ view, openSeconds }: RunProps) => {
  const words = runTexts(view.language).status
  const inDoubt = openSeconds > doubtAfterSeconds
  return (
    <Outcome
      tone="busy"
      title={inDoubt ? words.doubt : words.paying}
      live
      actions={
        inDoubt ? (
          <Button kind="secondary" href="/claims">
            {paymentsTexts(view.language).status.doubt.list}
          </Button>
        ) : undefined
      }
    >
      <p>{inDoubt ? words.doubtText : words.payingText}</p>
    </Outcome>
  )
}

const againPath = (payments: readonly Payment[]): string => {
  const open = claimsOf(payments).filter((one) => one.status === 'unsettled')
  const query = new URLSearchParams(open.map((one) => ['claim', one.orderNumber]))
  return query.size === 0 ? '/claims' : `/claims?${query}`
}

/** What left the accounts. */
const PaidAmounts = ({ view, payments }: RunProps) => (
  <>
    {sumsOf(
      payments
        .filter((one) => !isNotPaid(one))
        .map(({ currency, totalMinor }) => ({ currency, amountMinor: totalMinor })),
    ).map(({ currency, amountMinor }) => (
      <Amount amount={amountMinor} currency={currency} language={view.language} />
    ))}
  </>
)

const LeftToPay = ({ view, left }: RunProps) => {
  const words = paymentsTexts(view.language).status.settled
  if (!left) return null
  const isLeft = left.some((total) => total.count > 0)
  return <p class="soft">{isLeft ? words.left(sumWords(left, view.language)) : words.leftNone}</p>
}

const Decided = (props: RunProps) => {
  const { view, payments, left } = props
  const words = runTexts(view.language).status
  const common = paymentsTexts(view.language).status.settled
  const unpaid = payments.filter(isNotPaid)
  const hasException = payments.some(isException)
  const isWhole = payments.every(isPaid)
  const isLeft = left?.some((total) => total.count > 0)
  const isOpenAgain = areOpenAgain(unpaid)
  if (unpaid.length === payments.length)
    return (
      <Outcome
        tone="bad"
        title={words.none}
        live
        actions={<Button href={againPath(payments)}>{words.again}</Button>}
      >
        <p>{isOpenAgain ? words.noneText : words.nonePast}</p>
      </Outcome>
    )
  return (
    <Outcome
      tone={isWhole ? 'ok' : 'warn'}
      title={isWhole ? words.settled : words.part(payments.length - unpaid.length, payments.length)}
      amount={<PaidAmounts {...props} />}
      live
      actions={
        <>
          {unpaid.length > 0 && <Button href={againPath(unpaid)}>{words.again}</Button>}
          {isWhole && isLeft && <Button href="/claims">{common.more}</Button>}
          <Button kind={isWhole && !isLeft ? 'primary' : 'secondary'} href="/">
            {common.finish}
          </Button>
        </>
      }
    >
      {isWhole && <p>{words.settledText(claimsOf(payments).length)}</p>}
      {hasException && <p>{words.exceptionText}</p>}
      {unpaid.length > 0 && <p>{isOpenAgain ? words.partText : words.partPast}</p>}
      <LeftToPay {...props} />
    </Outcome>
  )
}

const tones: Record<Payment['status'], Tone> = {
  paying: 'warn',
  settled: 'ok',
  refused: 'bad',
  voided: 'bad',
  exception: 'warn',
}

/** One account's payment: what became of it, what it paid, and the way to its own page. */
const OnePayment = ({ view, payment, accounts }: RunProps & { payment: Payment }) => {
  const { language } = view
  const words = runTexts(language).status
  const money = (amount: bigint) => (
    <Money amount={amount} currency={payment.currency} language={language} />
  )
  const own = accounts?.find((one) => one.account === payment.account)
  const common = paymentsTexts(language)
  return (
    <Card
      title={ownAccountName(payment.account, accounts, language)}
      actions={
        <Chip tone={tones[payment.status]} busy={isOpen(payment)}>
          {words.states[payment.status]}
        </Chip>
      }
    >
      {payment.status === 'refused' && <p>{reasonWords(view, payment)}</p>}
      <Items
        items={payment.groups.flatMap((group) =>
          group.claims.map((claim) => ({
            title: payeeName(group.payee, language),
            text: (
              <>
                {claim.description} · <span class="nowrap">{claim.orderNumber}</span>
              </>
            ),
            amount: formatMoney(claim.amountMinor, payment.currency, language),
          })),
        )}
      />
      <Totals
        items={[
          { label: common.status.fee, value: money(payment.feeMinor) },
          { label: common.status.total, value: money(payment.totalMinor), total: true },
          ...(isPaid(payment) && own
            ? [
                {
                  label: common.status.settled.balanceAfter,
                  value: money(own.balanceMinor),
                  quiet: true,
                },
              ]
            : []),
        ]}
      />
      <p>
        <a href={resultPath([payment.paymentId])}>{words.details}</a>
      </p>
    </Card>
  )
}

/** The part that asks for itself every two seconds while a payment of the run is open. */
export const RunStatus = (props: RunProps) => {
  const { payments } = props
  const isAnyOpen = payments.some(isOpen)
  return (
    <div id={statusId} class="stack">
      {isAnyOpen ? <Open {...props} /> : <Decided {...props} />}
      {payments.map((payment) => (
        <OnePayment {...props} payment={payment} />
      ))}
      {isAnyOpen && <Asking ids={payments.map((one) => one.paymentId)} />}
    </div>
  )
}

/** What became of one confirmation that paid from several accounts (Fig. 13, S69-S71). */
export const RunPage = (props: RunProps) => {
  const { view, payments } = props
  const words = runTexts(view.language).status
  return (
    <PortalPage
      view={view}
      title={words.title}
      section={payments.every(isPaid) ? 'paid' : 'to-pay'}
      width="narrow"
      reloadSeconds={payments.some(isOpen) ? 3 : undefined}
    >
      <RunStatus {...props} />
    </PortalPage>
  )
}
