import { and, eq, sql } from 'drizzle-orm'
import type { ReplyOf } from '#shared/contracts/call.ts'
import type { listBillers as listBillersCall } from '#shared/contracts/billers.ts'
import type { Customer } from '../claims/claims.queries.ts'
import { toPayee } from '../claims/to-claim.ts'
import type { Deps } from '../deps.ts'
import { shops } from '../shops/shops.table.ts'
import { billerLinks, billers } from './billers.table.ts'
import { usualLabels } from './describe-biller.ts'

/** The billers of the customer's bank by name, each with the customer's link to it. */
export const listBillers = async (
  { db }: Pick<Deps, 'db'>,
  { bank, customerId }: Customer,
): Promise<ReplyOf<typeof listBillersCall>> => {
  const rows = await db
    .select({ shop: shops, labels: billers, link: billerLinks })
    .from(shops)
    .leftJoin(billers, eq(billers.shopId, shops.id))
    .leftJoin(
      billerLinks,
      and(
        eq(billerLinks.shopId, shops.id),
        eq(billerLinks.bank, bank),
        eq(billerLinks.customerId, customerId),
      ),
    )
    .where(and(eq(shops.bank, bank), eq(shops.kind, 'biller'), eq(shops.status, 'live')))
    .orderBy(sql`lower(${shops.name}) collate "C"`, shops.id)
  return {
    billers: rows.map(({ shop, labels, link }) => {
      const said = labels ?? usualLabels
      return {
        payee: toPayee(shop),
        numberLabel: { en: said.numberLabel, ja: said.numberLabelJa },
        secondFactLabel: { en: said.secondFactLabel, ja: said.secondFactLabelJa },
        link: link && { customerNumber: link.customerNumber, linkedAt: link.linkedAt },
      }
    }),
  }
}
