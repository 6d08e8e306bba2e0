import type { ReplyOf } from '#shared/contracts/call.ts'
import type { listHolidays } from '#shared/contracts/staff.ts'
import {
  Button,
  Card,
  type Column,
  CsrfField,
  DataTable,
  EmptyState,
  ErrorSummary,
  Field,
  fullDate,
  Note,
  PageTitle,
} from '#shared/ui/index.ts'
import { StaffPage, type StaffView } from '../layout.tsx'
import { Tabs } from '../tabs.tsx'
import { type Form, hasMistakes, listMistakes, type Mistakes } from '../form.ts'
import { isApprover } from '../staff-deps.ts'
import { tariffTexts } from './texts.ts'

export type Holidays = ReplyOf<typeof listHolidays>
type Holiday = Holidays['holidays'][number]

export const holidayActs = ['added', 'known', 'removed', 'gone'] as const
export type HolidayAct = (typeof holidayActs)[number]

export interface HolidaysPageProps {
  view: StaffView
  list: Holidays
  done?: HolidayAct | undefined
  values?: Form
  mistakes?: Mistakes
}

const nameOf = ({ name, nameJa }: Holiday, { language }: StaffView) =>
  language === 'ja' ? nameJa : name

const columnsOf = (view: StaffView, mayRemove: boolean): Column<Holiday>[] => {
  const { language, page } = view
  const words = tariffTexts(language).holidays
  return [
    { label: words.date, heading: true, cell: ({ date }) => fullDate(date, language) },
    {
      label: language === 'ja' ? words.nameJa : words.name,
      cell: (holiday) => nameOf(holiday, view),
    },
    ...(mayRemove
      ? [
          {
            label: '',
            number: true,
            cell: (holiday: Holiday) => (
              <form method="post" action={`/staff/holidays/${holiday.date}/remove`}>
                <CsrfField token={page.csrfToken} />
                <Button kind="secondary" small aria-label={words.removeOf(nameOf(holiday, view))}>
                  {words.remove}
                </Button>
              </form>
            ),
          },
        ]
      : []),
  ]
}

const AddForm = ({ view, list, values = {}, mistakes = {} }: HolidaysPageProps) => {
  const { language } = view
  const words = tariffTexts(language).holidays
  const field = (name: 'date' | 'name' | 'nameJa') => ({
    name,
    label: words[name],
    value: values[name],
    error: mistakes[name],
  })
  return (
    <Card title={words.add}>
      <p class="soft">{words.addText}</p>
      <form method="post" action="/staff/holidays" class="form" novalidate>
        <ErrorSummary errors={listMistakes(mistakes)} language={language} />
        <CsrfField token={view.page.csrfToken} />
        <Field {...field('date')} type="date" min={list.today} width="m" />
        <Field {...field('name')} maxlength={60} />
        <Field {...field('nameJa')} maxlength={60} />
        <Button>{words.submit}</Button>
      </form>
    </Card>
  )
}

/** The bank's holidays; approvers add coming ones, and remove them while they have not come. */
export const HolidaysPage = (props: HolidaysPageProps) => {
  const { view, list, done, mistakes = {} } = props
  const { language, member } = view
  const texts = tariffTexts(language)
  const words = texts.holidays
  const mayChange = member !== undefined && isApprover(member)
  const coming = list.holidays.filter(({ date }) => date > list.today)
  const past = list.holidays.filter(({ date }) => date <= list.today)
  return (
    <StaffPage
      view={view}
      title={words.title}
      section="tariff"
      width="narrow"
      hasErrors={hasMistakes(mistakes)}
    >
      <Tabs group="tariff" current="holidays" language={language} />
      <PageTitle title={words.title}>{words.intro}</PageTitle>
      {done && (
        <Note
          tone={done === 'added' || done === 'removed' ? 'ok' : 'info'}
          title={words.done[done].title}
          announce
        >
          {words.done[done].text}
        </Note>
      )}
      {!mayChange && <Note>{texts.fees.onlyApprovers}</Note>}
      {list.holidays.length === 0 ? (
        <EmptyState title={words.none.title}>{words.none.text}</EmptyState>
      ) : (
        <DataTable
          language={language}
          caption={words.coming}
          columns={columnsOf(view, mayChange)}
          rows={coming}
        />
      )}
      {mayChange && <AddForm {...props} />}
      {past.length > 0 && (
        <details class="fold">
          <summary>{words.past}</summary>
          <DataTable
            language={language}
            caption={words.past}
            hideCaption
            columns={columnsOf(view, false)}
            rows={past.toReversed()}
          />
        </details>
      )}
    </StaffPage>
  )
}
