import {
  Actions,
  Button,
  Card,
  Chip,
  type Column,
  DataTable,
  Field,
  Moment,
  PageTitle,
  type Tone,
} from '#shared/ui/index.ts'
import { StaffPage, type StaffView } from '../layout.tsx'
import { staffTexts } from '../texts.ts'
import { type Desk, type Waiting, type Worklist, worklists } from './read-desk.ts'
import { deskTexts } from './texts.ts'

const paths: Record<Worklist, string> = {
  inDoubt: '/staff/in-doubt',
  exceptions: '/staff/exceptions',
  shops: '/staff/shops?status=waiting',
  mails: '/staff/mails',
  reports: '/staff/reports',
  differences: '/staff/reconciliations',
}

const tones: Record<Worklist, Tone> = {
  inDoubt: 'warn',
  exceptions: 'bad',
  shops: 'info',
  mails: 'warn',
  reports: 'info',
  differences: 'bad',
}

const Find = ({ view }: { view: StaffView }) => {
  const words = deskTexts(view.language)
  return (
    <Card title={words.find}>
      <form method="get" action="/staff/claims" class="form" role="search">
        <Field
          name="number"
          label={words.findLabel}
          hint={words.findHint}
          maxlength={40}
          width="m"
          autocomplete="off"
          required={false}
        />
        <Actions>
          <Button>{words.findGo}</Button>
          <Button kind="quiet" href="/staff/claims">
            {words.more}
          </Button>
        </Actions>
      </form>
    </Card>
  )
}

const Oldest = ({ view, waiting }: { view: StaffView; waiting: Waiting }) =>
  waiting.oldest ? (
    <Moment at={waiting.oldest} timeZone={view.timeZone} language={view.language} />
  ) : (
    <span class="none">{staffTexts(view.language).nothing}</span>
  )

const columnsOf = (view: StaffView, desk: Desk): Column<Worklist>[] => {
  const words = deskTexts(view.language)
  return [
    {
      label: words.columns.list,
      heading: true,
      cell: (name) => (
        <>
          <a href={paths[name]}>{words.lists[name].title}</a>
          <span class="cell-more">{words.lists[name].text}</span>
        </>
      ),
    },
    {
      label: words.columns.oldest,
      cell: (name) => <Oldest view={view} waiting={desk[name]} />,
    },
    {
      label: words.columns.count,
      number: true,
      cell: (name) => {
        const { count, isMore } = desk[name]
        return <Chip tone={count > 0 ? tones[name] : 'quiet'}>{words.count(count, isMore)}</Chip>
      },
    },
  ]
}

/** The first page of the desk: find a claim, and what waits for somebody. */
export const DeskPage = ({ view, desk }: { view: StaffView; desk: Desk }) => {
  const words = deskTexts(view.language)
  return (
    <StaffPage view={view} title={words.title} section="desk" width="narrow">
      <PageTitle title={words.title} />
      <Find view={view} />
      <DataTable
        language={view.language}
        caption={words.waiting}
        columns={columnsOf(view, desk)}
        rows={worklists}
      />
    </StaffPage>
  )
}
