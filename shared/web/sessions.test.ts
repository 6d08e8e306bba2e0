import { sql } from 'drizzle-orm'
import { pgSchema } from 'drizzle-orm/pg-core'
import { Hono } from 'hono'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { type FreshDatabase, freshDatabase } from '../../test/support/database.ts'
import { createSessions, type Sessions, sessionTable, type SessionVariables } from './sessions.ts'

interface Visit {
  name: string
  pages: number
}

const site = { publicUrl: 'https://bank.example', name: 'portal' }
const table = sessionTable<Visit>(pgSchema('web_test'))
let database: FreshDatabase
let sessions: Sessions<Visit>
let at: number

const pass = (seconds: number) => {
  at += seconds * 1000
}

const app = new Hono<{ Variables: SessionVariables<Visit> }>()
  .use((c, next) => sessions.load(c, next))
  .get('/', (c) => c.json({ session: c.var.session ?? null, ended: c.var.sessionEnded }))
  .get('/poll', (c) => c.json({ session: c.var.session ?? null }))
  .post('/sign-in', async (c) => {
    await sessions.start(c, { subject: 'haruka', data: { name: 'Haruka', pages: 0 } })
    return c.text('')
  })
  .post('/count', async (c) => {
    const data = c.var.session?.data
    if (data) await sessions.save(c, { ...data, pages: data.pages + 1 })
    return c.text('')
  })
  .post('/sign-out', async (c) => {
    await sessions.end(c)
    return c.text('')
  })

const send = (path: string, cookie = '', method = 'GET') =>
  app.request(path, { method, headers: { cookie } })

const signIn = async (cookie = '') => {
  const headers = (await send('/sign-in', cookie, 'POST')).headers.getSetCookie()
  return headers.find((one) => one.includes('-session='))?.split(';')[0] ?? ''
}

const isSignedIn = async (cookie: string, path = '/') => {
  const body = (await (await send(path, cookie)).json()) as { session: unknown }
  return body.session !== null
}

beforeAll(async () => {
  database = await freshDatabase('claim-server')
  await database.db.execute(sql`create schema web_test`)
  await database.db.execute(sql`create table web_test.sessions (id_hash text primary key,
    subject text not null, data jsonb not null, started_at timestamptz not null, seen_at timestamptz not null)`)
})
afterAll(() => database?.close())

beforeEach(async () => {
  await database.db.delete(table)
  at = Date.UTC(2026, 10, 23, 1)
  sessions = createSessions({
    db: database.db,
    table,
    site,
    now: () => new Date(at),
    passive: (c) => c.req.path === '/poll',
  })
})

it('a session holds what was stored and lives in a cookie that scripts can’t read', async () => {
  const response = await send('/sign-in', '', 'POST')
  expect(response.headers.getSetCookie()[0]).toMatch(
    /^__Host-portal-session=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
  )
  const cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  await send('/count', cookie, 'POST')
  expect(await (await send('/', cookie)).json()).toEqual({
    session: { subject: 'haruka', data: { name: 'Haruka', pages: 1 } },
    ended: false,
  })
})

it('the table does not hold the id that the cookie holds', async () => {
  const cookie = await signIn()
  const rows = await database.db.select().from(table)
  expect(rows).toHaveLength(1)
  expect(cookie).not.toContain(rows[0]?.idHash)
})

it('five minutes without a request end a session, not a second earlier than its last noted visit', async () => {
  const cookie = await signIn()
  pass(299)
  expect(await isSignedIn(cookie)).toBe(true)
  pass(299)
  expect(await isSignedIn(cookie)).toBe(true)
  pass(301)
  expect(await (await send('/', cookie)).json()).toEqual({ session: null, ended: true })
})

it('a visit within seconds of the last writes nothing: idleness is seen that much too early, never too late', async () => {
  const cookie = await signIn()
  const seenAt = async () => (await database.db.select().from(table))[0]?.seenAt.getTime()
  const signedInAt = at
  pass(4)
  expect(await isSignedIn(cookie)).toBe(true)
  expect(await seenAt()).toBe(signedInAt)
  pass(2)
  expect(await isSignedIn(cookie)).toBe(true)
  expect(await seenAt()).toBe(at)
  pass(4)
  expect(await isSignedIn(cookie)).toBe(true)
  pass(297)
  expect(await isSignedIn(cookie)).toBe(false)
})

it('thirty minutes end a session, however busy it is', async () => {
  const cookie = await signIn()
  for (let minute = 0; minute < 29; minute++) {
    pass(60)
    expect(await isSignedIn(cookie)).toBe(true)
  }
  pass(61)
  expect(await isSignedIn(cookie)).toBe(false)
})

it('polling by a page does not put off the idle end', async () => {
  const cookie = await signIn()
  for (let second = 0; second < 300; second += 20) {
    expect(await isSignedIn(cookie, '/poll')).toBe(true)
    pass(20)
  }
  expect(await isSignedIn(cookie, '/poll')).toBe(false)
})

it('signing in makes a new id, and the one before is worth nothing', async () => {
  const first = await signIn()
  const second = await signIn(first)
  expect(second).not.toBe(first)
  expect(await isSignedIn(first)).toBe(false)
  expect(await isSignedIn(second)).toBe(true)
})

it('an id planted before sign-in never becomes a session', async () => {
  const planted = `__Host-portal-session=${'x'.repeat(43)}`
  expect(await isSignedIn(planted)).toBe(false)
  expect(await signIn(planted)).not.toBe(planted)
  expect(await isSignedIn(planted)).toBe(false)
})

it('signing out ends the session at the server: a kept cookie is refused', async () => {
  const cookie = await signIn()
  const headers = (await send('/sign-out', cookie, 'POST')).headers.getSetCookie()
  expect(headers[0]).toMatch(/^__Host-portal-session=; Max-Age=0; Path=\/; Secure$/)
  expect(await isSignedIn(cookie)).toBe(false)
})

it('all sessions of one person can be ended, and ended ones are cleared away', async () => {
  const [one, two] = [await signIn(), await signIn()]
  await sessions.endAllOf('haruka')
  expect([await isSignedIn(one), await isSignedIn(two)]).toEqual([false, false])
  await signIn()
  pass(301)
  await sessions.deleteEnded()
  expect(await database.db.select().from(table)).toEqual([])
})
