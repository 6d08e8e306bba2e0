import { eq, sql } from 'drizzle-orm'
import type { Transaction } from '#shared/database.ts'
import { dateIn } from '#shared/dates.ts'
import type { Deps } from '../deps.ts'
import { defaultFees } from '../quotes/default-fees.ts'
import { fees } from '../quotes/fees.table.ts'
import { defaultHolidays } from '../time-limits/default-holidays.ts'
import { holidays } from '../time-limits/holidays.table.ts'
import { banks } from './banks.table.ts'
import { forgetBanks } from './find-bank.ts'

type EnsureDeps = Pick<Deps, 'db' | 'config' | 'clock' | 'newId'>

const ensureFees = async (tx: Transaction, { config, clock, newId }: EnsureDeps, bank: string) => {
  if ((await tx.$count(fees, eq(fees.bank, bank))) > 0) return
  // From the first day of last year on: a demo's claims are made with the clock moved back.
  const validFrom = `${Number(dateIn(config.TIME_ZONE, clock.now()).slice(0, 4)) - 1}-01-01`
  await tx.insert(fees).values(defaultFees.map((fee) => ({ ...fee, id: newId(), bank, validFrom })))
}

const ensureHolidays = async (tx: Transaction, { config }: EnsureDeps, bank: string) => {
  if (config.TIME_ZONE !== 'Asia/Tokyo') return
  if ((await tx.$count(holidays, eq(holidays.bank, bank))) > 0) return
  await tx.insert(holidays).values(defaultHolidays.map((holiday) => ({ ...holiday, bank })))
}

/**
 * Writes the bank of the settings into the table of banks, with the default fees if it has none, and
 * Japan's holidays if it has none and is there. Safe when replicas start together.
 */
export const ensureBank = async (deps: EnsureDeps): Promise<void> => {
  const { db, config } = deps
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
    await ensureFees(tx, deps, bank.code)
    await ensureHolidays(tx, deps, bank.code)
  })
  forgetBanks(deps)
}
