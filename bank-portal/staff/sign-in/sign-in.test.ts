import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { bankCustomers, bankStaff } from '../../../test/demo/bank-world.ts'
import { type FreshDatabase, freshDatabase } from '../../../test/support/database.ts'
import { type Desk, deskUrl, openDesk } from '../../../test/support/staff-desk.ts'
import type { Visitor } from '../../../test/support/visitor.ts'
import { signInTries } from '../../sign-in/sign-in-tries.table.ts'
import { staffSessions } from './staff-sessions.table.ts'

let database: FreshDatabase
let desk: Desk
beforeAll(async () => {
  database = await freshDatabase('bank-portal')
})
afterAll(() => database.close())
beforeEach(async () => {
  await database.db.delete(staffSessions)
  await database.db.delete(signInTries)
  desk = await openDesk({ db: database.db })
})

const form = 'form[action="/staff/sign-in"]'
const right = { staffId: bankStaff.clerk.staffId, password: bankStaff.clerk.password }

const signIn = async (
  fields: Record<string, string>,
  { visitor = desk.visitor(), path = '/staff/sign-in' }: { visitor?: Visitor; path?: string } = {},
) => visitor.submit(await desk.open(visitor, path), form, fields)

const sessionOf = (visitor: Visitor) => visitor.cookies.get('staff-session')

describe('staff signing in', () => {
  it('come to the desk, and the log says so', async () => {
    const page = await signIn(right)
    expect(page.url).toBe(`${deskUrl}/staff`)
    expect(page.root.querySelector('.who-name')?.text).toBe('Sota Yamada')
    expect(desk.world.audit.map(({ act, staffId }) => [act, staffId])).toContainEqual([
      'sign-in',
      'clerk',
    ])
  })

  it('come to the page that asked for it', async () => {
    const visitor = desk.visitor()
    const asked = await desk.open(visitor, '/staff/claims?shop=hats')
    expect(asked.url).toBe(`${deskUrl}/staff/sign-in?next=%2Fstaff%2Fclaims%3Fshop%3Dhats`)
    expect((await visitor.submit(asked, form, right)).url).toBe(`${deskUrl}/staff/claims?shop=hats`)
  })

  it.each(['https://evil.example/', '//evil.example', '/claims', '/staffing', '/staff/../claims'])(
    'never lead away from the desk: %s',
    async (next) => {
      expect((await signIn({ ...right, next })).url).toBe(`${deskUrl}/staff`)
    },
  )

  it('get one answer for a wrong password, an unknown id, and an operator', async () => {
    const { operator } = bankStaff
    const wrong = await signIn({ ...right, password: 'no' })
    const unknown = await signIn({ staffId: 'nobody', password: 'no' })
    const other = await signIn({ staffId: operator.staffId, password: operator.password })
    expect([wrong.status, unknown.status, other.status]).toEqual([401, 401, 401])
    expect([unknown.text, other.text]).toEqual([wrong.text, wrong.text])
  })

  it('are no customers: a customer’s sign-in opens no desk', async () => {
    const { userId, password } = bankCustomers.haruka
    expect((await signIn({ staffId: userId, password })).status).toBe(401)
  })

  it('are told what was not filled in', async () => {
    const page = await signIn({ staffId: '', password: '' })
    expect(page.status).toBe(422)
    expect(page.root.querySelectorAll('.field.has-error')).toHaveLength(2)
  })

  it.each(['checkStaffCredentials', 'recordAct'])(
    'get in by nothing while %s finds no answer, and no try counts',
    async (call) => {
      desk.world.silent.add(call)
      for (let tries = 0; tries < 6; tries++) expect((await signIn(right)).status).toBe(503)
      desk.world.silent.clear()
      expect((await signIn(right)).status).toBe(200)
    },
  )

  it('are paused after five wrong tries, also with the right password', async () => {
    for (let tries = 0; tries < 5; tries++) await signIn({ ...right, password: 'no' })
    const page = await signIn(right)
    expect(page.status).toBe(429)
    expect(page.text).toContain('Please try again in 2 minutes')
  })

  it('are refused without the form’s own token', async () => {
    const page = await signIn({ ...right, _csrf: 'of-another-page' })
    expect(page.status).toBe(403)
    expect(page.text).toContain('This page was open too long')
  })
})

