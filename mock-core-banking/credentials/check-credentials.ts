import { and, eq } from 'drizzle-orm'
import type { Customer, CustomerLogin } from '#shared/contracts/core-banking.ts'
import { accounts } from '../accounts/accounts.table.ts'
import type { Deps } from '../deps.ts'
import { customers } from './credentials.table.ts'
import { passwordFits } from '#shared/hash-password.ts'
import { normalId } from '#shared/normal-id.ts'

const findCustomer = async ({ config, db }: Pick<Deps, 'config' | 'db'>, login: CustomerLogin) => {
  if ('userId' in login) {
    const [row] = await db
      .select()
      .from(customers)
      .where(eq(customers.userId, normalId(login.userId)))
    return row
  }
  const [row] = await db
    .select({ customer: customers })
    .from(accounts)
    .innerJoin(customers, eq(customers.customerId, accounts.customerId))
    .where(
      and(
        eq(accounts.bank, config.BANK_CODE),
        eq(accounts.branch, login.branch),
        eq(accounts.number, login.accountNumber),
      ),
    )
  return row?.customer
}

/**
 * Checks a customer's sign-in by branch and account number, or by user id. One answer, in the same
 * time, whether the customer or the password is wrong.
 */
export const checkCredentials = async (
  deps: Pick<Deps, 'config' | 'db'>,
  { login, password }: { login: CustomerLogin; password: string },
): Promise<{ outcome: 'accepted'; customer: Customer } | { outcome: 'not-accepted' }> => {
  const found = await findCustomer(deps, login)
  const fits = await passwordFits(deps.config, found?.passwordHash, password)
  if (!found || !fits) return { outcome: 'not-accepted' }
  const { customerId, name, nameJa, mailAddress, language } = found
  return {
    outcome: 'accepted',
    customer: { customerId, name, ...(nameJa ? { nameJa } : {}), mailAddress, language },
  }
}
