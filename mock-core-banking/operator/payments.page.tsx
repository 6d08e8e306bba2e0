import type { Language } from '#shared/texts.ts'
import {
  Chip,
  ClaimRow,
  EmptyState,
  Moment,
  Money,
  Pager,
  PageTitle,
  Rows,
  Tools,
} from '#shared/ui/index.ts'
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

const ResultChip = ({ view, result }: { view: View; result: PaymentResult }) => (
  <Chip tone={tones[result]}>{operatorTexts(view.language).payments.results[result]}</Chip>
)

const olderPath = ({ search, result, nextCursor }: PaymentsPageProps) =>
  nextCursor &&
  `/operator/payments?${new URLSearchParams({
    ...(search ? { search } : {}),
    ...(result ? { result } : {}),
    cursor: nextCursor,
  })}`

const payerName = ({ payment, payerName, payerNameJa }: ListedPayment, language: Language) =>
  (language === 'ja' ? payerNameJa : undefined) ?? payerName ?? payment.payer

/** "2 claims"; the kind comes first where it is not the common one. */
const describe = ({ payment, claims }: ListedPayment, language: Language): string => {
  const words = operatorTexts(language).payments
  const kind = words.kinds[payment.kind]
  if (claims === 0) return kind
  const count = words.claims(claims)
  return payment.kind === 'payment' ? count : words.kindOf(kind, count)
}

const PaymentRow = ({ view, one }: { view: View; one: ListedPayment }) => {
  const { language, timeZone } = view
  const { payment, amountMinor } = one
  return (
    <ClaimRow
      id={`payment-${payment.paymentId}`}
      payee={payerName(one, language)}
      description={describe(one, language)}
      reference={`…${payment.paymentId.slice(-8)}`}
      amount={
        payment.result === 'executed' && payment.currency ? (
          <Money amount={amountMinor} currency={payment.currency} language={language} />
        ) : (
          '–'
        )
      }
      below={<Moment at={payment.decidedAt} timeZone={timeZone} language={language} />}
      chips={<ResultChip view={view} result={payment.result} />}
      href={`/operator/payments/${payment.paymentId}`}
    />
  )
}

/** The rows: what the page shows, and what search and filter load again. */
export const PaymentRows = (props: PaymentsPageProps) => {
  const { view, search, result, listed } = props
  const words = operatorTexts(view.language).payments
  return (
    <div id="payments" class="stack">
      {listed.length === 0 ? (
        <EmptyState title={search || result ? words.none : words.empty} icon="search">
          {words.noneText}
        </EmptyState>
      ) : (
        <Rows label={words.title}>
          {listed.map((one) => (
            <PaymentRow view={view} one={one} />
          ))}
        </Rows>
      )}
      <Pager language={view.language} older={olderPath(props)} />
    </div>
  )
}

/** What was decided on payments, newest first. */
export const PaymentsPage = (props: PaymentsPageProps) => {
  const { view, search, result } = props
  const words = operatorTexts(view.language).payments
  return (
    <OperatorPage view={view} title={words.title} section="payments">
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
        hx-replace-url="true"
      />
      <PaymentRows {...props} />
    </OperatorPage>
  )
}
