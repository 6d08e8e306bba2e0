import type { ReplyOf } from '#shared/contracts/call.ts'
import type { readClaim } from '#shared/contracts/staff.ts'
import { declineReasonIn } from '#shared/decline-reasons.ts'
import { formatMoney } from '#shared/money.ts'
import {
  Amount,
  Card,
  Chip,
  type Column,
  DataTable,
  fullDate,
  KeyValues,
  Moment,
  Note,
  PageTitle,
  Timeline,
} from '#shared/ui/index.ts'
import { StaffPage, type StaffView } from '../layout.tsx'
import { AccountWords, CustomerLink, joined, ShopLink, StatusChip } from '../names.tsx'
import { NoticeChip, ResendButton, ResentNote } from '../notices/resend.page.tsx'
import { wordFor } from '../record.texts.ts'
import { staffTexts } from '../texts.ts'
import { eventTone, eventWords, mailWords } from './event-words.ts'
import { staffClaimsTexts } from './texts.ts'

export type ReadClaim = ReplyOf<typeof readClaim>

export interface StaffClaimPageProps extends ReadClaim {
  view: StaffView
  /** A mail of this claim was just put into the outbox again. */
  isResent?: boolean
}

const Facts = ({ view, claim }: StaffClaimPageProps) => {
  const { language } = view
  const common = staffTexts(language)
  const words = staffClaimsTexts(language).claim
  return (
    <Card title={words.facts}>
      <Amount amount={claim.amountMinor} currency={claim.currency} language={language} />
      <KeyValues
        items={[
          { label: common.status, value: <StatusChip status={claim.status} language={language} /> },
          { label: words.goods, value: claim.description },
          {
            label: common.shop,
            value: <ShopLink shopId={claim.shopId} name={claim.shopName} />,
          },
          {
            label: common.customer,
            value:
              claim.customerId === null ? (
                words.noCustomer
              ) : (
                <CustomerLink customerId={claim.customerId} name={claim.customerName} />
              ),
          },
          ...(claim.account
            ? [
                {
                  label: common.account,
                  value: <AccountWords account={claim.account} language={language} />,
                },
              ]
            : []),
          { label: words.orderedOn, value: fullDate(claim.orderedOn, language) },
          { label: words.timeLimit, value: fullDate(claim.timeLimit, language) },
        ]}
      />
    </Card>
  )
}

/** "shop", "staff:approver1" in words. */
const whoWords = (by: string, { language }: StaffView): string => {
  const { who } = staffClaimsTexts(language)
  if (by.startsWith('staff:')) return who.staff(by.slice('staff:'.length))
  const { staff: _staff, anyStaff, ...words } = who
  return by === 'staff' ? anyStaff : (new Map(Object.entries(words)).get(by) ?? by)
}

type Step = ReadClaim['timeline'][number]

/** Reasons in words: what the core refused for, why the customer declined; the rest as it came. */
const detailWords = ({ event, service, detail }: Step, { language }: StaffView): string | null => {
  if (detail === null) return null
  if (event === 'declined') return declineReasonIn(language, detail)
  if (service !== 'core-banking' && event !== 'released') return detail
  return detail
    .split(', ')
    .map((part) => wordFor('paymentStatuses', wordFor('refusals', part, language), language))
    .join(language === 'ja' ? '　' : ', ')
}

const History = ({ view, timeline }: StaffClaimPageProps) => {
  const { language, timeZone } = view
  const words = staffClaimsTexts(language)
  return (
    <Card title={words.claim.timeline}>
      <p class="soft">{timeline.length > 0 ? words.claim.timelineText : words.claim.noTimeline}</p>
      <Timeline
        items={timeline.map((step) => ({
          title: (
            <>
              {eventWords(step.event, language)} <Chip>{words.services[step.service]}</Chip>
            </>
          ),
          at: (
            <>
              <Moment at={step.at} timeZone={timeZone} language={language} />
              {language === 'ja' ? '　' : ', '}
              {step.service === 'mail'
                ? wordFor('recipients', step.by, language)
                : words.claim.by(whoWords(step.by, view))}
            </>
          ),
          detail: detailWords(step, view),
          tone: eventTone(step.event),
        }))}
      />
    </Card>
  )
}

type Payment = ReadClaim['payments'][number]

