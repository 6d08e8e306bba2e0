import { eq, sql } from 'drizzle-orm'
import { integer, pgTable, text } from 'drizzle-orm/pg-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type FreshDatabase, freshDatabase } from '../test/support/database.ts'
import { prepareOnce, type ValueOf } from './prepare-once.ts'

const things = pgTable('kept_things', { name: text().notNull(), size: integer().notNull() })
let made = 0

const findThings = prepareOnce((db, value: ValueOf<{ name: string; most: number }>) => {
  made += 1
  return db
    .select()
    .from(things)
    .where(eq(things.name, value('name')))
    .orderBy(things.size)
    .limit(value('most'))
})

let one: FreshDatabase
let other: FreshDatabase
beforeAll(async () => {
  ;[one, other] = await Promise.all([
    freshDatabase('mock-core-banking'),
    freshDatabase('mock-core-banking'),
  ])
  for (const [{ db }, sizes] of [
    [one, [3, 1, 2]],
    [other, [7]],
  ] as const) {
    await db.execute(sql`create table kept_things (name text not null, size integer not null)`)
    await db.insert(things).values(sizes.map((size) => ({ name: "o'clock", size })))
  }
})
afterAll(async () => {
  await one.close()
  await other.close()
})

test('its text is made once for each database, whatever the values', async () => {
  const sizes = async ({ db }: FreshDatabase, name: string, most: number) =>
    (await findThings(db, { name, most })).map((thing) => thing.size)
  expect(await sizes(one, "o'clock", 2)).toEqual([1, 2])
  expect(await sizes(one, "o'clock", 9)).toEqual([1, 2, 3])
  expect(await sizes(one, 'nothing', 9)).toEqual([])
  expect(made).toBe(1)
  expect(await sizes(other, "o'clock", 9)).toEqual([7])
  expect(made).toBe(2)
})
