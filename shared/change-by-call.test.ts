import { randomUUIDv7 } from 'node:crypto'
import { pgSchema } from 'drizzle-orm/pg-core'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type FreshDatabase, freshDatabase } from '../test/support/database.ts'
import { changeTogether } from './change-by-call.ts'
import type { Transaction } from './database.ts'
import { AppError } from './errors.ts'
import type { ServiceCaller } from './service-token.ts'
import { spentTokensTable } from './spent-tokens.ts'

const spentTokens = spentTokensTable(pgSchema('core_banking'))
let database: FreshDatabase
let locked: number[][]
let changed: number[][]

beforeAll(async () => {
  database = await freshDatabase('mock-core-banking')
  await database.db.execute(
    sql`create table things (thing smallint primary key check (thing > 0), transaction bigint)`,
  )
})
beforeEach(async () => {
  locked = []
  changed = []
  await database.db.execute(sql`truncate things`)
})
afterAll(() => database.close())

const newCaller = (): ServiceCaller => ({
  issuer: 'bank-portal',
  tokenId: randomUUIDv7(),
  expiresAt: new Date(Date.now() + 60_000),
  onBehalfOf: undefined,
  correlationId: undefined,
})

/** Numbers that are refused without being asked for. */
const isRefused = (thing: number) => thing === 404

const steps = {
  find: async (_tx: Transaction, things: number[]) => {
    locked.push(things)
    if (things.includes(21)) throw new TypeError('a fault of ours in finding')
  },
  change: async (tx: Transaction, things: number[]) => {
    changed.push(things)
    if (things.includes(13)) throw new TypeError('a fault of ours')
    for (const thing of things)
      if (!isRefused(thing))
        await tx.execute(sql`insert into things values (${thing}::bigint, txid_current())`)
    return things.map((thing) =>
      isRefused(thing) ? { error: new AppError('not-found') } : { reply: thing },
    )
  },
}

const change = async (things: number[], caller: ServiceCaller | undefined = newCaller()) => {
  const answers = await changeTogether({ db: database.db, spentTokens }, caller, things, steps)
  return answers.map((one) => ('reply' in one ? one.reply : 'error'))
}

const stored = async () => {
  const rows = await database.db.execute<{ thing: number; transaction: string }>(
    sql`select thing, transaction from things order by thing`,
  )
  return {
    things: rows.map((row) => row.thing),
    transactions: new Set(rows.map((row) => row.transaction)).size,
  }
}

const isSpent = async ({ tokenId }: ServiceCaller) => {
  const [row] = await database.db.execute<{ count: number }>(
    sql`select count(*)::int as count from ${spentTokens} where token_id = ${tokenId}`,
  )
  return row?.count === 1
}

test('the items of one call are changed in one transaction, and it spends their token', async () => {
  const caller = newCaller()
  expect(await change([1, 2, 3], caller)).toEqual([1, 2, 3])
  expect(await stored()).toEqual({ things: [1, 2, 3], transactions: 1 })
  expect(changed).toEqual([[1, 2, 3]])
  expect(await isSpent(caller)).toBe(true)
})

test('one that is refused keeps none from being changed', async () => {
  expect(await change([1, 404, 3])).toEqual([1, 'error', 3])
  expect(await stored()).toMatchObject({ things: [1, 3] })
  expect(changed).toHaveLength(1)
})

test.each([
  ['breaks a rule of its table', -5],
  ['is there twice', 1],
  ['fits no column', 99_999_999],
  ['meets a fault of ours', 13],
  ['can’t be found for a fault of ours', 21],
])('one that %s fails alone, and the others are changed after all', async (_what, bad) => {
  const caller = newCaller()
  expect(await change([1, bad, 3], caller)).toEqual([1, 'error', 3])
  expect((await stored()).things).toEqual([1, 3])
  expect(await isSpent(caller)).toBe(true)
})

test('before they are tried one by one, all their locks are taken anew', async () => {
  await change([3, 13, 1])
  const [together, again, ...each] = locked
  expect([together, again]).toEqual([
    [3, 13, 1],
    [3, 13, 1],
  ])
  expect(each).toEqual([[3], [13], [1]])
  expect(changed).toEqual([[3, 13, 1], [3], [13], [1]])
})

test('a fault of ours in a single one is told at once', async () => {
  await expect(change([13])).rejects.toThrow('a fault of ours')
  expect(changed).toEqual([[13]])
})

test('a token presented twice changes nothing the second time, and nothing is tried', async () => {
  const caller = newCaller()
  await change([1], caller)
  await expect(change([2, 3], caller)).rejects.toMatchObject({ code: 'unauthenticated' })
  expect(changed).toEqual([[1]])
  expect((await stored()).things).toEqual([1])
})

test('a database that is gone in the middle is not asked once more', async () => {
  const gone = {
    ...steps,
    change: async (_tx: Transaction, things: number[]) => {
      changed.push(things)
      throw Object.assign(new Error('closed'), { code: 'CONNECTION_CLOSED' })
    },
  }
  const asked = changeTogether({ db: database.db, spentTokens }, newCaller(), [1, 2], gone)
  await expect(asked).rejects.toThrow('closed')
  expect(changed).toEqual([[1, 2]])
})

test('a worker has no token, and changes all the same', async () => {
  const answers = await changeTogether({ db: database.db, spentTokens }, undefined, [7], steps)
  expect(answers).toEqual([{ reply: 7 }])
})
