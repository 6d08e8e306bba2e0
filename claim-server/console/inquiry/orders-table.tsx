import { shortDate, type Column, DataTable, Money } from '#shared/ui/index.ts'
import type { View } from '../view.tsx'
import { countOf, type Inquiry } from './inquire-orders.ts'
import type { InquiredOrder } from './inquiry.queries.ts'
import { AccountUsed, Limit, None, SettledOn, StatusChip, sumWords } from './order-words.tsx'
import { type OrderQuery, type OrderSort, sortOf } from './order-query.ts'
import { inquiryTexts } from './texts.ts'

export interface OrdersTableProps {
  view: View
  inquiry: Inquiry
  query: OrderQuery
  /** Where the same list stands in another order. */
  sortHref(sort: OrderSort): string
  /** Without the customer's column: on the customer's own page. */
  ofOneCustomer?: boolean
}

export const orderPath = (orderNumber: string) => `/shop/orders/${orderNumber}`
export const customerPath = (reference: string) => `/shop/customers/${reference}`

const OrderName = ({ view, order }: { view: View; order: InquiredOrder }) => (
  <>
    <a href={orderPath(order.orderNumber)}>
      <code>{order.orderNumber}</code>
    </a>
    {order.shopOrderRef !== order.orderNumber && (
      <span class="cell-more">{inquiryTexts(view.language).reference(order.shopOrderRef)}</span>
    )}
  </>
)

const sortable = (
  { query, sortHref }: OrdersTableProps,
  first: OrderSort,
  second: OrderSort,
): Column<InquiredOrder>['sort'] => {
  const now = sortOf(query)
  const direction = (sort: OrderSort) => (sort.startsWith('-') ? 'descending' : 'ascending')
  return {
    href: sortHref(now === first ? second : first),
    ...(now === first || now === second ? { now: direction(now) } : {}),
  }
}

const columnsOf = (props: OrdersTableProps): Column<InquiredOrder>[] => {
  const { view, inquiry, query, ofOneCustomer } = props
  const words = inquiryTexts(view.language)
  const { columns } = words
  const { list } = query
  const { totals } = inquiry
  const customer: Column<InquiredOrder> = {
    label: columns.customer,
    cell: (order) =>
      order.customer ? (
        <a href={customerPath(order.customer.reference)}>{order.customer.name}</a>
      ) : (
        <None />
      ),
  }
  const limit: Column<InquiredOrder> = {
    label: columns.timeLimit,
    cell: (order) => <Limit view={view} order={order} />,
    sort: sortable(props, 'limit', '-limit'),
  }
  const settled: Column<InquiredOrder> = {
    label: columns.settledAt,
    cell: (order) => <SettledOn view={view} order={order} />,
    ...(list === 'settled' ? { sort: sortable(props, '-settled', 'settled') } : {}),
  }
  return [
    {
      label: columns.order,
      heading: true,
      cell: (order) => <OrderName view={view} order={order} />,
      foot: totals ? words.total(countOf(totals)) : undefined,
    },
    { label: columns.goods, cell: (order) => <bdi>{order.description}</bdi> },
    ...(ofOneCustomer ? [] : [customer]),
    {
      label: columns.orderedOn,
      cell: (order) => (
        <time datetime={order.orderedOn}>
          {shortDate(order.orderedOn, view.today, view.language)}
        </time>
      ),
      sort: sortable(props, '-ordered', 'ordered'),
    },
    ...(list === 'settled' ? [] : [limit]),
    ...(list === 'unsettled' ? [] : [settled]),
    ...(list === 'unsettled'
      ? []
      : [
          { label: columns.account, cell: (order: InquiredOrder) => <AccountUsed order={order} /> },
        ]),
    ...(list === 'settled'
      ? []
      : [
          {
            label: columns.state,
            cell: (order: InquiredOrder) => <StatusChip view={view} order={order} />,
          },
        ]),
    {
      label: columns.amount,
      number: true,
      cell: ({ amountMinor, currency }) => (
        <Money amount={amountMinor} currency={currency} language={view.language} />
      ),
      sort: sortable(props, '-amount', 'amount'),
      foot: totals ? sumWords(totals, view.language) : undefined,
    },
  ]
}

/** Orders with their total (Fig. 22). */
export const OrdersTable = (props: OrdersTableProps) => {
  const { view, inquiry } = props
  return (
    <DataTable
      language={view.language}
      caption={inquiryTexts(view.language).title}
      hideCaption
      columns={columnsOf(props)}
      rows={inquiry.orders}
    />
  )
}
