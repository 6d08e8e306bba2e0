import { formatMoney, sumMinor } from '#shared/money.ts'
import { Card, DataTable, KeyValues, Moment, Money, Outcome, PageTitle } from '#shared/ui/index.ts'
import type { PaymentDetail } from '../payments/find-payment.ts'
import { accountPath } from './accounts.page.tsx'
import { operatorTexts } from './texts.ts'
import { OperatorPage, type View } from './view.tsx'

export interface PaymentPageProps {
  view: View
  detail: PaymentDetail
}

const AccountLink = ({ account }: { account: string }) => (
  <a href={accountPath(account)}>
    <code>{account}</code>
  </a>
)

const Result = ({ view, detail }: PaymentPageProps) => {
  const { result, reason, shortByMinor, currency } = detail.payment
  const words = operatorTexts(view.language).payment
  if (result === 'executed') {
    return (
      <Outcome tone="ok" title={words.executed}>
        <p>{words.executedText}</p>
      </Outcome>
    )
  }
  if (result === 'voided') {
    return (
      <Outcome tone="info" title={words.voided}>
        <p>{words.voidedText}</p>
      </Outcome>
    )
  }
  const isShort = reason === 'insufficient-funds' && shortByMinor !== null && currency !== null
  return (
    <Outcome tone="bad" title={words.refused}>
      <p>
        {isShort
          ? words.shortBy(formatMoney(shortByMinor, currency, view.language))
          : reason && words.reasons[reason]}
      </p>
    </Outcome>
  )
}

const factsOf = ({ view, detail: { payment } }: PaymentPageProps) => {
  const { language, timeZone } = view
  const texts = operatorTexts(language)
  const words = texts.payment
  const moment = (at: Date) => <Moment at={at} timeZone={timeZone} language={language} />
  return [
    { label: words.id, value: <code>{payment.paymentId}</code> },
    { label: words.kind, value: texts.payments.kinds[payment.kind] },
    { label: words.decided, value: moment(payment.decidedAt) },
    ...(payment.authorisedAt
      ? [{ label: words.authorised, value: moment(payment.authorisedAt) }]
      : []),
    { label: words.payer, value: payment.payer },
    ...(payment.payerAccount
      ? [{ label: words.account, value: <AccountLink account={payment.payerAccount} /> }]
      : []),
    { label: words.digest, value: <code>{payment.digest}</code> },
    { label: words.receipt, value: words.receiptText },
  ]
}

type Transfer = PaymentDetail['transfers'][number]
type Posting = PaymentDetail['postings'][number]

const Transfers = ({ view, detail }: PaymentPageProps) => {
  const { language } = view
  const words = operatorTexts(language).payment
  const claimsOf = ({ transferId }: Transfer) =>
    detail.legs.filter((leg) => leg.transferId === transferId).map((leg) => leg.orderNumber)
  const columns = [
    {
      label: words.transfer,
      heading: true,
      cell: ({ transferId }: Transfer) => <code>{transferId}</code>,
    },
    {
      label: words.payee,
      cell: ({ creditAccount }: Transfer) => <AccountLink account={creditAccount} />,
    },
    { label: words.claims, cell: (transfer: Transfer) => claimsOf(transfer).join(' ') },
    {
      label: words.amount,
      number: true,
      cell: ({ amountMinor, currency }: Transfer) => (
        <Money amount={amountMinor} currency={currency} language={language} />
      ),
    },
    {
      label: words.fee,
      number: true,
      cell: ({ feeMinor, currency }: Transfer) => (
        <Money amount={feeMinor} currency={currency} language={language} />
      ),
    },
  ]
  return (
    <DataTable
      language={language}
      caption={words.transfers}
      columns={columns}
      rows={detail.transfers}
    />
  )
}

const Postings = ({ view, detail }: PaymentPageProps) => {
  const { language } = view
  const words = operatorTexts(language).payment
  const currency = detail.payment.currency ?? 'JPY'
  const money = (amount: bigint) => (
    <Money amount={amount} currency={currency} language={language} />
  )
  const columns = [
    {
      label: words.postedAccount,
      heading: true,
      cell: ({ account }: Posting) => <AccountLink account={account} />,
      foot: words.sum,
    },
    { label: words.line, cell: ({ line }: Posting) => words.lines[line] },
    {
      label: words.amount,
      number: true,
      cell: ({ amountMinor }: Posting) => money(amountMinor),
      foot: money(sumMinor(detail.postings.map((posting) => posting.amountMinor))),
    },
  ]
  return (
    <DataTable
      language={language}
      caption={words.postings}
      columns={columns}
      rows={detail.postings}
    />
  )
}

/** One payment: what was decided, and everything that was posted for it. */
export const PaymentPage = (props: PaymentPageProps) => {
  const { view, detail } = props
  const texts = operatorTexts(view.language)
  const title = texts.payments.kinds[detail.payment.kind]
  return (
    <OperatorPage view={view} title={texts.payments.title} section="payments" width="wide">
      <PageTitle
        title={`${title} …${detail.payment.paymentId.slice(-8)}`}
        back={{ href: '/operator/payments', label: texts.back.payments }}
      />
      <Result {...props} />
      <Card>
        <KeyValues items={factsOf(props)} />
      </Card>
      {detail.transfers.length > 0 && <Transfers {...props} />}
      {detail.postings.length > 0 && <Postings {...props} />}
    </OperatorPage>
  )
}
