import { sql } from 'drizzle-orm'
import { pgSchema } from 'drizzle-orm/pg-core'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { type FreshDatabase, freshDatabase } from '../../test/support/database.ts'
import { createThrottle, type SignInTry, type Throttle, throttleTable } from './throttle.ts'

const table = throttleTable(pgSchema('web_test'))
let database: FreshDatabase
let throttle: Throttle
let at: number

const tryAs = (account: string, address: string, device?: string) =>
  throttle.count({ account, address, device })

const allowedOf = async (tries: SignInTry[]) => {
  let allowed = 0
  for (const one of tries) if ((await throttle.count(one)).allowed) allowed += 1
  return allowed
}

beforeAll(async () => {
  database = await freshDatabase('claim-server')
  await database.db.execute(sql`create schema web_test`)
  await database.db.execute(
    sql`create table web_test.sign_in_tries (key text primary key, full_until timestamptz not null)`,
  )
})
afterAll(() => database?.close())

beforeEach(async () => {
  await database.db.delete(table)
  at = Date.UTC(2026, 10, 23, 1)
  throttle = createThrottle({ db: database.db, table, now: () => new Date(at) })
})

it('of many parallel guesses at one account from one address, five are looked at', async () => {
  const outcomes = await Promise.all(Array.from({ length: 42 }, () => tryAs('a', '203.0.113.1')))
  expect(outcomes.filter(({ allowed }) => allowed)).toHaveLength(5)
})

it('a refused try says when the next one is possible, and then it is', async () => {
  for (let i = 0; i < 5; i++) await tryAs('a', '203.0.113.1')
  const refused = await tryAs('a', '203.0.113.1')
  expect(refused).toEqual({ allowed: false, retryAfterSeconds: 120 })
  at += 119_000
  expect((await tryAs('a', '203.0.113.1')).allowed).toBe(false)
  at += 1000
  expect((await tryAs('a', '203.0.113.1')).allowed).toBe(true)
})

it('many accounts sprayed from one address are throttled', async () => {
  const tries = Array.from({ length: 100 }, (_, i) => ({
    account: `a${i}`,
    address: '203.0.113.1',
  }))
  expect(await allowedOf(tries)).toBe(30)
})

it('one account guessed at from many addresses is throttled', async () => {
  const tries = Array.from({ length: 100 }, (_, i) => ({
    account: 'a',
    address: `203.0.113.${i}`,
  }))
  expect(await allowedOf(tries)).toBe(20)
})

it('all addresses of one IPv6 network count as one', async () => {
  const tries = Array.from({ length: 10 }, (_, i) => ({
    account: 'a',
    address: `2001:db8::${i + 1}`,
  }))
  expect(await allowedOf(tries)).toBe(5)
})

it('a stranger can’t keep a customer out of a browser that signed in before', async () => {
  for (let i = 0; i < 100; i++) await tryAs('a', `203.0.113.${i}`)
  for (let i = 0; i < 40; i++) await tryAs(`b${i}`, '198.51.100.7')
  expect((await tryAs('a', '198.51.100.7')).allowed).toBe(false)
  expect((await tryAs('a', '198.51.100.7', 'device')).allowed).toBe(true)
})

it('a browser that signed in before has five tries of its own', async () => {
  const tries = Array.from({ length: 10 }, () => ({
    account: 'a',
    address: '203.0.113.1',
    device: 'd',
  }))
  expect(await allowedOf(tries)).toBe(5)
})

it('a successful sign-in gives its try back', async () => {
  for (let i = 0; i < 50; i++) {
    const outcome = await tryAs('a', '203.0.113.1')
    expect(outcome.allowed).toBe(true)
    if (outcome.allowed) await outcome.giveBack()
  }
})

it('a try that one limit refuses does not count against the others', async () => {
  for (let i = 0; i < 60; i++) await tryAs('a', '203.0.113.1')
  const others = Array.from({ length: 40 }, (_, i) => ({
    account: `b${i}`,
    address: '203.0.113.1',
  }))
  expect(await allowedOf(others)).toBe(25)
})

it('what is kept names neither account nor address, and is cleared when forgotten', async () => {
  await tryAs('0901-101-1-0014471', '203.0.113.1')
  const rows = await database.db.select().from(table)
  expect(rows).toHaveLength(3)
  expect(JSON.stringify(rows)).not.toMatch(/0014471|203\.0\.113/)
  at += 3600_000
  await throttle.deleteForgotten()
  expect(await database.db.select().from(table)).toEqual([])
})
