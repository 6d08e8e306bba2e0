import { Button, EmptyState, Icon, PageTitle, Pager, Tabs } from '#shared/ui/index.ts'
import { ConsolePage, type View } from '../view.tsx'
import { countOf, type Inquiry, mostAddedUp } from './inquire-orders.ts'
import { sumWords } from './order-words.tsx'
import { dateKinds, lists, type OrderQuery, sortOf, sorts, writeOrderQuery } from './order-query.ts'
import { OrdersTable } from './orders-table.tsx'
import { inquiryTexts } from './texts.ts'

export interface OrdersPageProps {
  view: View
  query: OrderQuery
  inquiry: Inquiry
}

const path = '/shop/orders'
export const ordersPath = (query: OrderQuery): string => path + writeOrderQuery(query)

const listId = 'orders'
const tabsId = 'order-lists'

const firstPage = (query: OrderQuery): OrderQuery => ({ ...query, cursor: undefined })
const newQuestion = (query: OrderQuery): OrderQuery => ({
  ...firstPage(query),
  totals: undefined,
})

/** Which list; what is searched for stays. `replaces`: in a fragment, in place of the one on the page. */
const ListTabs = ({ view, query, replaces }: OrdersPageProps & { replaces?: boolean }) => {
  const words = inquiryTexts(view.language).lists
  return (
    <Tabs
      id={tabsId}
      label={words.label}
      {...(replaces ? { 'hx-swap-oob': 'true' } : {})}
      tabs={lists.map((list) => ({
        href: ordersPath({ ...newQuestion(query), list, sort: undefined }),
        label: words[list],
        current: list === query.list,
      }))}
    />
  )
}

const statuses = [
  'provisional',
  'unsettled',
  'paying',
  'settled',
  'expired',
  'cancelled',
  'declined',
  'abandoned',
] as const

const Option = ({
  value,
  now,
  children,
}: {
  value: string
  now?: string | undefined
  children: string
}) => (
  <option value={value} selected={value === now}>
    {children}
  </option>
)

const DateRange = ({ view, query }: OrdersPageProps) => {
  const words = inquiryTexts(view.language)
  return (
    <span class="tools-range">
      <select class="input" name="date" aria-label={words.dateKind}>
        {dateKinds.map((kind) => (
          <Option value={kind} now={query.date}>
            {words.dates[kind]}
          </Option>
        ))}
      </select>
      <input class="input" type="date" name="from" value={query.from} aria-label={words.from} />
      <span aria-hidden="true">–</span>
      <input class="input" type="date" name="until" value={query.until} aria-label={words.until} />
    </span>
  )
}

const Filter = (props: OrdersPageProps) => {
  const { view, query } = props
  const words = inquiryTexts(view.language)
  return (
    <form
      class="tools"
      method="get"
      action={path}
      role="search"
      hx-get={path}
      hx-trigger="input delay:300ms, change, submit"
      hx-target={`#${listId}`}
      hx-swap="outerMorph"
      hx-sync="this:replace"
    >
      <input type="hidden" name="list" value={query.list} />
      <span class="search-box">
        <Icon name="search" />
        <input
          class="input"
          type="search"
          name="search"
          value={query.search}
          maxlength={100}
          placeholder={words.search}
          aria-label={words.search}
          autocomplete="off"
        />
      </span>
      {query.list === 'all' && (
        <select class="input" name="status" aria-label={words.state}>
          <Option value="" now={query.status ?? ''}>
            {words.anyState}
          </Option>
          {statuses.map((status) => (
            <Option value={status} now={query.status}>
              {words.statuses[status]}
            </Option>
          ))}
        </select>
      )}
      <select class="input" name="sort" aria-label={words.sort}>
        {sorts
          .filter((sort) => query.list === 'settled' || !sort.endsWith('settled'))
          .map((sort) => (
            <Option value={sort} now={sortOf(query)}>
              {words.sorts[sort]}
            </Option>
          ))}
      </select>
      <DateRange {...props} />
      <button class="button is-secondary tools-go" type="submit">
        {words.show}
      </button>
    </form>
  )
}

const isNarrowed = ({ search, status, from, until }: OrderQuery) =>
  search !== '' || status !== undefined || from !== undefined || until !== undefined

const NoOrders = ({ view, query }: OrdersPageProps) => {
  const words = inquiryTexts(view.language).empty
  if (isNarrowed(query) || query.cursor)
    return (
      <EmptyState
        title={words.noMatch.title}
        icon="search"
        actions={
          <Button kind="secondary" href={`${path}?list=all`}>
            {words.noMatch.all}
          </Button>
        }
      >
        {words.noMatch.text}
      </EmptyState>
    )
  const said = words[query.list]
  return (
    <EmptyState
      title={said.title}
      actions={
        query.list === 'all' ? (
          <Button kind="secondary" href="/problems">
            {words.api}
          </Button>
        ) : undefined
      }
    >
      {said.text}
    </EmptyState>
  )
}

const Totals = ({ view: { language }, query, inquiry: { totals } }: OrdersPageProps) => {
  const words = inquiryTexts(language)
  return (
    <p class="page-sub">
      <b>{totals ? words.count(countOf(totals)) : words.moreThan(mostAddedUp)}</b>
      {language === 'ja' ? '　' : ', '}
      {totals ? (
        <b>{sumWords(totals, language)}</b>
      ) : (
        <a href={ordersPath({ ...query, totals: 'all' })}>{words.addUp}</a>
      )}
    </p>
  )
}

const Orders = (props: OrdersPageProps) => {
  const { view, query, inquiry } = props
  const words = inquiryTexts(view.language)
  const { language } = view
  return (
    <section id={listId} class="stack" aria-live="polite">
      {inquiry.orders.length === 0 ? (
        <NoOrders {...props} />
      ) : (
        <>
          <div class="list-head">
            <Totals {...props} />
            <a href={`${path}.csv${writeOrderQuery(newQuestion(query))}`} download>
              {words.csv}
            </a>
          </div>
          <OrdersTable {...props} sortHref={(sort) => ordersPath({ ...firstPage(query), sort })} />
        </>
      )}
      <Pager
        language={language}
        newer={query.cursor ? ordersPath(firstPage(query)) : undefined}
        older={
          inquiry.nextCursor ? ordersPath({ ...query, cursor: inquiry.nextCursor }) : undefined
        }
      />
    </section>
  )
}

/** What a changed search replaces. */
export const OrdersPart = (props: OrdersPageProps) => (
  <>
    <Orders {...props} />
    <ListTabs {...props} replaces />
  </>
)

/** What was ordered: unsettled, settled, all (Figs. 19, 22). */
export const OrdersPage = (props: OrdersPageProps) => {
  const { view } = props
  const words = inquiryTexts(view.language)
  return (
    <ConsolePage view={view} title={words.title} section="orders" width="wide">
      <PageTitle
        title={words.title}
        actions={
          view.caller?.shop.status === 'live' && (
            <Button kind="secondary" small href="/shop/orders/new">
              {words.write}
            </Button>
          )
        }
      />
      <ListTabs {...props} />
      <Filter {...props} />
      <Orders {...props} />
    </ConsolePage>
  )
}
