import type { Claim } from '#shared/contracts/claim-server.ts'
import { dateIn, type LocalDate } from '#shared/dates.ts'
import {
  Button,
  ClaimRow,
  EmptyState,
  GroupHeading,
  Money,
  PageTitle,
  Pager,
  Rows,
  shortDate,
  Tools,
} from '#shared/ui/index.ts'
import type { ClaimList } from '../claim-server-client.ts'
import { PortalPage, type View } from '../layout.tsx'
import { payeeName, sumsOf, sumWords } from '../names.ts'
import { historyTexts } from './texts.ts'

export interface PaidPageProps {
  view: View
  list: ClaimList
  search: string
  /** Not the first page. */
  isFurther: boolean
}

const monthWords = (at: Date, { timeZone, language }: View): string =>
  new Intl.DateTimeFormat(language === 'ja' ? 'ja-JP' : 'en-GB', {
    year: 'numeric',
    month: 'long',
    timeZone,
  }).format(at)

const byMonth = (claims: readonly Claim[], view: View): { month: string; claims: Claim[] }[] => {
  const months: { month: string; claims: Claim[] }[] = []
  for (const claim of claims) {
    const month = claim.settlement ? monthWords(claim.settlement.settledAt, view) : ''
    const last = months.at(-1)
    if (last?.month === month) last.claims.push(claim)
    else months.push({ month, claims: [claim] })
  }
  return months
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

const NoRows = ({ view, search }: PaidPageProps) => {
  const words = historyTexts(view.language)
  const [said, href, action] = search
    ? ([words.noMatch, '/paid', words.noMatch.all] as const)
    : ([words.empty, '/claims', words.empty.toPay] as const)
  return (
    <EmptyState
      title={said.title}
      icon={search ? 'search' : 'list'}
      actions={
        <Button kind="secondary" href={href}>
          {action}
        </Button>
      }
    >
      {typeof said.text === 'string' ? said.text : said.text(search)}
    </EmptyState>
  )
}

const pathOf = (search: string, cursor?: string) => {
  const query = new URLSearchParams({
    ...(search ? { search } : {}),
    ...(cursor ? { cursor } : {}),
  })
  return query.size === 0 ? '/paid' : `/paid?${query}`
}

/** What was paid, newest first, by month. */
export const PaidPage = (props: PaidPageProps) => {
  const { view, list, search, isFurther } = props
  const { language } = view
  const words = historyTexts(language)
  const count = list.totals.reduce((sum, total) => sum + total.count, 0)
  const isEmpty = list.claims.length === 0
  return (
    <PortalPage view={view} title={words.title} section="paid" width="narrow">
      <div class="stack">
        <PageTitle title={words.title}>
          {isEmpty ? null : words.summary(count, sumWords(list.totals, language))}
        </PageTitle>
        {(search || !isEmpty) && (
          <Tools
            language={language}
            action="/paid"
            search={{ name: 'search', label: words.search, value: search }}
          />
        )}
        {isEmpty && <NoRows {...props} />}
        {byMonth(list.claims, view).map(({ month, claims }) => (
          <section>
            <GroupHeading title={month} sum={sumWords(sumsOf(claims), language)} />
            <Rows label={month}>
              {claims.map((claim) => (
                <PaidRow view={view} claim={claim} today={list.today} />
              ))}
            </Rows>
          </section>
        ))}
        <Pager
          language={language}
          newer={isFurther ? pathOf(search) : undefined}
          older={list.nextCursor ? pathOf(search, list.nextCursor) : undefined}
        />
      </div>
    </PortalPage>
  )
}
