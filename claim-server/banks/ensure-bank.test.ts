import { ne } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase, type FreshDatabase } from '../../test/support/database.ts'
import { defaultFees } from '../quotes/default-fees.ts'
import { fees } from '../quotes/fees.table.ts'
import { defaultHolidays } from '../time-limits/default-holidays.ts'
import { holidays } from '../time-limits/holidays.table.ts'
import { makeWorld, type TestWorld } from '../testing/world.ts'
import { banks } from './banks.table.ts'
import { ensureBank } from './ensure-bank.ts'

let database: FreshDatabase
let world: TestWorld

beforeAll(async () => {
  database = await freshDatabase('claim-server')
  world = await makeWorld(database.db)
})
afterAll(async () => {
  world.close()
  await database.close()
})

test('replicas that start together leave one bank with one fee table', async () => {
  await database.db.delete(fees)
  await Promise.all(Array.from({ length: 8 }, () => ensureBank(world.deps)))
  expect(await database.db.$count(banks)).toBe(1)
  expect(await database.db.$count(fees)).toBe(defaultFees.length)
})

test('a bank in Japan begins with the national holidays, one elsewhere with none', async () => {
  await database.db.delete(holidays)
  await ensureBank({
    ...world.deps,
    config: { ...world.deps.config, TIME_ZONE: 'Europe/Zurich' },
  })
  expect(await database.db.$count(holidays)).toBe(0)
  await Promise.all(Array.from({ length: 8 }, () => ensureBank(world.deps)))
  expect(await database.db.$count(holidays)).toBe(defaultHolidays.length)
  await database.db.delete(holidays).where(ne(holidays.date, '2027-01-01'))
  await ensureBank(world.deps)
  expect(await database.db.$count(holidays)).toBe(1)
})

test('a start follows the settings, and leaves the fees that staff have entered', async () => {
  await database.db.delete(fees)
  const own = { relation: 'same-bank' as const, fromAmountMinor: 0n, belowAmountMinor: null }
  await database.db.insert(fees).values({
    ...own,
    id: world.deps.newId(),
    bank: world.bank.code,
    feeMinor: 55n,
    validFrom: '2026-01-01',
  })
  const config = { ...world.deps.config, BANK_PORTAL_URL: 'https://portal.bank.example' }
  await ensureBank({ ...world.deps, config })
  expect(await database.db.select().from(banks)).toMatchObject([
    { portalUrl: 'https://portal.bank.example', portalIssuer: 'bank-portal' },
  ])
  expect(await database.db.$count(fees)).toBe(1)
})
