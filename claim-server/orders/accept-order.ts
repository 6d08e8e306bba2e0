import { and, eq, gt, sql } from 'drizzle-orm'
import { accountParts } from '#shared/accounts.ts'
import type { Transaction } from '#shared/database.ts'
import { AppError, fieldError } from '#shared/errors.ts'
import type { ServiceCaller } from '#shared/service-token.ts'
import type { Received, ReplyOf } from '#shared/contracts/call.ts'
import type { acceptOrder as acceptOrderCall } from '#shared/contracts/claim-server.ts'
import { type Bank, findCallingBank } from '../banks/find-bank.ts'
import { changeByCall } from '../change-by-call.ts'
import { claimHistory, claims } from '../claims/claims.table.ts'
import { storeCustomer } from '../customers/store-customer.ts'
import type { Deps } from '../deps.ts'
import { writeNotices } from '../notices/write-notices.ts'
import { findEntryAtBank } from './find-entry.ts'

type Input = Received<typeof acceptOrderCall> & { caller: ServiceCaller }
type Acceptance = Input['body']

/** provisional → unsettled, bound to this customer and account; false when another was first. */
const bind = async (
  tx: Transaction,
  { clock }: Pick<Deps, 'clock'>,
  orderId: string,
  { customerId, account }: Acceptance,
): Promise<boolean> => {
  const at = clock.now()
  const bound = await tx
    .update(claims)
    .set({
      status: 'unsettled',
      customerId,
      account,
      acceptedAt: at,
      // Accepting is seeing: it is not "new" on the list.
      seenAt: at,
      revision: sql`${claims.revision} + 1`,
    })
    .where(
      and(eq(claims.orderId, orderId), eq(claims.status, 'provisional'), gt(claims.openUntil, at)),
    )
    .returning({ orderId: claims.orderId })
  if (bound.length === 0) return false
  await tx.insert(claimHistory).values({ orderId, at, event: 'unsettled', by: 'customer' })
  return true
}

const checkCustomer = (bank: Bank, caller: ServiceCaller, { customerId, account }: Acceptance) => {
  if (caller.onBehalfOf !== customerId) throw new AppError('not-found')
  if (accountParts(account).bank !== bank.code)
    throw fieldError('#/account', 'this account is not with the customer’s bank')
}

/**
 * Registers the order formally and binds it to the signed-in customer and account (Fig. 32, S185 to
 * S187); shop and customer are told. The first customer binds, a repeat gets the same answer, anybody
 * else `not-open`. Throws `not-found`, and `unauthenticated` for a replayed call.
 */
export const acceptOrder = async (
  deps: Deps,
  { params: { entryToken }, body, caller }: Input,
): Promise<ReplyOf<typeof acceptOrderCall>> => {
  const bank = await findCallingBank(deps, caller)
  checkCustomer(bank, caller, body)
  return changeByCall(deps, caller, async (tx) => {
    const find = () => findEntryAtBank(deps, tx, { bank, entryToken })
    const { order, orderId } = await find()
    if (order.open) {
      const { customerId, customerName: name, mailAddress, language } = body
      await storeCustomer(tx, { bank: bank.code, customerId, name, mailAddress, language })
      if (await bind(tx, deps, orderId, body))
        await writeNotices(tx, deps, [{ orderId, event: 'order-received', occasion: '' }])
    }
    const now = await find()
    return now.claim.customerId === body.customerId
      ? { outcome: 'accepted', order: now.order }
      : { outcome: 'not-open' }
  })
}
