import { eq } from 'drizzle-orm'
import { AppError } from '#shared/errors.ts'
import { onlyOwn } from '#shared/on-behalf-of.ts'
import type { ServiceCaller } from '#shared/service-token.ts'
import type { Deps } from '../deps.ts'
import { banks } from './banks.table.ts'

export type Bank = typeof banks.$inferSelect

/** The bank whose portal signed the call. Throws `unauthenticated` for an issuer that is no bank's portal. */
export const findCallingBank = async (
  { db }: Pick<Deps, 'db'>,
  { issuer }: Pick<ServiceCaller, 'issuer'>,
): Promise<Bank> => {
  const [bank] = await db.select().from(banks).where(eq(banks.portalIssuer, issuer))
  if (!bank) throw new AppError('unauthenticated')
  return bank
}

/** The bank of a call about one customer. */
export const findBankOfCustomer = async (
  deps: Pick<Deps, 'db'>,
  caller: Pick<ServiceCaller, 'issuer' | 'onBehalfOf'>,
  customerId: string,
): Promise<Bank> => {
  onlyOwn(caller, customerId)
  return findCallingBank(deps, caller)
}
