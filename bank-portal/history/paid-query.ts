import type { Context } from 'hono'
import { uuid } from '#shared/contracts/fields.ts'
import type { ListQuery } from '../claim-server-client.ts'

/** What of the settled claims is asked for. */
export interface PaidQuery {
  search: string
  /** "2026-11". */
  month: string | undefined
  shopId: string | undefined
  cursor: string | undefined
}

const isMonth = (text: string | undefined) =>
  text !== undefined && /^(19|2\d)\d{2}-(0[1-9]|1[0-2])$/.test(text)

export const readPaidQuery = (c: Context): PaidQuery => {
  const { month, shop, search = '', cursor } = c.req.query()
  return {
    search: search.normalize('NFC').trim().slice(0, 100),
    month: isMonth(month) ? month : undefined,
    shopId: uuid.safeParse(shop).data,
    cursor: cursor && cursor.length <= 500 ? cursor : undefined,
  }
}

export const isNarrowed = ({ search, month, shopId }: PaidQuery): boolean =>
  search !== '' || month !== undefined || shopId !== undefined

export const toListQuery = ({ search, month, shopId, cursor }: PaidQuery): ListQuery => ({
  list: 'settled',
  sort: 'settled-at',
  ...(search ? { search } : {}),
  ...(month ? { month } : {}),
  ...(shopId ? { shopId } : {}),
  ...(cursor ? { cursor } : {}),
})

/** The address of the list, or of its file, for what is asked for. */
export const paidPath = (
  { search, month, shopId, cursor }: Partial<PaidQuery>,
  path = '/paid',
): string => {
  const query = new URLSearchParams({
    ...(search ? { search } : {}),
    ...(month ? { month } : {}),
    ...(shopId ? { shop: shopId } : {}),
    ...(cursor ? { cursor } : {}),
  })
  return query.size === 0 ? path : `${path}?${query}`
}
