import { type Clock, dateIn } from '#shared/dates.ts'
import type { Language } from '#shared/texts.ts'
import type { PageContext } from '#shared/web/page-context.ts'
import type { BusinessClockControl } from './business-clock.ts'
import { Csrf, Layout } from './layout.tsx'
import type { MailServerAnswer } from './mail-server.ts'
import { inboxTexts } from './texts.ts'
import { dayAndTime } from './when.ts'

const spanInWords = (seconds: number, language: Language): string => {
  const words = inboxTexts(language).clock
  const minutes = Math.round(Math.abs(seconds) / 60)
  const [days, hours, rest] = [
    Math.floor(minutes / 1440),
    Math.floor(minutes / 60) % 24,
    minutes % 60,
  ]
  const parts = [
    days > 0 ? words.days(days) : '',
    hours > 0 ? words.hours(hours) : '',
    rest > 0 && days === 0 ? words.minutes(rest) : '',
  ]
  return parts.filter(Boolean).join(words.and)
}

const distance = (seconds: number, language: Language): string => {
  const words = inboxTexts(language).clock
  if (Math.abs(seconds) < 30) return words.inStep
  const span = spanInWords(seconds, language)
  return seconds > 0 ? words.ahead(span) : words.behind(span)
}

export interface DeskPageProps {
  page: PageContext
  clock: Clock
  clockControl: BusinessClockControl | undefined
  timeZone: string
  mailServerAnswer: MailServerAnswer
  saved?: string | undefined
  dateError?: boolean
}

const MoveButtons = ({ page }: { page: PageContext }) => {
  const words = inboxTexts(page.language).clock
  return (
    <form method="post" action="/desk/clock" class="moves">
      <Csrf page={page} />
      <button name="move" value="hour">
        {words.hour}
      </button>
      <button name="move" value="day">
        {words.day}
      </button>
      <button name="move" value="week">
        {words.week}
      </button>
    </form>
  )
}

const DateForm = ({ page, today, wrong }: { page: PageContext; today: string; wrong: boolean }) => {
  const words = inboxTexts(page.language).clock
  return (
    <form method="post" action="/desk/clock" class="to-date">
      <Csrf page={page} />
      <label for="date">{words.toDate}</label>
      <input
        id="date"
        name="date"
        type="date"
        value={today}
        required
        aria-invalid={wrong ? 'true' : undefined}
        aria-describedby={wrong ? 'date-error' : undefined}
      />
      <button name="move" value="date">
        {words.go}
      </button>
      {wrong ? (
        <p class="field-error" id="date-error">
          {words.wrongDate}
        </p>
      ) : null}
    </form>
  )
}

const ClockCard = ({ page, clock, clockControl, timeZone, dateError }: DeskPageProps) => {
  const words = inboxTexts(page.language).clock
  const now = clock.now()
  const [day, time] = dayAndTime(now, page.language, timeZone)
  const offsetSeconds = clockControl?.offsetSeconds() ?? 0
  return (
    <section class="card" aria-labelledby="clock-title">
      <h2 id="clock-title">{words.title}</h2>
      <p class="quiet">{words.now}</p>
      <p class="big-time">
        <time datetime={now.toISOString()}>
          <span>{day}</span> <span>{time}</span>
        </time>
      </p>
      <p class={offsetSeconds === 0 ? 'distance' : 'distance moved'}>
        {distance(offsetSeconds, page.language)}
      </p>
      {clockControl ? (
        <>
          <MoveButtons page={page} />
          <DateForm page={page} today={dateIn(timeZone, now)} wrong={dateError ?? false} />
          {offsetSeconds === 0 ? null : (
            <form method="post" action="/desk/clock">
              <Csrf page={page} />
              <button name="move" value="now" class="secondary">
                {words.back}
              </button>
            </form>
          )}
          <p class="quiet about">{words.about}</p>
        </>
      ) : (
        <p class="quiet about">{words.fixed}</p>
      )}
    </section>
  )
}

const MailServerCard = ({ page, mailServerAnswer }: DeskPageProps) => {
  const words = inboxTexts(page.language).server
  const choices: [MailServerAnswer, string, string][] = [
    ['accept', words.accept, words.acceptAbout],
    ['refuse-for-now', words.refuseForNow, words.refuseForNowAbout],
    ['refuse-for-good', words.refuseForGood, words.refuseForGoodAbout],
  ]
  const now = choices.find(([answer]) => answer === mailServerAnswer)?.[1] ?? ''
  return (
    <section class="card" aria-labelledby="server-title">
      <h2 id="server-title">{words.title}</h2>
      <p class={`server-state ${mailServerAnswer}`}>{words.state(now)}</p>
      <form method="post" action="/desk/mail-server">
        <Csrf page={page} />
        <fieldset>
          <legend class="hidden">{words.title}</legend>
          {choices.map(([answer, name, about]) => (
            <label class="choice">
              <input
                type="radio"
                name="answer"
                value={answer}
                checked={answer === mailServerAnswer}
              />
              <span>
                {name}
                <small>{about}</small>
              </span>
            </label>
          ))}
        </fieldset>
        <button>{words.set}</button>
      </form>
    </section>
  )
}

/** Where whoever shows the demo moves its clock and lets its mail server fail. */
export const DeskPage = (props: DeskPageProps) => {
  const words = inboxTexts(props.page.language)
  return (
    <Layout page={props.page} title={words.desk} place="desk" saved={props.saved}>
      <main class="desk-main">
        <h1>{words.desk}</h1>
        <div class="cards">
          <ClockCard {...props} />
          <MailServerCard {...props} />
        </div>
      </main>
    </Layout>
  )
}