describe('a session of the desk', () => {
  const age = (column: 'seenAt' | 'startedAt', seconds: number) =>
    database.db
      .update(staffSessions)
      .set({ [column]: new Date(Date.now() - seconds * 1000) })
      .where(eq(staffSessions.subject, 'clerk'))

  it.each([
    ['seenAt', 299, 301],
    ['startedAt', 1799, 1801],
  ] as const)('by its %s lives %d seconds and not %d', async (column, live, ended) => {
    const visitor = await desk.signedIn()
    await age(column, live)
    expect((await desk.open(visitor, '/staff/claims')).url).toBe(`${deskUrl}/staff/claims`)
    await age(column, ended)
    const page = await desk.open(visitor, '/staff/claims')
    expect(page.url).toContain('/staff/sign-in?next=%2Fstaff%2Fclaims')
    expect(page.text).toContain('You were signed out')
  })

  it('ends on the server at sign-out', async () => {
    const visitor = await desk.signedIn()
    const cookie = sessionOf(visitor) ?? ''
    const signOut = 'form[action="/staff/sign-out"]'
    const page = await visitor.submit(await desk.open(visitor, '/staff'), signOut)
    expect(page.text).toContain('You are signed out')
    visitor.cookies.set('staff-session', cookie)
    expect((await desk.open(visitor, '/staff')).url).toContain('/staff/sign-in')
  })

  it('has a new id at every sign-in, so that one planted before is worth nothing', async () => {
    const visitor = desk.visitor()
    visitor.cookies.set('staff-session', 'planted')
    await signIn(right, { visitor })
    expect(sessionOf(visitor)).not.toBe('planted')
    visitor.cookies.set('staff-session', 'planted')
    expect((await desk.open(visitor, '/staff')).url).toContain('/staff/sign-in')
  })

  it('is no session of a customer, and a customer’s none of the desk', async () => {
    const visitor = await desk.signedIn()
    const cookie = sessionOf(visitor) ?? ''
    visitor.cookies.delete('staff-session')
    visitor.cookies.set('portal-session', cookie)
    expect((await desk.open(visitor, '/claims')).url).toContain(`${deskUrl}/sign-in`)
  })

  it('that ended sends a fragment to the sign-in, and a post is not sent on', async () => {
    const response = await desk.app.request('/staff/claims?shop=x', {
      headers: { 'hx-request': 'true', 'hx-current-url': `${deskUrl}/staff/claims?shop=y` },
    })
    expect(response.status).toBe(401)
    expect(response.headers.get('hx-redirect')).toBe(
      '/staff/sign-in?next=%2Fstaff%2Fclaims%3Fshop%3Dy',
    )
    const visitor = await desk.signedIn()
    const page = await desk.open(visitor, '/staff/sign-in')
    expect(page.url).toBe(`${deskUrl}/staff`)
  })
})

describe('the desk', () => {
  it('knows no page of the customers, and answers its own unknown ones by itself', async () => {
    const visitor = await desk.signedIn()
    const page = await desk.open(visitor, '/staff/nowhere')
    expect(page.status).toBe(404)
    expect(page.root.querySelector('.brand')?.getAttribute('href')).toBe('/staff')
    const other = await desk.open(visitor, '/staff/sign-out')
    expect(other.status).toBe(405)
    expect(other.root.querySelector('.brand')?.getAttribute('href')).toBe('/staff')
  })

  it('keeps its language apart from the customers’', async () => {
    const visitor = await desk.signedIn()
    const page = await desk.open(visitor, '/staff/claims')
    const switched = await visitor.submit(page, 'form[action="/staff/language"]', {
      language: 'ja',
    })
    expect(switched.url).toBe(`${deskUrl}/staff/claims`)
    expect(switched.text).toContain('請求照会')
    expect(visitor.cookies.get('staff-language')).toBe('ja')
    expect(visitor.cookies.has('portal-language')).toBe(false)
  })
})
