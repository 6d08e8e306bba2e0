import { formatMoney } from '#shared/money.ts'
import { instantWords, type KeyValue, PageTitle, PaymentRecord } from '#shared/ui/index.ts'
import { bankName, customerName, PortalPage, type View } from '../layout.tsx'
import { accountInFull, ownAccountName, payeeName } from '../names.ts'
import type { RecordOfPayment } from './find-record.ts'
import { historyTexts } from './texts.ts'

export interface RecordPageProps extends RecordOfPayment {
  view: View
}

const factsOf = ({ view, payment, group, accounts }: RecordPageProps): KeyValue[] => {
  const { language } = view
  const words = historyTexts(language).record
  const at = payment.decidedAt ?? payment.since
  return [
    { label: words.paidAt, value: instantWords(at, view.timeZone, language) },
    ...(view.customer
      ? [{ label: words.payer, value: customerName(view.customer, language) }]
      : []),
    { label: words.from, value: ownAccountName(payment.account, accounts, language) },
    { label: words.payee, value: payeeName(group.payee, language) },
    { label: words.holder, value: group.payeeHolder },
    { label: words.payeeAccount, value: accountInFull(group.payeeAccount, language) },
    { label: words.transfer, value: <code>{group.transferId}</code> },
    { label: words.group, value: <code>{group.groupNumber}</code> },
    { label: words.reference, value: <code>{payment.reference}</code> },
  ]
}

/** What a customer prints and keeps of one transfer: everything that their statement shows of it. */
export const RecordPage = (props: RecordPageProps) => {
  const { view, claim, payment, group } = props
  const { language } = view
  const words = historyTexts(language)
  const money = (amount: bigint) => formatMoney(amount, payment.currency, language)
  return (
    <PortalPage view={view} title={words.record.title} section="paid" width="narrow">
      <div class="stack">
        <div class="no-print">
          <PageTitle
            title={payeeName(claim.payee, language)}
            back={{ href: '/paid', label: words.back }}
          />
        </div>
        <PaymentRecord
          language={language}
          title={words.record.title}
          issuer={bankName(view)}
          facts={factsOf(props)}
          items={group.claims.map((one) => ({
            title: one.description,
            text: `${words.record.orderNumber} ${one.orderNumber}`,
            amount: money(one.amountMinor),
          }))}
          totals={[
            { label: words.record.claims(group.claims.length), value: money(group.amountMinor) },
            { label: words.record.fee, value: money(group.feeMinor) },
            {
              label: words.record.total,
              value: money(group.amountMinor + group.feeMinor),
              total: true,
            },
          ]}
          foot={words.record.foot(bankName(view))}
        />
        <p class="no-print">
          <a href={`/payments/${payment.paymentId}`}>{words.record.whole}</a>
          {' · '}
          <a href={`/claims/${claim.orderNumber}`}>{words.record.claim}</a>
        </p>
      </div>
    </PortalPage>
  )
}
