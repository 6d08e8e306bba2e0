import { and, asc, eq, exists, gt, ilike, or, sql } from 'drizzle-orm'
import type { FoundCustomer } from '#shared/contracts/core-staff.ts'
import type { ServiceCaller } from '#shared/service-token.ts'
import { normalId } from '#shared/normal-id.ts'
import { accounts } from '../accounts/accounts.table.ts'
import { authorisationTries, customers } from '../credentials/credentials.table.ts'
import type { Deps } from '../deps.ts'
import { findActingStaff } from './find-acting-staff.ts'

const most = 20

const containing = (text: string) => `%${text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`

/**
 * Customers by id, user id, account or part of their name, at most 20, with the lock on their
 * authorisation if there is one. Throws `forbidden` for others than clerks and approvers.
 */
export const searchCustomers = async (
  deps: Pick<Deps, 'db'>,
  { search, caller }: { search: string; caller: ServiceCaller },
): Promise<{ customers: FoundCustomer[] }> => {
  await findActingStaff(deps, caller, 'clerk', 'approver')
  const text = search.normalize('NFKC').trim()
  const { db } = deps
  const holds = db
    .select({ one: sql`1` })
    .from(accounts)
    .where(
      and(
        eq(accounts.customerId, customers.customerId),
        or(eq(accounts.number, text), eq(accounts.account, text)),
      ),
    )
  const rows = await db
    .select({
      customerId: customers.customerId,
      name: customers.name,
      nameJa: customers.nameJa,
      lockedUntil: authorisationTries.lockedUntil,
    })
    .from(customers)
    .leftJoin(
      authorisationTries,
      and(
        eq(authorisationTries.subject, sql`'customer/' || ${customers.customerId}`),
        gt(authorisationTries.lockedUntil, new Date()),
      ),
    )
    .where(
      or(
        eq(sql`upper(${customers.customerId})`, text.toUpperCase()),
        eq(customers.userId, normalId(text)),
        ilike(customers.name, containing(text)),
        ilike(customers.nameJa, containing(text)),
        exists(holds),
      ),
    )
    .orderBy(asc(customers.customerId))
    .limit(most)
  return { customers: rows }
}
