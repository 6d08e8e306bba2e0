import { randomBytes } from 'node:crypto'
import { and, eq, inArray } from 'drizzle-orm'
import { AppError } from '#shared/errors.ts'
import type { Deps } from '../deps.ts'
import { shopCustomers } from './console.table.ts'

interface Customer {
  bank: string
  customerId: string
}

// Crockford's base 32, as in order numbers: nothing that can be misread.
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const newReference = () =>
  Array.from(randomBytes(8), (byte) => alphabet[byte % alphabet.length])
    .join('')
    .replace(/^.{4}/, '$&-')

const keyOf = ({ bank, customerId }: Customer) => `${bank}/${customerId}`

/**
 * What a shop calls these customers: a reference of its own for each, made when it is first shown.
 * Returns a function from customer to reference.
 */
export const nameCustomers = async (
  { db }: Pick<Deps, 'db'>,
  shopId: string,
  wanted: readonly Customer[],
): Promise<(customer: Customer) => string | undefined> => {
  const customers = [...new Map(wanted.map((one) => [keyOf(one), one])).values()]
  const known = new Map<string, string>()
  const read = async () => {
    const rows = await db
      .select()
      .from(shopCustomers)
      .where(
        and(
          eq(shopCustomers.shopId, shopId),
          inArray(
            shopCustomers.bank,
            customers.map((one) => one.bank),
          ),
          inArray(
            shopCustomers.customerId,
            customers.map((one) => one.customerId),
          ),
        ),
      )
    for (const row of rows) known.set(keyOf(row), row.reference)
  }
  if (customers.length > 0) await read()
  const missing = customers.filter((one) => !known.has(keyOf(one)))
  if (missing.length > 0) {
    await db
      .insert(shopCustomers)
      .values(missing.map((one) => ({ ...one, shopId, reference: newReference() })))
      .onConflictDoNothing()
    await read()
  }
  return (customer) => known.get(keyOf(customer))
}

/** The customer behind a shop's reference. Throws `not-found` for one that this shop does not have. */
export const findCustomerOfShop = async (
  { db }: Pick<Deps, 'db'>,
  { shopId, reference }: { shopId: string; reference: string },
): Promise<Customer> => {
  const [row] = await db
    .select()
    .from(shopCustomers)
    .where(
      and(eq(shopCustomers.shopId, shopId), eq(shopCustomers.reference, reference.toUpperCase())),
    )
  if (!row) throw new AppError('not-found')
  return row
}
