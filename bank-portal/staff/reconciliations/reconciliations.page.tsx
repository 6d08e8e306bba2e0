import type { ReplyOf } from '#shared/contracts/call.ts'
import type { listReconciliations, StaffReconciliation } from '#shared/contracts/staff.ts'
import { parseOrderNumber } from '#shared/order-number.ts'
import {
  Chip,
  type Column,
  DataTable,
  EmptyState,
  Moment,
  Note,
  Pager,
  PageTitle,
  instantWords,
} from '#shared/ui/index.ts'
import { StaffPage, type StaffView } from '../layout.tsx'
import { ClaimLink } from '../names.tsx'
import { Tabs } from '../tabs.tsx'
import { judge, type Verdict } from './verdict.ts'
import { reconciliationsTexts } from './texts.ts'

export type Reconciliations = ReplyOf<typeof listReconciliations>
type Difference = StaffReconciliation['differences'][number]

const columnsOf = ({ language, timeZone }: StaffView): Column<StaffReconciliation>[] => {
  const words = reconciliationsTexts(language)
  const grouped = (count: number) => count.toLocaleString(language)
  return [
    {
      label: words.made,
      heading: true,
      cell: ({ startedAt }) => <Moment at={startedAt} timeZone={timeZone} language={language} />,
    },
    { label: words.compared, cell: ({ extent }) => words.extents[extent] },
    {
      label: words.claims,
      number: true,
      cell: ({ settledClaims }) => grouped(settledClaims),
    },
    {
      label: words.transfers,
      number: true,
      cell: ({ executedTransfers }) => grouped(executedTransfers),
    },
    {
      label: words.rows,
      number: true,
      cell: ({ rowsThatDiffer }) => (
        <Chip tone={rowsThatDiffer > 0 ? 'bad' : 'ok'}>{grouped(rowsThatDiffer)}</Chip>
      ),
    },
  ]
}

const About = ({ id }: { id: string }) =>
  parseOrderNumber(id) ? <ClaimLink orderNumber={id} /> : <code>{id}</code>

const differenceColumns = ({ language }: StaffView): Column<Difference>[] => {
  const words = reconciliationsTexts(language)
  return [
    { label: words.kind, heading: true, cell: ({ kind }) => words.kinds[kind] ?? kind },
    { label: words.about, cell: ({ id }) => <About id={id} /> },
    { label: words.detail, cell: (one) => <span lang="en">{one.words}</span> },
  ]
}

/** The rows that one of them found. */
const Found = ({
  view,
  one,
  isOpen,
}: {
  view: StaffView
  one: StaffReconciliation
  isOpen: boolean
}) => {
  const { language, timeZone } = view
  const words = reconciliationsTexts(language)
  const shown = one.differences.length
  return (
    <details class="fold" open={isOpen}>
      <summary>
        <Moment at={one.startedAt} timeZone={timeZone} language={language} />
        {`${words.comma}${words.extents[one.extent]}${words.comma}${words.differs(one.rowsThatDiffer)}`}
      </summary>
      <DataTable
        language={language}
        caption={words.rowsOf}
        hideCaption
        columns={differenceColumns(view)}
        rows={one.differences}
      />
      {shown < one.rowsThatDiffer && (
        <p class="soft">{words.shownFirst(shown, one.rowsThatDiffer)}</p>
      )}
    </details>
  )
}

const Said = ({ view, verdict }: { view: StaffView; verdict: Verdict }) => {
  const { language, timeZone } = view
  const words = reconciliationsTexts(language)
  const { waiting, staleSince } = verdict
  return (
    <>
      {staleSince && (
        <Note tone="warn" title={words.stale.title}>
          {words.stale.text(instantWords(staleSince, timeZone, language))}
        </Note>
      )}
      {waiting > 0 && (
        <Note tone="bad" title={words.differs(waiting)}>
          {words.advice}
        </Note>
      )}
      {waiting === 0 && !staleSince && <Note tone="ok">{words.agrees}</Note>}
    </>
  )
}

/** Whether claims and money agree, and what differs; the comparisons of before, the newest first. */
export const ReconciliationsPage = ({
  view,
  made,
  isFirstPage,
}: {
  view: StaffView
  made: Reconciliations
  isFirstPage: boolean
}) => {
  const { language } = view
  const words = reconciliationsTexts(language)
  const { reconciliations, nextCursor } = made
  const differing = reconciliations.filter((one) => one.rowsThatDiffer > 0)
  return (
    <StaffPage view={view} title={words.title} section="desk">
      <Tabs group="desk" current="reconciliations" language={language} />
      <PageTitle title={words.title}>{words.intro}</PageTitle>
      {reconciliations.length === 0 ? (
        <EmptyState title={words.none.title} icon="clock">
          {words.none.text}
        </EmptyState>
      ) : (
        <div class="stack">
          {isFirstPage && <Said view={view} verdict={judge(reconciliations, new Date())} />}
          <DataTable
            language={language}
            caption={words.title}
            hideCaption
            columns={columnsOf(view)}
            rows={reconciliations}
          />
          {differing.map((one, at) => (
            <Found view={view} one={one} isOpen={at === 0} />
          ))}
        </div>
      )}
      <Pager
        language={language}
        older={
          nextCursor
            ? `/staff/reconciliations?${new URLSearchParams({ cursor: nextCursor })}`
            : undefined
        }
      />
    </StaffPage>
  )
}
