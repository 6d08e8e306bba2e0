import { eq, sql } from 'drizzle-orm'
import { dateIn } from '#shared/dates.ts'
import type { Deps } from '../deps.ts'
import { defaultFees } from '../quotes/default-fees.ts'
import { fees } from '../quotes/fees.table.ts'
import { banks } from './banks.table.ts'

/**
 * Writes the bank of the settings into the table of banks, and the default fees if it has none.
 * Safe when replicas start together.
 */
export const ensureBank = async ({
  db,
  config,
  clock,
  newId,
}: Pick<Deps, 'db' | 'config' | 'clock' | 'newId'>): Promise<void> => {
  const bank = {
    code: config.BANK_CODE,
    name: config.BANK_NAME,
    nameJa: config.BANK_NAME_JA,
    portalIssuer: 'bank-portal',
    portalUrl: config.BANK_PORTAL_URL,
    coreIssuer: 'core-banking',
    coreUrl: config.CORE_BANKING_URL,
    timeZone: config.TIME_ZONE,
    currency: config.BANK_CURRENCY,
  }
  await db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('ensure bank'))`)
    await tx.insert(banks).values(bank).onConflictDoUpdate({ target: banks.code, set: bank })
    const known = await tx
      .select({ id: fees.id })
      .from(fees)
      .where(eq(fees.bank, bank.code))
      .limit(1)
    if (known.length > 0) return
    // From the first day of last year on: a demo's claims are made with the clock moved back.
    const validFrom = `${Number(dateIn(bank.timeZone, clock.now()).slice(0, 4)) - 1}-01-01`
    await tx
      .insert(fees)
      .values(defaultFees.map((fee) => ({ ...fee, id: newId(), bank: bank.code, validFrom })))
  })
}
