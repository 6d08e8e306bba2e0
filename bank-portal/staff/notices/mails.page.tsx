import type { ReplyOf } from '#shared/contracts/call.ts'
import type { listUndelivered } from '#shared/contracts/staff.ts'
import { type Column, DataTable, EmptyState, Moment, Pager, PageTitle } from '#shared/ui/index.ts'
import { mailWords } from '../claims/event-words.ts'
import { StaffPage, type StaffView } from '../layout.tsx'
import { Tabs } from '../tabs.tsx'
import { ClaimLink, joined } from '../names.tsx'
import { wordFor } from '../record.texts.ts'
import { staffTexts } from '../texts.ts'
import { NoticeChip, ResendButton, ResentNote } from './resend.page.tsx'
import { noticesTexts } from './texts.ts'

export type Undelivered = ReplyOf<typeof listUndelivered>
type Notice = Undelivered['notices'][number]

export interface MailsPageProps {
  view: StaffView
  undelivered: Undelivered
  isResent: boolean
}

const columnsOf = (view: StaffView): Column<Notice>[] => {
  const { language, timeZone } = view
  const words = noticesTexts(language)
  const common = staffTexts(language)
  return [
    {
      label: common.orderNumber,
      heading: true,
      cell: ({ orderNumber }) => <ClaimLink orderNumber={orderNumber} />,
    },
    {
      label: words.mail,
      cell: ({ event, recipient }) =>
        joined([mailWords(event, language), wordFor('recipients', recipient, language)], language),
    },
    { label: words.address, cell: ({ address }) => address },
    {
      label: common.status,
      cell: ({ status, attempts }) => (
        <NoticeChip status={status} attempts={attempts} language={language} />
      ),
    },
    { label: words.lastError, cell: ({ lastError }) => lastError ?? common.nothing },
    {
      label: words.next,
      cell: ({ status, attemptAt }) =>
        status === 'waiting' ? (
          <Moment at={attemptAt} timeZone={timeZone} language={language} />
        ) : (
          words.never
        ),
    },
    {
      label: '',
      number: true,
      cell: ({ noticeId, orderNumber }) => (
        <ResendButton view={view} noticeId={noticeId} orderNumber={orderNumber} isList />
      ),
    },
  ]
}

/** Mails that did not arrive yet, each to be sent again by a press. */
export const MailsPage = ({ view, undelivered, isResent }: MailsPageProps) => {
  const { language } = view
  const words = noticesTexts(language)
  const { notices, nextCursor } = undelivered
  return (
    <StaffPage view={view} title={words.title} section="desk">
      <Tabs group="desk" current="mails" language={language} />
      <PageTitle title={words.title}>{words.intro}</PageTitle>
      {isResent && <ResentNote view={view} />}
      {notices.length === 0 ? (
        <EmptyState title={words.none.title} icon="check">
          {words.none.text}
        </EmptyState>
      ) : (
        <DataTable
          language={language}
          caption={words.title}
          hideCaption
          columns={columnsOf(view)}
          rows={notices}
        />
      )}
      <Pager
        language={language}
        older={
          nextCursor ? `/staff/mails?${new URLSearchParams({ cursor: nextCursor })}` : undefined
        }
      />
    </StaffPage>
  )
}
