import * as z from 'zod'
import { claimStatus } from '#shared/contracts/claim-server.ts'
import { localDate } from '#shared/dates.ts'

export const lists = ['unsettled', 'settled', 'all'] as const
export type OrderList = (typeof lists)[number]

/** Which date a range means. */
export const dateKinds = ['ordered', 'limit', 'settled'] as const
export type DateKind = (typeof dateKinds)[number]

/** What a list is ordered by; with a minus, the largest or latest first. */
export const sorts = [
  '-ordered',
  'ordered',
  'limit',
  '-limit',
  '-settled',
  'settled',
  '-amount',
  'amount',
] as const
export type OrderSort = (typeof sorts)[number]

const empty = { list: 'unsettled', search: '', date: 'ordered' } as const

/** A shop's question (Figs. 19, 22). What an address holds that fits nothing counts as not asked. */
export const orderQuery = z.object({
  list: z.enum(lists).catch(empty.list),
  search: z
    .string()
    .transform((text) =>
      text
        .normalize('NFC')
        .replaceAll(/\p{Cc}/gu, ' ')
        .trim()
        .slice(0, 100),
    )
    .catch(empty.search),
  status: claimStatus.optional().catch(undefined),
  date: z.enum(dateKinds).catch(empty.date),
  from: localDate.optional().catch(undefined),
  until: localDate.optional().catch(undefined),
  sort: z.enum(sorts).optional().catch(undefined),
  /** Add up however many there are. */
  totals: z.literal('all').optional().catch(undefined),
  cursor: z.string().max(500).optional(),
})
export type OrderQuery = z.output<typeof orderQuery>

export const readOrderQuery = (query: Record<string, string>): OrderQuery => orderQuery.parse(query)

const defaultSorts: Record<OrderList, OrderSort> = {
  unsettled: 'limit',
  settled: '-settled',
  all: '-ordered',
}

/** The order that is asked for, or the list's own; only the settled list has dates of settlement. */
export const sortOf = ({ list, sort }: OrderQuery): OrderSort =>
  sort && (list === 'settled' || !sort.endsWith('settled')) ? sort : defaultSorts[list]

/** The query string of a question, without what goes without saying. */
export const writeOrderQuery = (query: OrderQuery): string => {
  const { list, search, status, date, from, until, sort, totals, cursor } = query
  const written = new URLSearchParams()
  if (list !== empty.list) written.set('list', list)
  if (search) written.set('search', search)
  if (status && list === 'all') written.set('status', status)
  if (from || until) written.set('date', date)
  if (from) written.set('from', from)
  if (until) written.set('until', until)
  if (sort && sort !== defaultSorts[list]) written.set('sort', sort)
  if (totals) written.set('totals', totals)
  if (cursor) written.set('cursor', cursor)
  const text = `${written}`
  return text ? `?${text}` : ''
}
