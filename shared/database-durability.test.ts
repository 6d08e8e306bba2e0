import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type FreshDatabase, freshDatabase } from '../test/support/database.ts'
import { type Database, openDatabase } from './database.ts'
import { checkDurability } from './database-durability.ts'
import { StartError } from './start-error.ts'

let database: FreshDatabase
beforeAll(async () => {
  database = await freshDatabase('mock-core-banking')
})
afterAll(() => database.close())

const telling = (changed: object) =>
  ({
    execute: async () => [
      { fsync: 'on', full_page_writes: 'on', synchronous_commit: 'on', ...changed },
    ],
  }) as unknown as Database

describe('a service starts', () => {
  test.each(['on', 'local', 'remote_write', 'remote_apply'])(
    'on a database whose synchronous_commit is %s',
    async (synchronous_commit) => {
      await expect(checkDurability(telling({ synchronous_commit }))).resolves.toBeUndefined()
    },
  )

  test('on an unsafe one only when that was asked for', async () => {
    await expect(checkDurability(database.db, { allowUnsafe: true })).resolves.toBeUndefined()
  })
})

describe('a service does not start', () => {
  test.each(['fsync', 'full_page_writes', 'synchronous_commit'])(
    'on a database whose %s is off, and says so in one sentence',
    async (setting) => {
      const check = checkDurability(telling({ [setting]: 'off' }))
      await expect(check).rejects.toThrow(StartError)
      await expect(check).rejects.toThrow(
        `the database at DATABASE_URL may lose commits (${setting}=off): switch that setting on, or set ALLOW_UNSAFE_DATABASE=true for a test`,
      )
    },
  )

  test('on the server of these tests, which flushes nothing', async () => {
    await expect(checkDurability(database.db)).rejects.toThrow(
      'may lose commits (fsync=off, full_page_writes=off, synchronous_commit=off): switch these settings on',
    )
  })

  test.each([
    ['nobody listens', (url: string) => url.replace(/:\d+\//, ':1/'), 'ECONNREFUSED'],
    ['there is no such database', (url: string) => `${url}_none`, '3D000'],
    ['the password is wrong', (url: string) => url.replace(/:[^:@]+@/, ':wrong@'), '28P01'],
  ])('when %s, and names the variable, never the password', async (_name, bend, code) => {
    const { db, close } = openDatabase(bend(database.url))
    await expect(checkDurability(db)).rejects.toThrow(
      new StartError(`the database at DATABASE_URL does not answer (${code})`),
    )
    await close()
  })
})
