import { Button, Card, Chip, Field, Moment, PageTitle, type Tone } from '#shared/ui/index.ts'
import { StaffPage, type StaffView } from '../layout.tsx'
import { type Desk, type Worklist, worklists } from './read-desk.ts'
import { deskTexts } from './texts.ts'

const paths: Record<Worklist, string> = {
  inDoubt: '/staff/in-doubt',
  exceptions: '/staff/exceptions',
  shops: '/staff/shops?status=waiting',
  mails: '/staff/mails',
  reports: '/staff/reports',
}

const tones: Record<Worklist, Tone> = {
  inDoubt: 'warn',
  exceptions: 'bad',
  shops: 'info',
  mails: 'warn',
  reports: 'info',
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
        />
        <Button>{words.findGo}</Button>
      </form>
      <p>
        <a href="/staff/claims">{words.more}</a>
      </p>
    </Card>
  )
}

const WaitingCard = ({ view, name, desk }: { view: StaffView; name: Worklist; desk: Desk }) => {
  const words = deskTexts(view.language)
  const { title, text } = words.lists[name]
  const { count, isMore, oldest } = desk[name]
  return (
    <Card
      title={title}
      actions={<Chip tone={count > 0 ? tones[name] : 'quiet'}>{words.count(count, isMore)}</Chip>}
    >
      <p class="soft">{text}</p>
      <p>
        <a href={paths[name]}>{title}</a>
        {oldest && (
          <span class="soft">
            {' · '}
            {words.oldest} <Moment at={oldest} timeZone={view.timeZone} language={view.language} />
          </span>
        )}
      </p>
    </Card>
  )
}

/** The first page of the desk: find a claim, and what waits for somebody. */
export const DeskPage = ({ view, desk }: { view: StaffView; desk: Desk }) => {
  const words = deskTexts(view.language)
  return (
    <StaffPage view={view} title={words.title} section="desk" width="wide">
      <PageTitle title={words.title} />
      <Find view={view} />
      <h2>{words.waiting}</h2>
      <div class="columns">
        {worklists.map((name) => (
          <WaitingCard view={view} name={name} desk={desk} />
        ))}
      </div>
    </StaffPage>
  )
}
