import { and, eq } from 'drizzle-orm'
import type { ServiceCaller } from '#shared/service-token.ts'
import { changeByCall } from '../change-by-call.ts'
import type { Customer } from '../claims/claims.queries.ts'
import type { Deps } from '../deps.ts'
import { lockBiller } from './biller-lock.ts'
import { billerLinks } from './billers.table.ts'

/** Ends the customer's link to a biller; claims on the list stay, later ones wait unseen. */
export const unlinkBiller = async (
  deps: Pick<Deps, 'db'>,
  { bank, customerId, shopId, caller }: Customer & { shopId: string; caller: ServiceCaller },
): Promise<{ unlinked: boolean }> =>
  changeByCall(deps, caller, async (tx) => {
    await lockBiller(tx, shopId, 'alone')
    const ended = await tx
      .delete(billerLinks)
      .where(
        and(
          eq(billerLinks.shopId, shopId),
          eq(billerLinks.bank, bank),
          eq(billerLinks.customerId, customerId),
        ),
      )
      .returning({ shopId: billerLinks.shopId })
    return { unlinked: ended.length > 0 }
  })
