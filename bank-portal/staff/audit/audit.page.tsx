import type { ReplyOf } from '#shared/contracts/call.ts'
import type { listAudit } from '#shared/contracts/staff.ts'
import { parseOrderNumber } from '#shared/order-number.ts'
import {
  Actions,
  Button,
  Card,
  type Column,
  DataTable,
  EmptyState,
  Field,
  Moment,
  Pager,
  PageTitle,
} from '#shared/ui/index.ts'
import { StaffPage, type StaffView } from '../layout.tsx'
import { ClaimLink } from '../names.tsx'
import { auditTexts } from './texts.ts'

export type Audit = ReplyOf<typeof listAudit>
type Entry = Audit['entries'][number]

export interface AuditPageProps {
  view: StaffView
  audit: Audit
  staffId: string
  subject: string
}

const actWords = (act: string, { language }: StaffView): string => {
  const words: Record<string, string> = auditTexts(language).acts
  return words[act] ?? act
}

const columnsOf = (view: StaffView): Column<Entry>[] => {
  const { language, timeZone } = view
  const words = auditTexts(language).columns
  return [
    {
      label: words.at,
      heading: true,
      cell: ({ at }) => <Moment at={at} timeZone={timeZone} language={language} />,
    },
    { label: words.staffId, cell: ({ staffId }) => <code>{staffId}</code> },
    { label: words.act, cell: ({ act }) => actWords(act, view) },
    {
      label: words.subject,
      cell: ({ subject }) =>
        parseOrderNumber(subject) === subject ? <ClaimLink orderNumber={subject} /> : subject,
    },
    { label: words.detail, cell: ({ detail }) => detail ?? <span class="none">–</span> },
  ]
}

/** The append-only log, by member of staff and by what it was about. */
export const AuditPage = ({ view, audit, staffId, subject }: AuditPageProps) => {
  const { language } = view
  const words = auditTexts(language)
  const { entries, nextCursor } = audit
  const kept = { ...(staffId ? { staff: staffId } : {}), ...(subject ? { subject } : {}) }
  return (
    <StaffPage view={view} title={words.title} section="audit">
      <PageTitle title={words.title}>{words.intro}</PageTitle>
      <Card>
        <form method="get" action="/staff/audit" class="form" role="search" novalidate>
          <div class="columns is-search">
            <Field
              name="staff"
              label={words.staffId}
              value={staffId}
              required={false}
              autocomplete="off"
              maxlength={60}
            />
            <Field
              name="subject"
              label={words.subject}
              hint={words.subjectHint}
              value={subject}
              required={false}
              autocomplete="off"
              maxlength={100}
            />
          </div>
          <Actions>
            <Button>{words.go}</Button>
            <Button kind="quiet" href="/staff/audit">
              {words.clear}
            </Button>
          </Actions>
        </form>
      </Card>
      {entries.length === 0 ? (
        <EmptyState title={words.none.title}>{words.none.text}</EmptyState>
      ) : (
        <DataTable
          language={language}
          caption={words.title}
          hideCaption
          columns={columnsOf(view)}
          rows={entries}
        />
      )}
      <Pager
        language={language}
        older={
          nextCursor
            ? `/staff/audit?${new URLSearchParams({ ...kept, cursor: nextCursor })}`
            : undefined
        }
      />
    </StaffPage>
  )
}
