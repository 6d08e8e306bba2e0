import { AdvertLine, Icon, Note, PageTitle, Split } from '#shared/ui/index.ts'
import type { Advert, ClaimSummary } from '../claim-server-client.ts'
import { PortalPage } from '../layout.tsx'
import { sumWords } from '../names.ts'
import { safeLink } from '../safe-link.ts'
import { ClaimDecision, type ClaimDecisionProps, decisionId } from './decision.page.tsx'
import { listFilters, listSorts } from './list-query.ts'
import { ClaimRows, type ClaimRowsProps, rowsId } from './rows.page.tsx'
import { claimsTexts } from './texts.ts'

export interface ClaimsPageProps extends ClaimRowsProps, ClaimDecisionProps {
  summary: ClaimSummary
  advert: Advert | undefined
  /** The confirmation was asked for with nothing ticked. */
  tickFirst?: boolean
}

/** Limits of today, or limits near by (Fig. 17): of all claims, not only of those shown. */
export const LimitWarnings = ({ view, summary }: Pick<ClaimsPageProps, 'view' | 'summary'>) => {
  const words = claimsTexts(view.language)
  const { limitToday, nearLimit } = summary
  if (limitToday > 0) return <Note tone="warn">{words.warnToday(limitToday)}</Note>
  return nearLimit > 0 ? <Note tone="warn">{words.warnNear(nearLimit)}</Note> : null
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

const SearchAndSort = ({ view, search, sort, filter }: ClaimsPageProps) => {
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
      <select
        class="input"
        name="filter"
        aria-label={words.filter}
        hx-trigger="change"
        {...refresh}
      >
        <option value="">{words.filters.all}</option>
        {listFilters.map((value) => (
          <option value={value} selected={value === filter}>
            {words.filters[value]}
          </option>
        ))}
      </select>
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

const AdvertBelow = ({ view, advert }: Pick<ClaimsPageProps, 'view' | 'advert'>) => {
  const { language } = view
  const words = claimsTexts(language).advert
  const href = safeLink(advert?.url ?? null)
  if (!advert || !href) return null
  return (
    <AdvertLine
      href={href}
      link={words.see}
      reason={advert.because?.[language]}
      off={{ href: '/accounts/choices', label: words.off }}
      language={language}
    >
      {advert.text[language]}
    </AdvertLine>
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
  const { view, list, summary, search, filter, cursor, advert, tickFirst } = props
  const words = claimsTexts(view.language)
  const isWhole = !search && !filter
  if (list.claims.length === 0 && isWhole && !cursor) return <EmptyPage {...props} />
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
              {isWhole && <Summary view={view} list={list} />}
            </PageTitle>
            {tickFirst && (
              <Note tone="warn" announce>
                {words.tickFirst}
              </Note>
            )}
            <LimitWarnings view={view} summary={summary} />
            <SearchAndSort {...props} />
            <ClaimRows {...props} />
            <AdvertBelow view={view} advert={advert} />
          </section>
          <ClaimDecision {...props} />
        </Split>
      </form>
    </PortalPage>
  )
}
