import { type ClaimSort } from '#shared/contracts/claim-server.ts'
import { Icon, nearness, Note, PageTitle, Split } from '#shared/ui/index.ts'
import { PortalPage } from '../layout.tsx'
import { sumWords } from '../names.ts'
import { ClaimDecision, type ClaimDecisionProps, decisionId } from './decision.page.tsx'
import { ClaimRows, type ClaimRowsProps, rowsId } from './rows.page.tsx'
import { claimsTexts } from './texts.ts'

export const listSorts = [
  'time-limit',
  'amount',
  'shop',
  'ordered-on',
] as const satisfies ClaimSort[]
type ListSort = (typeof listSorts)[number]

export interface ClaimsPageProps extends ClaimRowsProps, ClaimDecisionProps {
  sort: ListSort
  /** The confirmation was asked for with nothing ticked. */
  tickFirst?: boolean
}

/** Limits today and soon, of what can still be paid. */
export const LimitWarnings = ({ view, list }: Pick<ClaimRowsProps, 'view' | 'list'>) => {
  const words = claimsTexts(view.language)
  const near = (wanted: string) =>
    list.claims.filter((claim) => claim.payable && nearness(claim.timeLimit, list.today) === wanted)
      .length
  const today = near('today')
  const soon = near('soon')
  if (today > 0) return <Note tone="warn">{words.warnToday(today)}</Note>
  return soon > 0 ? <Note tone="warn">{words.warnSoon(soon)}</Note> : null
}

const Summary = ({ view, list }: Pick<ClaimRowsProps, 'view' | 'list'>) => {
  const words = claimsTexts(view.language)
  const count = list.totals.reduce((sum, total) => sum + total.count, 0)
  const payees = list.totals.reduce((sum, total) => sum + total.payees, 0)
  return (
    <>
      <b>
        {words.claims(count)}
        {view.language === 'ja' ? '　' : ', '}
        {sumWords(list.totals, view.language)}
      </b>{' '}
      {words.summary(payees)}
    </>
  )
}

const refresh = {
  'hx-get': '/claims/rows',
  'hx-include': 'closest form',
  'hx-target': `#${rowsId}`,
  'hx-swap': 'outerMorph',
}

const SearchAndSort = ({ view, search, sort }: ClaimsPageProps) => {
  const words = claimsTexts(view.language)
  return (
    <div class="tools" role="search">
      <span class="search-box">
        <Icon name="search" />
        <input
          class="input"
          type="search"
          name="search"
          value={search}
          maxlength={100}
          placeholder={words.search}
          aria-label={words.search}
          autocomplete="off"
          hx-trigger="input changed delay:300ms, search"
          {...refresh}
        />
      </span>
      <select class="input" name="sort" aria-label={words.sort} hx-trigger="change" {...refresh}>
        {listSorts.map((value) => (
          <option value={value} selected={value === sort}>
            {words.sorts[value]}
          </option>
        ))}
      </select>
      <button class="button is-secondary tools-go" type="submit" formaction="/claims">
        {words.searchGo}
      </button>
    </div>
  )
}

/** Nothing to decide: only that, and where to look instead. */
const EmptyPage = (props: ClaimsPageProps) => {
  const words = claimsTexts(props.view.language)
  return (
    <PortalPage view={props.view} title={words.title} section="to-pay" width="narrow">
      <div class="stack">
        <PageTitle title={words.title} />
        <ClaimRows {...props} />
      </div>
    </PortalPage>
  )
}

/** The list of what is to pay, and the decision beside it: one GET form, so reload and back work. */
export const ClaimsPage = (props: ClaimsPageProps) => {
  const { view, list, search, tickFirst } = props
  const words = claimsTexts(view.language)
  if (list.claims.length === 0 && !search) return <EmptyPage {...props} />
  return (
    <PortalPage view={view} title={words.title} section="to-pay">
      <form
        method="get"
        action="/payments/new"
        hx-get="/claims/decision"
        hx-trigger='change target:.row-box, change target:"[type=radio]"'
        hx-target={`#${decisionId}`}
        hx-swap="outerMorph"
        hx-sync="this:replace"
      >
        <Split>
          <section class="stack">
            <PageTitle title={words.title}>
              {!search && <Summary view={view} list={list} />}
            </PageTitle>
            {tickFirst && (
              <Note tone="warn" announce>
                {words.tickFirst}
              </Note>
            )}
            <LimitWarnings view={view} list={list} />
            <SearchAndSort {...props} />
            <ClaimRows {...props} />
          </section>
          <ClaimDecision {...props} />
        </Split>
      </form>
    </PortalPage>
  )
}
