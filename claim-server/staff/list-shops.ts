import { and, asc, desc, eq, ilike, inArray, or } from 'drizzle-orm'
import type { ServiceCaller } from '#shared/service-token.ts'
import type { Received, ReplyOf } from '#shared/contracts/call.ts'
import type { listShops as listShopsCall } from '#shared/contracts/staff.ts'
import type { Deps } from '../deps.ts'
import { shopAccounts, shops } from '../shops/shops.table.ts'
import { byStaff } from './by-staff.ts'
import { inWords } from './in-words.ts'
import { beforeId, contains, toPage } from './pages.ts'

/** Shops and billers of the bank, newest first, by status and part of the name. */
export const listShops = async (
  deps: Pick<Deps, 'db' | 'clock'>,
  { query, caller }: Pick<Received<typeof listShopsCall>, 'query'> & { caller: ServiceCaller },
): Promise<ReplyOf<typeof listShopsCall>> =>
  byStaff(
    deps,
    caller,
    { act: 'listShops', subject: 'shops', detail: inWords(query) },
    async ({ tx, bank }) => {
      const named = query.search?.trim() ? contains(query.search.trim()) : undefined
      const rows = await tx
        .select()
        .from(shops)
        .where(
          and(
            eq(shops.bank, bank.code),
            query.status === undefined ? undefined : eq(shops.status, query.status),
            query.shopId === undefined ? undefined : eq(shops.id, query.shopId),
            named === undefined
              ? undefined
              : or(ilike(shops.name, named), ilike(shops.nameJa, named)),
            beforeId(shops.id, query.cursor),
          ),
        )
        .orderBy(desc(shops.id))
        .limit(query.limit + 1)
      const { shown, nextCursor } = toPage(rows, query.limit, ({ id }) => ({ id }))
      const accounts =
        shown.length === 0
          ? []
          : await tx
              .select()
              .from(shopAccounts)
              .where(
                inArray(
                  shopAccounts.shopId,
                  shown.map((shop) => shop.id),
                ),
              )
              .orderBy(asc(shopAccounts.createdAt), asc(shopAccounts.account))
      return {
        shops: shown.map((shop) => ({
          shopId: shop.id,
          name: shop.name,
          nameJa: shop.nameJa,
          kind: shop.kind,
          status: shop.status,
          mailAddress: shop.mailAddress,
          phone: shop.phone,
          website: shop.website,
          accounts: accounts
            .filter((one) => one.shopId === shop.id)
            .map(({ account, holder }) => ({ account, holder })),
          createdAt: shop.createdAt,
        })),
        nextCursor,
      }
    },
  )
