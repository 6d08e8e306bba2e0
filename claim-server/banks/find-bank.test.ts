import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { freshDatabase, type FreshDatabase } from '../../test/support/database.ts'
import { makeWorld, type TestWorld } from '../testing/world.ts'
import { banks } from './banks.table.ts'
import { findCallingBank, forgetBanks } from './find-bank.ts'

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
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] })
  forgetBanks(database)
})
afterEach(() => void vi.useRealTimers())

const nameNow = async () => (await findCallingBank(database, { issuer: 'bank-portal' })).name
const rename = (name: string) => database.db.update(banks).set({ name })

test('a bank is remembered, and a change of it is seen after five seconds', async () => {
  await rename('Minato Bank')
  expect(await nameNow()).toBe('Minato Bank')
  await rename('Harbour Bank')
  vi.advanceTimersByTime(4999)
  expect(await nameNow()).toBe('Minato Bank')
  vi.advanceTimersByTime(1)
  expect(await nameNow()).toBe('Harbour Bank')
})

test('an issuer that is no bank’s portal is refused, however often it asks', async () => {
  for (const issuer of ['core-banking', 'claim-server', 'core-banking'] as const)
    await expect(findCallingBank(database, { issuer })).rejects.toMatchObject({
      code: 'unauthenticated',
    })
})
