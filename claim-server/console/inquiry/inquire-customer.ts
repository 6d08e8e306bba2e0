import { and, eq } from 'drizzle-orm'
import { AppError } from '#shared/errors.ts'
import { customers } from '../../banks/banks.table.ts'
import type { Deps } from '../../deps.ts'
import type { ShopCaller } from '../../shops/find-key-owner.ts'
import { findCustomerOfShop } from '../../shops/name-customers.ts'
import { type Inquiry, inquireOrders, type OrderTotal, sumOrders } from './inquire-orders.ts'
import type { OrderQuery } from './order-query.ts'

export interface CustomerInquiry {
  name: string
  reference: string
  unsettled: OrderTotal[]
  settled: OrderTotal[]
  inquiry: Inquiry
}

/**
 * What one customer bought at this shop, by the shop's own reference. Throws `not-found` for a
 * reference that this shop does not have.
 */
export const inquireCustomer = async (
  deps: Pick<Deps, 'db' | 'clock'>,
  caller: ShopCaller,
  { reference, query, limit }: { reference: string; query: OrderQuery; limit: number },
): Promise<CustomerInquiry> => {
  const customer = await findCustomerOfShop(deps, { shopId: caller.shop.id, reference })
  const [person] = await deps.db
    .select({ name: customers.name })
    .from(customers)
    .where(and(eq(customers.bank, customer.bank), eq(customers.customerId, customer.customerId)))
  if (!person) throw new AppError('not-found')
  const sumOf = (list: 'unsettled' | 'settled') =>
    sumOrders(
      deps,
      caller,
      { ...query, list, search: '', from: undefined, until: undefined },
      customer,
    )
  const [unsettled, settled, inquiry] = await Promise.all([
    sumOf('unsettled'),
    sumOf('settled'),
    inquireOrders(deps, caller, { query, limit, customer }),
  ])
  return { name: person.name, reference: reference.toUpperCase(), unsettled, settled, inquiry }
}
