import { formatMoney } from '#shared/money.ts'
import {
  Button,
  Chip,
  type Column,
  DataTable,
  EmptyState,
  Moment,
  Pager,
  PageTitle,
} from '#shared/ui/index.ts'
import { StaffPage, type StaffView } from '../layout.tsx'
import { Tabs } from '../tabs.tsx'
import { ClaimLink, CustomerLink } from '../names.tsx'
import { wordFor } from '../record.texts.ts'
import { staffTexts } from '../texts.ts'
import type { ExceptionCase, Exceptions } from './find-exception.ts'
import { exceptionsTexts } from './texts.ts'

export interface ExceptionsPageProps {
  view: StaffView
  found: Exceptions
  /** Closed cases too. */
  all: boolean
}

export const exceptionPath = (exceptionId: string): string => `/staff/exceptions/${exceptionId}`

const columnsOf = ({ language, timeZone }: StaffView): Column<ExceptionCase>[] => {
  const words = exceptionsTexts(language).columns
  const common = staffTexts(language)
  return [
    {
      label: words.kind,
      heading: true,
      cell: ({ exceptionId, kind }) => (
        <a href={exceptionPath(exceptionId)}>{wordFor('exceptionKinds', kind, language)}</a>
      ),
    },
    {
      label: common.orderNumber,
      cell: ({ orderNumber }) => <ClaimLink orderNumber={orderNumber} />,
    },
    { label: common.customer, cell: ({ customerId }) => <CustomerLink customerId={customerId} /> },
    {
      label: words.openedAt,
      cell: ({ openedAt }) => <Moment at={openedAt} timeZone={timeZone} language={language} />,
    },
    {
      label: words.state,
      cell: ({ closedAt, refundPaymentId }) => {
        if (!closedAt) return <Chip tone="bad">{words.open}</Chip>
        return <Chip tone="ok">{refundPaymentId ? words.refunded : words.closed}</Chip>
      },
    },
    {
      label: common.amount,
      number: true,
      cell: ({ amountMinor, currency }) => formatMoney(amountMinor, currency, language),
    },
  ]
}

/** Receipts that found their claim not free: the open ones, or all. */
export const ExceptionsPage = ({ view, found, all }: ExceptionsPageProps) => {
  const { language } = view
  const words = exceptionsTexts(language)
  const { exceptions, nextCursor } = found
  const empty = all ? words.none : words.noneOpen
  const query = new URLSearchParams({
    ...(all ? { show: 'all' } : {}),
    ...(nextCursor ? { cursor: nextCursor } : {}),
  })
  return (
    <StaffPage view={view} title={words.title} section="desk">
      <Tabs group="desk" current="exceptions" language={language} />
      <PageTitle
        title={words.title}
        actions={
          <Button kind="secondary" href={all ? '/staff/exceptions' : '/staff/exceptions?show=all'}>
            {all ? words.filters.open : words.filters.all}
          </Button>
        }
      >
        {words.intro}
      </PageTitle>
      {exceptions.length === 0 ? (
        <EmptyState title={empty.title} icon="check">
          {empty.text}
        </EmptyState>
      ) : (
        <DataTable
          language={language}
          caption={all ? words.filters.all : words.filters.open}
          columns={columnsOf(view)}
          rows={exceptions}
        />
      )}
      <Pager language={language} older={nextCursor ? `/staff/exceptions?${query}` : undefined} />
    </StaffPage>
  )
}
