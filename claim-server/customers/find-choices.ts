import { and, eq } from 'drizzle-orm'
import type { Database, Transaction } from '#shared/database.ts'
import type { ReplyOf } from '#shared/contracts/call.ts'
import type { findChoices as findChoicesCall } from '#shared/contracts/customer-choices.ts'
import type { Customer } from '../claims/claims.queries.ts'
import { customerChoices } from './choices.table.ts'

type Choices = ReplyOf<typeof findChoicesCall>

/** What the customer chose; until then every account pays and adverts are shown. */
export const findChoices = async (
  db: Database | Transaction,
  { bank, customerId }: Customer,
): Promise<Choices> => {
  const [row] = await db
    .select({
      accounts: customerChoices.accounts,
      defaultAccount: customerChoices.defaultAccount,
      showAdverts: customerChoices.showAdverts,
      language: customerChoices.language,
    })
    .from(customerChoices)
    .where(and(eq(customerChoices.bank, bank), eq(customerChoices.customerId, customerId)))
  return row ?? { accounts: [], defaultAccount: null, showAdverts: true, language: null }
}