const Receipt = ({ view, payment }: { view: StaffView; payment: Payment }) => {
  const words = staffClaimsTexts(view.language).claim
  if (payment.receiptVerified === null) return <Chip tone="warn">{words.noReceipt}</Chip>
  return payment.receiptVerified ? (
    <Chip tone="ok">{words.receiptVerified}</Chip>
  ) : (
    <Chip tone="bad">{words.receiptNotVerified}</Chip>
  )
}

const PaymentCard = ({
  view,
  claim,
  payment,
}: Pick<StaffClaimPageProps, 'view' | 'claim'> & { payment: Payment }) => {
  const { language, timeZone } = view
  const common = staffTexts(language)
  const words = staffClaimsTexts(language).claim
  const { status, reason, account, createdAt, decidedAt, amountMinor, reference } = payment
  const moment = (at: Date) => <Moment at={at} timeZone={timeZone} language={language} />
  return (
    <Card title={words.payment(reference)} actions={<Receipt view={view} payment={payment} />}>
      <KeyValues
        items={[
          {
            label: words.result,
            value: (
              <>
                {wordFor('paymentStatuses', status, language)}
                {reason && ` (${wordFor('refusals', reason, language)})`}
              </>
            ),
          },
          { label: common.amount, value: formatMoney(amountMinor, claim.currency, language) },
          { label: common.account, value: <AccountWords account={account} language={language} /> },
          { label: words.begun, value: moment(createdAt) },
          { label: words.decided, value: decidedAt ? moment(decidedAt) : words.notYet },
        ]}
      />
    </Card>
  )
}

const Payments = ({ view, claim, payments }: StaffClaimPageProps) => {
  const words = staffClaimsTexts(view.language).claim
  if (payments.length === 0) return <p class="soft">{words.noPayments}</p>
  return (
    <>
      {payments.map((payment) => (
        <PaymentCard view={view} claim={claim} payment={payment} />
      ))}
    </>
  )
}

type Notice = ReadClaim['notices'][number]

const Notices = ({ view, claim, notices }: StaffClaimPageProps) => {
  const { language, timeZone } = view
  const words = staffClaimsTexts(language).claim
  const common = staffTexts(language)
  const columns: Column<Notice>[] = [
    {
      label: words.mail,
      heading: true,
      cell: ({ event, recipient }) =>
        joined([mailWords(event, language), wordFor('recipients', recipient, language)], language),
    },
    {
      label: common.status,
      cell: ({ status, attempts }) => (
        <NoticeChip status={status} attempts={attempts} language={language} />
      ),
    },
    {
      label: words.delivered,
      cell: ({ deliveredAt }) =>
        deliveredAt ? (
          <Moment at={deliveredAt} timeZone={timeZone} language={language} />
        ) : (
          words.notYet
        ),
    },
    {
      label: '',
      number: true,
      cell: ({ noticeId }) => (
        <ResendButton view={view} noticeId={noticeId} orderNumber={claim.orderNumber} />
      ),
    },
  ]
  return (
    <DataTable
      language={language}
      caption={words.notices}
      columns={columns}
      rows={notices}
      empty={words.noNotices}
    />
  )
}

const Exceptions = ({ view, exceptions }: StaffClaimPageProps) => {
  const words = staffClaimsTexts(view.language).claim
  return (
    <>
      {exceptions.map(({ exceptionId, kind, closedAt }) => (
        <Note
          tone={closedAt ? 'quiet' : 'bad'}
          title={joined(
            [
              words.exception(wordFor('exceptionKinds', kind, view.language)),
              closedAt ? words.closed : words.open,
            ],
            view.language,
          )}
        >
          <a href={`/staff/exceptions/${exceptionId}`}>{words.toException}</a>
        </Note>
      ))}
    </>
  )
}

/** One claim: what it is, one timeline over the three services, its payments, mails and exceptions. */
export const StaffClaimPage = (props: StaffClaimPageProps) => {
  const { view, claim } = props
  const common = staffTexts(view.language)
  const title = `${common.orderNumber} ${claim.orderNumber}`
  return (
    <StaffPage view={view} title={title} section="claims">
      <PageTitle title={title} back={{ href: '/staff/claims', label: common.backToClaims }} />
      {props.isResent && <ResentNote view={view} />}
      <Exceptions {...props} />
      <div class="columns">
        <div class="stack">
          <Facts {...props} />
          <Payments {...props} />
        </div>
        <History {...props} />
      </div>
      <Notices {...props} />
    </StaffPage>
  )
}
