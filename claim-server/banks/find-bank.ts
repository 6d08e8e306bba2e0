import { eq } from 'drizzle-orm'
import { AppError } from '#shared/errors.ts'
import { onlyOwn } from '#shared/on-behalf-of.ts'
import type { ServiceCaller } from '#shared/service-token.ts'
import type { Deps } from '../deps.ts'
import { banks } from './banks.table.ts'

export type Bank = typeof banks.$inferSelect

const remembersMs = 5000

interface Remembered {
  bank: Bank
  untilMs: number
}

// A start writes the banks from its settings, and nothing else does; yet every call asks for its own.
const remembered = new WeakMap<Deps['db'], Map<string, Remembered>>()

/** After a change of the banks by this process. */
export const forgetBanks = ({ db }: Pick<Deps, 'db'>): void => {
  remembered.delete(db)
}

/**
 * The bank whose portal signed the call, as it was five seconds ago at most. Throws `unauthenticated`
 * for an issuer that is no bank's portal.
 */
export const findCallingBank = async (
  { db }: Pick<Deps, 'db'>,
  { issuer }: Pick<ServiceCaller, 'issuer'>,
): Promise<Bank> => {
  const known = remembered.get(db) ?? new Map<string, Remembered>()
  const found = known.get(issuer)
  if (found && performance.now() < found.untilMs) return found.bank
  const [bank] = await db.select().from(banks).where(eq(banks.portalIssuer, issuer))
  if (!bank) throw new AppError('unauthenticated')
  known.set(issuer, { bank, untilMs: performance.now() + remembersMs })
  remembered.set(db, known)
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
