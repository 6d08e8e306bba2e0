import type { Child } from 'hono/jsx'
import type { Language } from '#shared/texts.ts'
import { kitTexts } from './texts.ts'

export interface Column<Row> {
  /** Empty over buttons: they say what they do. */
  label: string
  cell: (row: Row) => Child
  /** Amounts and counts: right-aligned. */
  number?: boolean
  /** The row's name: a row header, the head of the stack on a phone. */
  heading?: boolean
  /** The sum or the like in the foot. */
  foot?: Child
  /** A link that sorts by this column, and how it is sorted now. */
  sort?: { href: string; now?: 'ascending' | 'descending' | undefined }
}

export interface DataTableProps<Row> {
  language: Language
  caption: string
  /** Shown only to screen readers when the page's title says the same. */
  hideCaption?: boolean
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  /** What stands there without rows; "Nothing here yet." by default. */
  empty?: Child
}

const HeadCell = <Row,>({ column, language }: { column: Column<Row>; language: Language }) => (
  <th
    scope="col"
    role="columnheader"
    class={column.number ? 'is-number' : undefined}
    aria-sort={column.sort?.now}
  >
    {column.sort ? <a href={column.sort.href}>{column.label}</a> : column.label}
    {column.label === '' && <span class="visually-hidden">{kitTexts(language).action}</span>}
  </th>
)

const BodyCell = <Row,>({ column, row }: { column: Column<Row>; row: Row }) =>
  column.heading ? (
    <th scope="row" role="rowheader">
      {column.cell(row)}
    </th>
  ) : (
    <td role="cell" class={column.number ? 'is-number' : undefined} data-label={column.label}>
      {column.cell(row)}
    </td>
  )

const Foot = <Row,>({ columns }: { columns: readonly Column<Row>[] }) => (
  <tfoot role="rowgroup">
    <tr role="row">
      {columns.map((column) => (
        <td
          role="cell"
          class={column.number ? 'is-number' : undefined}
          data-label={column.foot && column.number ? column.label : undefined}
        >
          {column.foot}
        </td>
      ))}
    </tr>
  </tfoot>
)

/**
 * A table of a console. On a phone each row becomes a small card of labelled lines; the roles keep it
 * a table for screen readers, since `display: block` takes them away.
 */
export const DataTable = <Row,>({
  language,
  caption,
  hideCaption = false,
  columns,
  rows,
  empty,
}: DataTableProps<Row>) => (
  <div class="table-frame">
    <table class="table" role="table">
      <caption class={hideCaption ? 'visually-hidden' : undefined}>{caption}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map((column) => (
            <HeadCell column={column} language={language} />
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.length === 0 && (
          <tr role="row" class="is-empty">
            <td role="cell" colspan={columns.length}>
              {empty ?? kitTexts(language).noRows}
            </td>
          </tr>
        )}
        {rows.map((row) => (
          <tr role="row">
            {columns.map((column) => (
              <BodyCell column={column} row={row} />
            ))}
          </tr>
        ))}
      </tbody>
      {columns.some((column) => column.foot !== undefined) && <Foot columns={columns} />}
    </table>
  </div>
)

export interface KeyValue {
  label: string
  value: Child
}

/** Facts of one record: label and value, side by side on a wide screen. */
export const KeyValues = ({ items }: { items: readonly KeyValue[] }) => (
  <dl class="facts">
    {items.map(({ label, value }) => (
      <div>
        <dt>{label}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
)

export interface TimelineItem {
  title: Child
  /** `<Moment>`. */
  at: Child
  detail?: Child
  tone?: 'ok' | 'bad' | 'warn' | 'quiet'
}

/** What happened, in order. */
export const Timeline = ({ items }: { items: readonly TimelineItem[] }) => (
  <ol class="timeline">
    {items.map(({ title, at, detail, tone = 'quiet' }) => (
      <li class={`is-${tone}`}>
        <p class="timeline-title">{title}</p>
        <p class="timeline-at">{at}</p>
        {detail && <div class="timeline-detail">{detail}</div>}
      </li>
    ))}
  </ol>
)

export interface StepsProps {
  language: Language
  steps: readonly string[]
  /** Index of the step that this page is. */
  current: number
}

/** Where the customer is on the way: order, sign in, accept, pay. */
export const Steps = ({ language, steps, current }: StepsProps) => (
  <ol class="steps" aria-label={kitTexts(language).steps}>
    {steps.map((step, index) => (
      <li
        class={index < current ? 'is-done' : undefined}
        aria-current={index === current ? 'step' : undefined}
      >
        <span class="step-number" aria-hidden="true">
          {index < current ? (
            <svg class="icon" viewBox="0 0 24 24" width="16" height="16">
              <path d="m5 12.5 4.5 4.5L19 7.5" />
            </svg>
          ) : (
            index + 1
          )}
        </span>
        <span class="step-name">
          {step}
          {index < current && <span class="visually-hidden"> ({kitTexts(language).stepDone})</span>}
        </span>
      </li>
    ))}
  </ol>
)
