import { and, eq } from 'drizzle-orm'
import type { Transaction } from '#shared/database.ts'
import { customers } from '../banks/banks.table.ts'
import { customerChoices } from './choices.table.ts'

interface Known {
  bank: string
  customerId: string
  name: string
  mailAddress: string
  /** Of the page; a language that the customer chose for mails goes before it. */
  language: 'en' | 'ja'
}

/** Keeps what mails to a customer need, as the bank's portal names it now. */
export const storeCustomer = async (
  tx: Transaction,
  { bank, customerId, ...named }: Known,
): Promise<void> => {
  const [choice] = await tx
    .select({ language: customerChoices.language })
    .from(customerChoices)
    .where(and(eq(customerChoices.bank, bank), eq(customerChoices.customerId, customerId)))
  const known = {
    ...named,
    language: choice?.language ?? named.language,
    updatedAt: new Date(),
  }
  await tx
    .insert(customers)
    .values({ bank, customerId, ...known })
    .onConflictDoUpdate({ target: [customers.bank, customers.customerId], set: known })
}
