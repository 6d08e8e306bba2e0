import { Chip, DataTable, Moment, Money, Pager, PageTitle, Tools } from '#shared/ui/index.ts'
import type { ListedPayment, PaymentResult } from '../payments/list-payments.ts'
import { operatorTexts } from './texts.ts'
import { OperatorPage, type View } from './view.tsx'

export interface PaymentsPageProps {
  view: View
  search: string
  result: PaymentResult | undefined
  listed: ListedPayment[]
  nextCursor: string | undefined
}

const tones = { executed: 'ok', refused: 'bad', voided: 'quiet' } as const

export const ResultChip = ({ view, result }: { view: View; result: PaymentResult }) => (
  <Chip tone={tones[result]}>{operatorTexts(view.language).payments.results[result]}</Chip>
)

const olderPath = ({ search, result, nextCursor }: PaymentsPageProps) =>
  nextCursor &&
  `/operator/payments?${new URLSearchParams({
    ...(search ? { search } : {}),
    ...(result ? { result } : {}),
    cursor: nextCursor,
  })}`

/** The rows: what the page shows, and what search and filter load again. */
export const PaymentRows = (props: PaymentsPageProps) => {
  const { view, search, result, listed } = props
  const { language, timeZone } = view
  const words = operatorTexts(language).payments
  const columns = [
    {
      label: words.when,
      heading: true,
      cell: ({ payment }: ListedPayment) => (
        <a href={`/operator/payments/${payment.paymentId}`}>
          <Moment at={payment.decidedAt} timeZone={timeZone} language={language} />
        </a>
      ),
    },
    {
      label: words.id,
      cell: ({ payment }: ListedPayment) => (
        <>
          {words.kinds[payment.kind]} <code>…{payment.paymentId.slice(-8)}</code>
        </>
      ),
    },
    { label: words.payer, cell: ({ payment }: ListedPayment) => payment.payer },
    {
      label: words.result,
      cell: ({ payment }: ListedPayment) => <ResultChip view={view} result={payment.result} />,
    },
    { label: words.claims, number: true, cell: ({ claims }: ListedPayment) => claims || '–' },
    {
      label: words.amount,
      number: true,
      cell: ({ payment, amountMinor }: ListedPayment) =>
        payment.result === 'executed' && payment.currency ? (
          <Money amount={amountMinor} currency={payment.currency} language={language} />
        ) : (
          '–'
        ),
    },
  ]
  return (
    <div id="payments" class="stack">
      <DataTable
        language={language}
        caption={words.title}
        hideCaption
        columns={columns}
        rows={listed}
        empty={search || result ? words.none : words.empty}
      />
      <Pager language={language} older={olderPath(props)} />
    </div>
  )
}

/** What was decided on payments, newest first. */
export const PaymentsPage = (props: PaymentsPageProps) => {
  const { view, search, result } = props
  const words = operatorTexts(view.language).payments
  return (
    <OperatorPage view={view} title={words.title} section="payments" width="wide">
      <PageTitle title={words.title}>{words.intro}</PageTitle>
      <Tools
        language={view.language}
        action="/operator/payments"
        search={{ name: 'search', label: words.search, value: search }}
        sort={{
          name: 'result',
          label: words.filter,
          value: result ?? '',
          choices: [
            { value: '', label: words.all },
            ...(['executed', 'refused', 'voided'] as const).map((value) => ({
              value,
              label: words.results[value],
            })),
          ],
        }}
        hx-get="/operator/payments"
        hx-trigger="input changed delay:300ms, change, submit"
        hx-target="#payments"
        hx-swap="outerHTML"
        hx-sync="this:replace"
      />
      <PaymentRows {...props} />
    </OperatorPage>
  )
}
