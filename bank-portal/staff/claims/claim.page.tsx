import type { ReplyOf } from '#shared/contracts/call.ts'
import type { readClaim } from '#shared/contracts/staff.ts'
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
import { AccountWords, CustomerLink, StatusChip } from '../names.tsx'
import { NoticeChip, ResendButton, ResentNote } from '../notices/resend.page.tsx'
import { wordFor } from '../record.texts.ts'
import { staffTexts } from '../texts.ts'
import { eventTone, eventWords } from './event-words.ts'
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
            value: <a href={`/staff/shops/${claim.shopId}`}>{claim.shopName}</a>,
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
  return by !== 'staff' && by in who ? String(who[by as Exclude<keyof typeof who, 'staff'>]) : by
}

const History = ({ view, timeline }: StaffClaimPageProps) => {
  const { language, timeZone } = view
  const words = staffClaimsTexts(language)
  return (
    <Card title={words.claim.timeline}>
      <p class="soft">{words.claim.timelineText}</p>
      <Timeline
        items={timeline.map(({ at, service, event, by, detail }) => ({
          title: (
            <>
              {eventWords(event, language)} <Chip>{words.services[service]}</Chip>
            </>
          ),
          at: (
            <>
              <Moment at={at} timeZone={timeZone} language={language} />
              {by !== '' && `, ${words.claim.by(whoWords(by, view))}`}
            </>
          ),
          ...(detail ? { detail: wordFor('refusals', detail, language) } : {}),
          tone: eventTone(event),
        }))}
      />
    </Card>
  )
}

type Payment = ReadClaim['payments'][number]

const Receipt = ({ view, payment }: { view: StaffView; payment: Payment }) => {
  const words = staffClaimsTexts(view.language).claim
  if (payment.receiptVerified === null) return <Chip>{words.noReceipt}</Chip>
  return payment.receiptVerified ? (
    <Chip tone="ok">{words.receiptVerified}</Chip>
  ) : (
    <Chip tone="bad">{words.receiptNotVerified}</Chip>
  )
}

const Payments = ({ view, claim, payments }: StaffClaimPageProps) => {
  const { language, timeZone } = view
  const common = staffTexts(language)
  const words = staffClaimsTexts(language).claim
  const columns: Column<Payment>[] = [
    { label: common.reference, heading: true, cell: (one) => <code>{one.reference}</code> },
    {
      label: words.result,
      cell: ({ status, reason }) => (
        <>
          {wordFor('paymentStatuses', status, language)}
          {reason && ` (${wordFor('refusals', reason, language)})`}
        </>
      ),
    },
    {
      label: common.account,
      cell: ({ account }) => <AccountWords account={account} language={language} />,
    },
    {
      label: common.since,
      cell: ({ createdAt }) => <Moment at={createdAt} timeZone={timeZone} language={language} />,
    },
    {
      label: words.decided,
      cell: ({ decidedAt }) =>
        decidedAt ? (
          <Moment at={decidedAt} timeZone={timeZone} language={language} />
        ) : (
          words.notYet
        ),
    },
    { label: words.receipt, cell: (payment) => <Receipt view={view} payment={payment} /> },
    {
      label: common.amount,
      number: true,
      cell: ({ amountMinor }) => formatMoney(amountMinor, claim.currency, language),
    },
  ]
  return (
    <DataTable
      language={language}
      caption={words.payments}
      columns={columns}
      rows={payments}
      empty={words.noPayments}
    />
  )
}

type Notice = ReadClaim['notices'][number]

const Notices = ({ view, claim, notices }: StaffClaimPageProps) => {
  const { language, timeZone } = view
  const words = staffClaimsTexts(language).claim
  const common = staffTexts(language)
  const columns: Column<Notice>[] = [
    {
      label: words.notices,
      heading: true,
      cell: ({ event, recipient }) => (
        <>
          {eventWords(event, language)}, {wordFor('recipients', recipient, language)}
        </>
      ),
    },
    {
      label: common.status,
      cell: ({ status, attempts }) => (
        <NoticeChip status={status} attempts={attempts} language={language} />
      ),
    },
    {
      label: words.decided,
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
          title={`${words.exception(wordFor('exceptionKinds', kind, view.language))}, ${
            closedAt ? words.closed : words.open
          }`}
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
    <StaffPage view={view} title={title} section="claims" width="wide">
      <PageTitle title={title} back={{ href: '/staff/claims', label: common.backToClaims }} />
      {props.isResent && <ResentNote view={view} />}
      <Exceptions {...props} />
      <div class="columns">
        <Facts {...props} />
        <History {...props} />
      </div>
      <Payments {...props} />
      <Notices {...props} />
    </StaffPage>
  )
}
