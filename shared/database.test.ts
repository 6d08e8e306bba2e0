import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import postgres from 'postgres'
import { sql } from 'drizzle-orm'
import { describe, expect, inject, test, vi } from 'vitest'
import { freshDatabase } from '../test/support/database.ts'
import {
  migrateDatabase,
  openDatabase,
  reconnectSeconds,
  type ServiceName,
  sqlState,
  type Transaction,
  violatesUnique,
} from './database.ts'

const root = join(import.meta.dirname, '..')
const services: ServiceName[] = ['claim-server', 'bank-portal', 'mock-core-banking']
const migrated = services.filter((service) => existsSync(join(root, service, 'migrations')))

const emptyDatabase = async () => {
  const name = `empty_${crypto.randomUUID().replaceAll('-', '')}`
  const server = postgres(`${inject('postgresUrl')}/postgres`, { max: 1, onnotice: () => {} })
  await server.unsafe(`create database ${name}`)
  return {
    url: `${inject('postgresUrl')}/${name}`,
    drop: async () => {
      await server.unsafe(`drop database ${name} with (force)`)
      await server.end()
    },
  }
}

describe.each(migrated)('the database of %s', (service) => {
  const journal = JSON.parse(
    readFileSync(join(root, service, 'migrations', 'meta', '_journal.json'), 'utf8'),
  ) as { entries: unknown[] }

  test('is migrated once when eight replicas start together, and none fails', async () => {
    const { url, drop } = await emptyDatabase()
    const starts = await Promise.allSettled(
      Array.from({ length: 8 }, () => migrateDatabase(url, service)),
    )
    expect(starts.filter(({ status }) => status === 'rejected')).toEqual([])
    const { db, close } = openDatabase(url, { max: 1 })
    const table = sql.identifier(`${service.replaceAll('-', '_')}_migrations`)
    const [row] = await db.execute<{ count: number }>(
      sql`select count(*)::int as count from drizzle.${table}`,
    )
    expect(row?.count).toBe(journal.entries.length)
    await Promise.all(Array.from({ length: 8 }, () => migrateDatabase(url, service)))
    await close()
    await drop()
  })
})

test('services that share a database are migrated at once, and none fails', async () => {
  const { url, drop } = await emptyDatabase()
  const other = postgres(url, { max: 2, onnotice: () => {} })
  const areAllWaiting = async () => {
    const [row] = await other<{ waiting: number }[]>`
      select count(*)::int as waiting from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`
    return row?.waiting === services.length
  }
  const first = await other.reserve()
  // What all of them make first is being made here: those that don't wait their turn meet in it.
  await first`begin`
  await first`create schema drizzle`
  const starts = Promise.allSettled(services.map((service) => migrateDatabase(url, service)))
  await vi.waitUntil(areAllWaiting, { timeout: 10_000, interval: 20 })
  await first`rollback`
  first.release()
  expect((await starts).filter(({ status }) => status === 'rejected')).toEqual([])
  await other.end()
  await drop()
})

test('a statement after the end of its transaction is refused: it would commit by itself', async () => {
  const { url, drop } = await emptyDatabase()
  const { db, close } = openDatabase(url, { max: 1 })
  await db.execute(sql`create table written (at text)`)
  let transaction: Transaction | undefined
  await db.transaction(async (tx) => {
    transaction = tx
  })
  const late = transaction?.execute(sql`insert into written values ('after')`)
  await expect(late).rejects.toMatchObject({
    cause: { message: 'a statement after the end of its transaction' },
  })
  expect(await db.execute(sql`select * from written`)).toEqual([])
  await close()
  await drop()
})

test('a statement of many rows is not kept by the server: there is another for each number of them', async () => {
  const { url, drop } = await emptyDatabase()
  const { db, close } = openDatabase(url, { max: 1 })
  const sumOf = (count: number) => {
    const values = Array.from({ length: count }, () => sql`(${1}::int)`)
    return db.execute(sql`select sum(v) from (values ${sql.join(values, sql`, `)}) as row (v)`)
  }
  await sumOf(100)
  await sumOf(101)
  const kept = await db.execute(
    sql`select from pg_prepared_statements where statement like 'select sum%'`,
  )
  expect(kept).toHaveLength(1)
  await close()
  await drop()
})

test('a database that is back is used within a second, however many connections were lost', () => {
  for (let retries = 0; retries < 100; retries++) {
    expect(reconnectSeconds(retries)).toBeGreaterThan(0)
    expect(reconnectSeconds(retries)).toBeLessThanOrEqual(1)
  }
})

test('a row that a unique constraint refuses is known by the constraint’s name', async () => {
  const { db, close } = await freshDatabase('mock-core-banking')
  const insert = db.execute(
    sql`insert into core_banking.spent_tokens (issuer, token_id, expires_at)
      values ('a', 'b', now()), ('a', 'b', now())`,
  )
  const error = await insert.catch((caught: unknown) => caught)
  expect(violatesUnique(error, 'spent_tokens_pk')).toBe(true)
  expect(violatesUnique(error, 'another')).toBe(false)
  expect(sqlState(error)).toBe('23505')
  await close()
})

test.each([undefined, null, 'text', new Error('no code'), {}])(
  'what is no database error has no state: %s',
  (error) => {
    expect(sqlState(error)).toBeUndefined()
    expect(violatesUnique(error, 'spent_tokens_pk')).toBe(false)
  },
)
