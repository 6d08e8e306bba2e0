import type { Context } from 'hono'
import { accountKey } from '#shared/accounts.ts'
import type { ClaimFilter, ClaimSort } from '#shared/contracts/claim-server.ts'
import { parseOrderNumber } from '#shared/order-number.ts'
import type { ListQuery } from '../claim-server-client.ts'

export const listSorts = [
  'time-limit',
  'amount',
  'shop',
  'ordered-on',
] as const satisfies ClaimSort[]
export type ListSort = (typeof listSorts)[number]

export const listFilters = [
  'payable',
  'near-limit',
  'new',
  'in-progress',
] as const satisfies ClaimFilter[]

const mostTicks = 200

const readNumbers = (c: Context, name: string): string[] =>
  (c.req.queries(name) ?? [])
    .slice(0, mostTicks)
    .map(parseOrderNumber)
    .filter((number) => number !== undefined)

/** Ticks that the shown rows don't have: a search or another page hides them, the form keeps them. */
export const readKept = (c: Context): string[] => readNumbers(c, 'kept')

/** Ticked claims of a query, in their stored form, each once; what is no order number is dropped. */
export const readTicked = (c: Context): string[] => [
  ...new Set([...readNumbers(c, 'claim'), ...readKept(c)]),
]

/** The form's field with the account that the page itself had chosen. */
export const offeredField = 'offered'

/** The account that the customer chose by hand: not the one that the page had offered. */
export const readAccount = (c: Context): string | undefined => {
  const account = accountKey.safeParse(c.req.query('account')).data
  return account === c.req.query(offeredField) ? undefined : account
}

/** What the list shows, and what is ticked on it: all of it travels in the address and in the form. */
export interface ShownList {
  ticked: string[]
  account: string | undefined
  sort: ListSort
  filter: ClaimFilter | undefined
  search: string
  /** Where the shown page begins; undefined for the first. */
  cursor: string | undefined
}

const pageCursor = (text: string | undefined) => (text && text.length <= 500 ? text : undefined)

export const readShownList = (c: Context): ShownList => ({
  ticked: readTicked(c),
  account: readAccount(c),
  sort: listSorts.find((one) => one === c.req.query('sort')) ?? 'time-limit',
  filter: listFilters.find((one) => one === c.req.query('filter')),
  search: (c.req.query('search') ?? '')
    .normalize('NFC')
    .replaceAll(/\p{Cc}/gu, ' ')
    .trim()
    .slice(0, 100),
  cursor: pageCursor(c.req.query('cursor')),
})

/** What the list showed as its form was sent: where its page began the form knows, whatever its buttons say. */
export const readListOfForm = (c: Context): ShownList => ({
  ...readShownList(c),
  cursor: pageCursor(c.req.query('page')),
})

export const toListQuery = ({ sort, filter, search, cursor }: ShownList): ListQuery => ({
  list: 'unsettled',
  sort,
  ...(filter ? { filter } : {}),
  ...(search ? { search } : {}),
  ...(cursor ? { cursor } : {}),
})

/**
 * The list's address for what is shown: ticks, account, search, filter, order and page survive a reload.
 * `tickFirst`: it says that something must be ticked.
 */
export const listPathOf = ({
  ticked,
  account,
  sort,
  filter,
  search,
  cursor,
  tickFirst = false,
}: Partial<ShownList> & Pick<ShownList, 'ticked'> & { tickFirst?: boolean }): string => {
  const query = new URLSearchParams(ticked.map((number) => ['claim', number]))
  if (account) query.set('account', account)
  if (search) query.set('search', search)
  if (filter) query.set('filter', filter)
  if (sort && sort !== 'time-limit') query.set('sort', sort)
  if (cursor) query.set('cursor', cursor)
  if (tickFirst) query.set('tick', 'first')
  return query.size === 0 ? '/claims' : `/claims?${query}`
}
