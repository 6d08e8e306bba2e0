import { type AnyColumn, and, asc, desc, type SQL, sql } from 'drizzle-orm'
import type { ClaimStatus } from '#shared/contracts/claim-server.ts'
import { isListedAs } from './claims.queries.ts'
import { claims, type ListedAs } from './claims.table.ts'

const everyList: readonly ListedAs[] = [
  'provisional',
  'unsettled',
  'settled',
  'abandoned',
  'expired',
  'cancelled',
  'declined',
]

/** Where claims of that status are listed; without one, all lists. */
export const listsOf = (status?: ClaimStatus): readonly ListedAs[] => {
  if (status === undefined) return everyList
  return [status === 'paying' ? 'unsettled' : status]
}

/** By a column; the order's id decides between equals. */
export interface PageOrder {
  by: AnyColumn
  isDown: boolean
}

interface Page extends PageOrder {
  lists: readonly ListedAs[]
  where: SQL | undefined
  limit: number
}

export const inOrder = ({ by, isDown }: PageOrder): SQL[] => {
  const direction = isDown ? desc : asc
  return [direction(by), direction(claims.orderId)]
}

/**
 * The claims of one page of a shop's. Indexes hold each list in order for itself, so the first of each
 * are taken and merged; what that costs does not grow with the shop.
 */
export const isOnPage = ({ lists, where, by, isDown, limit }: Page): SQL => {
  // Written out: for a limit that it does not know, a plan that is kept reads a tenth of everything.
  const first = sql.raw(`limit ${limit}`)
  const ordered = sql.join(inOrder({ by, isDown }), sql`, `)
  const ofLists = lists.map(
    (one) => sql`(select ${claims.orderId} as id, ${by} as place from ${claims}
      where ${and(isListedAs(one), where)} order by ${ordered} ${first})`,
  )
  const direction = sql.raw(isDown ? 'desc' : 'asc')
  // An array: with a subquery the database may walk all claims beside it.
  return sql`${claims.orderId} = any(array(select found.id from (${sql.join(ofLists, sql` union all `)}) as found
    order by found.place ${direction}, found.id ${direction} ${first}))`
}
