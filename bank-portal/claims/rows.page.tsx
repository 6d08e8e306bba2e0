import type { Claim, ClaimSort } from '#shared/contracts/claim-server.ts'
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

export interface ClaimRowsProps {
  view: View
  list: ClaimList
  ticked: readonly string[]
  sort: ClaimSort
  search: string
}

const groupsOf = ({ view, list, sort }: ClaimRowsProps) => {
  const words = claimsTexts(view.language).groups
  if (sort !== 'time-limit') return [{ title: words.all, claims: list.claims }]
  return groupByUrgency(list.claims, list.today).map(({ urgency, claims }) => ({
    title: words[urgency],
    claims,
  }))
}

const NoRows = ({ view, search }: ClaimRowsProps) => {
  const words = claimsTexts(view.language)
  return search ? (
    <EmptyState
      title={words.noMatch.title}
      icon="search"
      actions={
        <Button kind="secondary" href="/claims">
          {words.noMatch.all}
        </Button>
      }
    >
      {words.noMatch.text(search)}
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

/** The rows, by urgency with sums. Ticks that these rows don't show stay in hidden fields. */
export const ClaimRows = (props: ClaimRowsProps) => {
  const { view, list, ticked, search } = props
  const words = claimsTexts(view.language)
  const shown = new Set(list.claims.map((claim) => claim.orderNumber))
  return (
    <div id={rowsId}>
      {ticked
        .filter((number) => !shown.has(number))
        .map((number) => (
          <input type="hidden" name="kept" value={number} />
        ))}
      {search && list.claims.length > 0 && (
        <p class="soft" role="status">
          {words.matches(countOf(list), sumWords(list.totals, view.language))}
        </p>
      )}
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
      {list.nextCursor && (
        <p class="actions">
          <Button kind="secondary" formaction="/claims" name="cursor" value={list.nextCursor}>
            {words.more}
          </Button>
        </p>
      )}
    </div>
  )
}
