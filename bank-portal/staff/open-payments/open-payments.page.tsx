import type { ReplyOf } from '#shared/contracts/call.ts'
import type { listOpenPayments } from '#shared/contracts/staff.ts'
import { formatMoney } from '#shared/money.ts'
import {
  Button,
  type Column,
  DataTable,
  EmptyState,
  Moment,
  Note,
  Pager,
  PageTitle,
} from '#shared/ui/index.ts'
import { StaffPage, type StaffView } from '../layout.tsx'
import { Tabs } from '../tabs.tsx'
import { AccountWords, CustomerLink } from '../names.tsx'
import { staffTexts } from '../texts.ts'
import { openPaymentsTexts } from './texts.ts'

export type OpenPayments = ReplyOf<typeof listOpenPayments>
type OpenPayment = OpenPayments['payments'][number]

const columnsOf = ({ language, timeZone }: StaffView): Column<OpenPayment>[] => {
  const words = openPaymentsTexts(language)
  const common = staffTexts(language)
  const moment = (at: Date) => <Moment at={at} timeZone={timeZone} language={language} />
  return [
    {
      label: common.reference,
      heading: true,
      cell: ({ reference }) => <code>{reference}</code>,
    },
    { label: common.customer, cell: ({ customerId }) => <CustomerLink customerId={customerId} /> },
    {
      label: common.account,
      cell: ({ account }) => <AccountWords account={account} language={language} />,
    },
    { label: common.since, cell: ({ since }) => moment(since) },
    { label: words.submitBefore, cell: ({ submitBefore }) => moment(submitBefore) },
    { label: words.timesAsked, cell: ({ timesAsked }) => words.times(timesAsked) },
    {
      label: common.amount,
      number: true,
      cell: ({ amountMinor, currency }) => formatMoney(amountMinor, currency, language),
    },
  ]
}

/** Payments without a receipt yet, the oldest first. */
export const OpenPaymentsPage = ({ view, open }: { view: StaffView; open: OpenPayments }) => {
  const { language } = view
  const words = openPaymentsTexts(language)
  const { payments, nextCursor } = open
  return (
    <StaffPage view={view} title={words.title} section="desk">
      <Tabs group="desk" current="inDoubt" language={language} />
      <PageTitle
        title={words.title}
        actions={
          <Button kind="secondary" href="/staff/in-doubt">
            {words.again}
          </Button>
        }
      >
        {words.intro}
      </PageTitle>
      {payments.length === 0 ? (
        <EmptyState title={words.none.title} icon="check">
          {words.none.text}
        </EmptyState>
      ) : (
        <>
          <Note tone="warn">{words.advice}</Note>
          <DataTable
            language={language}
            caption={words.title}
            hideCaption
            columns={columnsOf(view)}
            rows={payments}
          />
        </>
      )}
      <Pager
        language={language}
        older={
          nextCursor ? `/staff/in-doubt?${new URLSearchParams({ cursor: nextCursor })}` : undefined
        }
      />
    </StaffPage>
  )
}
