import type { Claim } from '#shared/contracts/claim-server.ts'
import { dateIn, type LocalDate } from '#shared/dates.ts'
import {
  Actions,
  Button,
  ClaimRow,
  EmptyState,
  GroupHeading,
  Icon,
  Money,
  PageTitle,
  Pager,
  Rows,
  shortDate,
} from '#shared/ui/index.ts'
import type { ClaimList, SettledMonths } from '../claim-server-client.ts'
import { PortalPage, type View } from '../layout.tsx'
import { payeeName, sumsOf, sumWords } from '../names.ts'
import { monthWords } from './month-words.ts'
import { isNarrowed, type PaidQuery, paidPath } from './paid-query.ts'
import { historyTexts } from './texts.ts'

export interface PaidPageProps {
  view: View
  list: ClaimList
  asked: PaidQuery
  /** Of everything that was ever settled. */
  sums: SettledMonths
}

const resultsId = 'paid-results'

const byMonth = (claims: readonly Claim[], { timeZone }: View) => [
  ...Map.groupBy(claims, ({ settlement }) =>
    settlement ? dateIn(timeZone, settlement.settledAt).slice(0, 7) : '',
  ),
]

/** The sum of a whole month; of a part of it none, which would look like the whole. */
const sumOfMonth = (month: string, claims: readonly Claim[], props: PaidPageProps) => {
  const { asked, list, sums } = props
  if (!isNarrowed(asked)) return sums.months.find((one) => one.month === month)?.totals
  const isWhole = list.nextCursor === null && asked.cursor === undefined
  return isWhole ? sumsOf(claims) : undefined
}

const PaidRow = ({ view, claim, today }: { view: View; claim: Claim; today: LocalDate }) => {
  const { language } = view
  const at = claim.settlement?.settledAt
  return (
    <ClaimRow
      id={`claim-${claim.orderNumber}`}
      payee={payeeName(claim.payee, language)}
      description={claim.description}
      reference={claim.orderNumber}
      amount={<Money amount={claim.amountMinor} currency={claim.currency} language={language} />}
      below={
        at && historyTexts(language).paidOn(shortDate(dateIn(view.timeZone, at), today, language))
      }
      href={`/paid/${claim.orderNumber}`}
    />
  )
}

const NoRows = ({ view, asked }: PaidPageProps) => {
  const words = historyTexts(view.language)
  const { noMatch, empty } = words
  if (!isNarrowed(asked))
    return (
      <EmptyState
        title={empty.title}
        actions={
          <Button kind="secondary" href="/claims">
            {empty.toPay}
          </Button>
        }
      >
        {empty.text}
      </EmptyState>
    )
  return (
    <EmptyState
      title={noMatch.title}
      icon="search"
      actions={
        <Button kind="secondary" href="/paid">
          {noMatch.all}
        </Button>
      }
    >
      {asked.search ? noMatch.text(asked.search) : noMatch.filtered}
    </EmptyState>
  )
}

const Filters = ({ view, asked, sums }: PaidPageProps) => {
  const { language } = view
  const words = historyTexts(language)
  return (
    <form
      class="tools"
      method="get"
      action="/paid"
      role="search"
      hx-get="/paid"
      hx-trigger="change"
      hx-target={`#${resultsId}`}
      hx-select={`#${resultsId}`}
      hx-swap="outerMorph"
      hx-replace-url="true"
    >
      <span class="search-box">
        <Icon name="search" />
        <input
          class="input"
          type="search"
          name="search"
          value={asked.search}
          maxlength={100}
          placeholder={words.search}
          aria-label={words.search}
          autocomplete="off"
        />
      </span>
      <select class="input" name="month" aria-label={words.totals.month}>
        <option value="">{words.allMonths}</option>
        {sums.months.map(({ month }) => (
          <option value={month} selected={month === asked.month}>
            {monthWords(month, language)}
          </option>
        ))}
      </select>
      <select class="input" name="shop" aria-label={words.totals.shop}>
        <option value="">{words.allShops}</option>
        {sums.shops.map((shop) => (
          <option value={shop.shopId} selected={shop.shopId === asked.shopId}>
            {payeeName(shop, language)}
          </option>
        ))}
      </select>
      <button class="button is-secondary tools-go" type="submit">
        {words.searchGo}
      </button>
    </form>
  )
}

const Results = (props: PaidPageProps) => {
  const { view, list, asked } = props
  const { language } = view
  const words = historyTexts(language)
  const count = list.totals.reduce((sum, total) => sum + total.count, 0)
  return (
    <div id={resultsId} class="stack">
      {count > 0 && (
        <p class="soft" role="status">
          {words.summary(count, sumWords(list.totals, language))}
        </p>
      )}
      {list.claims.length === 0 && <NoRows {...props} />}
      {byMonth(list.claims, view).map(([month, claims]) => {
        const title = monthWords(month, language)
        const sum = sumOfMonth(month, claims, props)
        return (
          <section>
            <GroupHeading title={title} sum={sum && sumWords(sum, language)} />
            <Rows label={title}>
              {claims.map((claim) => (
                <PaidRow view={view} claim={claim} today={list.today} />
              ))}
            </Rows>
          </section>
        )
      })}
      <Pager
        language={language}
        newer={asked.cursor ? paidPath({ ...asked, cursor: undefined }) : undefined}
        older={list.nextCursor ? paidPath({ ...asked, cursor: list.nextCursor }) : undefined}
      />
      {count > 0 && (
        <Actions>
          <Button
            kind="secondary"
            small
            href={paidPath({ ...asked, cursor: undefined }, '/paid/export')}
          >
            {words.download}
          </Button>
          <Button kind="quiet" small href="/paid/totals">
            {words.totals.way}
          </Button>
        </Actions>
      )}
    </div>
  )
}

/** What was paid, newest first, by month; by shop where asked for; and all of it as a file. */
export const PaidPage = (props: PaidPageProps) => {
  const { view, asked, list } = props
  const words = historyTexts(view.language)
  return (
    <PortalPage view={view} title={words.title} section="paid" width="narrow">
      <div class="stack">
        <PageTitle title={words.title} />
        {(isNarrowed(asked) || list.claims.length > 0) && <Filters {...props} />}
        <Results {...props} />
      </div>
    </PortalPage>
  )
}
