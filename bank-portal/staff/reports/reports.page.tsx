import type { ReplyOf } from '#shared/contracts/call.ts'
import type { listReports } from '#shared/contracts/staff.ts'
import { formatMoney } from '#shared/money.ts'
import { type Column, DataTable, EmptyState, Moment, Pager, PageTitle } from '#shared/ui/index.ts'
import { StaffPage, type StaffView } from '../layout.tsx'
import { Tabs } from '../tabs.tsx'
import { ClaimLink, CustomerLink, ShopLink } from '../names.tsx'
import { staffTexts } from '../texts.ts'
import { reportsTexts } from './texts.ts'

export type Reports = ReplyOf<typeof listReports>
type Report = Reports['reports'][number]

const columnsOf = ({ language, timeZone }: StaffView): Column<Report>[] => {
  const words = reportsTexts(language)
  const common = staffTexts(language)
  return [
    {
      label: common.orderNumber,
      heading: true,
      cell: ({ orderNumber }) => <ClaimLink orderNumber={orderNumber} />,
    },
    {
      label: common.shop,
      cell: ({ shopId, shopName }) => <ShopLink shopId={shopId} name={shopName} />,
    },
    { label: common.customer, cell: ({ customerId }) => <CustomerLink customerId={customerId} /> },
    { label: words.said, cell: ({ text }) => text ?? common.nothing },
    {
      label: words.reportedAt,
      cell: ({ reportedAt }) => <Moment at={reportedAt} timeZone={timeZone} language={language} />,
    },
    {
      label: common.amount,
      number: true,
      cell: ({ amountMinor, currency }) => formatMoney(amountMinor, currency, language),
    },
  ]
}

/** Claims that customers declined as not theirs, the newest first. */
export const ReportsPage = ({ view, reported }: { view: StaffView; reported: Reports }) => {
  const { language } = view
  const words = reportsTexts(language)
  const { reports, nextCursor } = reported
  return (
    <StaffPage view={view} title={words.title} section="desk">
      <Tabs group="desk" current="reports" language={language} />
      <PageTitle title={words.title}>{words.intro}</PageTitle>
      {reports.length === 0 ? (
        <EmptyState title={words.none.title} icon="check">
          {words.none.text}
        </EmptyState>
      ) : (
        <DataTable
          language={language}
          caption={words.title}
          hideCaption
          columns={columnsOf(view)}
          rows={reports}
        />
      )}
      <Pager
        language={language}
        older={
          nextCursor ? `/staff/reports?${new URLSearchParams({ cursor: nextCursor })}` : undefined
        }
      />
    </StaffPage>
  )
}
