import type { ReplyOf } from '#shared/contracts/call.ts'
import type { listAdverts } from '#shared/contracts/staff.ts'
import type { LocalDate } from '#shared/dates.ts'
import {
  Button,
  Chip,
  type Column,
  CsrfField,
  DataTable,
  EmptyState,
  Note,
  PageTitle,
  shortDate,
  type Tone,
} from '#shared/ui/index.ts'
import { safeLink } from '../../safe-link.ts'
import { StaffPage, type StaffView } from '../layout.tsx'
import { joined } from '../names.tsx'
import { staffTexts } from '../texts.ts'
import { advertsTexts } from './texts.ts'

export type Adverts = ReplyOf<typeof listAdverts>['adverts']
type Advert = Adverts[number]

export const advertActs = ['added', 'ended', 'was'] as const
export type AdvertAct = (typeof advertActs)[number]

export interface AdvertsPageProps {
  view: StaffView
  adverts: Adverts
  today: LocalDate
  done?: AdvertAct | undefined
}

type AdvertState = 'running' | 'coming' | 'over'

const stateOf = ({ showFrom, showUntil }: Advert, today: LocalDate): AdvertState => {
  if (showUntil !== null && showUntil < today) return 'over'
  return showFrom > today ? 'coming' : 'running'
}

const tones: Record<AdvertState, Tone> = { running: 'ok', coming: 'info', over: 'quiet' }

const ChosenBy = ({ view, advert }: { view: StaffView; advert: Advert }) => {
  const words = advertsTexts(view.language)
  const list = (values: string[]) => joined(values, view.language)
  const { categories, relatedWords } = advert
  if (categories.length + relatedWords.length === 0) return <>{words.anything}</>
  return (
    <div>
      {categories.length > 0 && <div>{words.named(words.categories, list(categories))}</div>}
      {relatedWords.length > 0 && <div>{words.named(words.relatedWords, list(relatedWords))}</div>}
    </div>
  )
}

const EndButton = ({ view, advert }: { view: StaffView; advert: Advert }) => {
  const words = advertsTexts(view.language)
  return (
    <form method="post" action={`/staff/adverts/${advert.advertId}/end`}>
      <CsrfField token={view.page.csrfToken} />
      <Button kind="secondary" small aria-label={words.endOf(advert.advertiser)}>
        {words.end}
      </Button>
    </form>
  )
}

const columnsOf = (view: StaffView, today: LocalDate): Column<Advert>[] => {
  const { language } = view
  const words = advertsTexts(language)
  const day = (date: LocalDate) => shortDate(date, today, language)
  return [
    {
      label: words.columns.advertiser,
      heading: true,
      cell: ({ advertiser, url }) => {
        const link = safeLink(url)
        return link ? (
          <a href={link} rel="noopener noreferrer">
            {advertiser}
          </a>
        ) : (
          advertiser
        )
      },
    },
    { label: words.columns.text, cell: ({ text }) => text[language] },
    { label: words.columns.by, cell: (advert) => <ChosenBy view={view} advert={advert} /> },
    {
      label: staffTexts(language).status,
      cell: (advert) => {
        const state = stateOf(advert, today)
        return <Chip tone={tones[state]}>{words[state]}</Chip>
      },
    },
    {
      label: words.columns.days,
      cell: ({ showFrom, showUntil }) =>
        words.days(day(showFrom), showUntil === null ? undefined : day(showUntil)),
    },
    {
      label: words.columns.displays,
      number: true,
      cell: ({ displays }) => displays.toLocaleString(language),
    },
    {
      label: '',
      number: true,
      cell: (advert) =>
        stateOf(advert, today) === 'over' ? null : <EndButton view={view} advert={advert} />,
    },
  ]
}

/** The bank's adverts with how often each was shown (Figs. 18, 24B). */
export const AdvertsPage = ({ view, adverts, today, done }: AdvertsPageProps) => {
  const { language } = view
  const words = advertsTexts(language)
  return (
    <StaffPage view={view} title={words.title} section="adverts">
      <PageTitle
        title={words.title}
        actions={<Button href="/staff/adverts/new">{words.add}</Button>}
      >
        {words.intro}
      </PageTitle>
      {done && (
        <Note tone={done === 'was' ? 'info' : 'ok'} title={words.done[done].title} announce>
          {words.done[done].text}
        </Note>
      )}
      {adverts.length === 0 ? (
        <EmptyState title={words.none.title}>{words.none.text}</EmptyState>
      ) : (
        <DataTable
          language={language}
          caption={words.title}
          hideCaption
          columns={columnsOf(view, today)}
          rows={adverts}
        />
      )}
    </StaffPage>
  )
}
