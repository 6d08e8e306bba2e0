import { sql } from 'drizzle-orm'
import { bigint, integer, pgTable, text, timestamp } from 'drizzle-orm/pg-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type FreshDatabase, freshDatabase } from '../test/support/database.ts'
import { insertRows } from './insert-rows.ts'

const things = pgTable('things', {
  id: integer().primaryKey(),
  shownName: text().notNull().default('nameless'),
  reason: text(),
  amountMinor: bigint({ mode: 'bigint' }).notNull(),
  madeAt: timestamp({ withTimezone: true }).notNull(),
})

let database: FreshDatabase
beforeAll(async () => {
  database = await freshDatabase('bank-portal')
  await database.db.execute(sql`create table things (id int primary key,
    shown_name text not null default 'nameless', reason text, amount_minor bigint not null,
    made_at timestamptz not null)`)
})
afterAll(() => database.close())

const madeAt = new Date('2026-04-01T09:30:00.123Z')

test('rows are stored as they were given, to the last unit; columns left out get their defaults', async () => {
  const rows = [
    { id: 1, reason: 'quoted "\\ {a,b} é', amountMinor: 9_007_199_254_740_991n, madeAt },
    { id: 2, reason: null, amountMinor: -1n, madeAt },
  ]
  await database.db.transaction((tx) => insertRows(tx, things, rows))
  const stored = await database.db.select().from(things).orderBy(things.id)
  expect(stored).toEqual(rows.map((row) => ({ ...row, shownName: 'nameless' })))
})

test('rows of different columns are refused, and none is stored', async () => {
  const rows = [
    { id: 3, amountMinor: 1n, madeAt },
    { id: 4, amountMinor: 1n, madeAt, reason: 'late' },
  ]
  const stored = database.db.transaction((tx) => insertRows(tx, things, rows))
  await expect(stored).rejects.toThrow('rows of different columns')
  expect(await database.db.$count(things, sql`id > 2`)).toBe(0)
})
