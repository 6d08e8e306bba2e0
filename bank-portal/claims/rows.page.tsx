import type { Claim } from '#shared/contracts/claim-server.ts'
import type { LocalDate } from '#shared/dates.ts'
import {
  Button,
  Chip,
  ClaimRow,
  EmptyState,
  GroupHeading,
  Money,
  Rows,
  TimeLimit,
  timeWords,
} from '#shared/ui/index.ts'
import type { ClaimList } from '../claim-server-client.ts'
import type { View } from '../layout.tsx'
import { payeeName, sumsOf, sumWords } from '../names.ts'
import { groupByUrgency } from './group-by-urgency.ts'
import type { ShownList } from './list-query.ts'
import { claimsTexts } from './texts.ts'

export const rowsId = 'claim-rows'

interface RowProps {
  view: View
  claim: Claim
  today: LocalDate
  /** Undefined: the row leads to the claim's page instead of being ticked. */
  ticked?: boolean
}

const Chips = ({ view, claim }: RowProps) => {
  const words = claimsTexts(view.language)
  return (
    <>
      {claim.inPayment && (
        <Chip tone="warn" busy>
          {words.inPayment(timeWords(claim.inPayment.since, view.timeZone, view.language))}
        </Chip>
      )}
      {claim.onHold && <Chip tone="warn">{words.onHold}</Chip>}
      {claim.isNew && !claim.inPayment && <Chip tone="ok">{words.isNew}</Chip>}
    </>
  )
}

const rowHref = ({ orderNumber, inPayment }: Claim) =>
  inPayment ? `/payments/${inPayment.paymentId}` : `/claims/${orderNumber}`

/** One claim to pay; ticked where that is offered, else a way to its page. */
export const ToPayRow = (props: RowProps) => {
  const { view, claim, today, ticked } = props
  const { language } = view
  return (
    <ClaimRow
      id={`claim-${claim.orderNumber}`}
      payee={payeeName(claim.payee, language)}
      description={claim.description}
      reference={claim.orderNumber}
      amount={<Money amount={claim.amountMinor} currency={claim.currency} language={language} />}
      below={<TimeLimit limit={claim.timeLimit} today={today} language={language} />}
      chips={<Chips {...props} />}
      href={rowHref(claim)}
      {...(claim.payable && ticked !== undefined
        ? { select: { name: 'claim', value: claim.orderNumber, checked: ticked } }
        : {})}
      busy={claim.inPayment !== null}
    />
  )
}

export interface ClaimRowsProps extends Omit<ShownList, 'account'> {
  view: View
  list: ClaimList
}

const groupsOf = ({ view, list, sort }: ClaimRowsProps) => {
  const words = claimsTexts(view.language).groups
  if (sort !== 'time-limit')
    return list.claims.length === 0 ? [] : [{ title: words.all, claims: list.claims }]
  return groupByUrgency(list.claims, list.today).map(({ urgency, claims }) => ({
    title: words[urgency],
    claims,
  }))
}

const NoRows = ({ view, search, filter }: ClaimRowsProps) => {
  const words = claimsTexts(view.language)
  const isNarrowed = search !== '' || filter !== undefined
  const said = search ? words.noMatch.text(search) : words.noMatch.filtered
  return isNarrowed ? (
    <EmptyState
      title={words.noMatch.title}
      icon="search"
      actions={
        <Button kind="secondary" href="/claims">
          {words.noMatch.all}
        </Button>
      }
    >
      {said}
    </EmptyState>
  ) : (
    <EmptyState
      title={words.empty.title}
      icon="check"
      actions={
        <Button kind="secondary" href="/paid">
          {words.empty.paid}
        </Button>
      }
    >
      {words.empty.text}
    </EmptyState>
  )
}

const countOf = (list: ClaimList) => list.totals.reduce((count, total) => count + total.count, 0)

/** What the search or the filter found, or how much of all a page shows. */
const Found = ({ view, list, search, filter, cursor }: ClaimRowsProps) => {
  const words = claimsTexts(view.language)
  const count = countOf(list)
  if (list.claims.length === 0) return null
  const isNarrowed = search !== '' || filter !== undefined
  const isPaged = cursor !== undefined || list.nextCursor !== null
  if (!isNarrowed && !isPaged) return null
  return (
    <p class="soft" role="status">
      {isNarrowed && words.matches(count, sumWords(list.totals, view.language))}
      {isNarrowed && isPaged && ' · '}
      {isPaged &&
        words.onPage(list.claims.length, count, sumWords(sumsOf(list.claims), view.language))}
    </p>
  )
}

/** Buttons of the list's own form, so that ticks go along. */
const Pages = ({ view, list, cursor }: ClaimRowsProps) => {
  const words = claimsTexts(view.language)
  if (cursor === undefined && list.nextCursor === null) return null
  return (
    <div class="pager">
      {cursor === undefined ? (
        <span />
      ) : (
        <Button kind="secondary" formaction="/claims">
          {words.first}
        </Button>
      )}
      {list.nextCursor && (
        <Button kind="secondary" formaction="/claims" name="cursor" value={list.nextCursor}>
          {words.more}
        </Button>
      )}
    </div>
  )
}

/** Ticked claims that the rows don't show: found by another search, on another page. */
export const hiddenTicks = ({
  ticked,
  list,
}: Pick<ClaimRowsProps, 'ticked' | 'list'>): string[] => {
  const shown = new Set(list.claims.map((claim) => claim.orderNumber))
  return ticked.filter((number) => !shown.has(number))
}

/** The rows, by urgency with sums. Ticks that these rows don't show stay in hidden fields. */
export const ClaimRows = (props: ClaimRowsProps) => {
  const { view, list, ticked, cursor } = props
  return (
    <div id={rowsId}>
      {hiddenTicks(props).map((number) => (
        <input type="hidden" name="kept" value={number} />
      ))}
      {cursor && <input type="hidden" name="page" value={cursor} />}
      <Found {...props} />
      {list.claims.length === 0 && <NoRows {...props} />}
      {groupsOf(props).map(({ title, claims }) => (
        <>
          <GroupHeading title={title} sum={sumWords(sumsOf(claims), view.language)} />
          <Rows label={title}>
            {claims.map((claim) => (
              <ToPayRow
                view={view}
                claim={claim}
                today={list.today}
                ticked={ticked.includes(claim.orderNumber)}
              />
            ))}
          </Rows>
        </>
      ))}
      <Pages {...props} />
    </div>
  )
}
