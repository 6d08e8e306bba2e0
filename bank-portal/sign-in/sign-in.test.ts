import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type FreshDatabase, freshDatabase } from '../../test/support/database.ts'
import { openPortal, portalUrl, type TestPortal } from '../../test/support/portal.ts'
import type { Visitor } from '../../test/support/visitor.ts'
import { sessions } from './sessions.table.ts'
import { signInTries } from './sign-in-tries.table.ts'

let database: FreshDatabase
let portal: TestPortal
beforeAll(async () => {
  database = await freshDatabase('bank-portal')
})
afterAll(() => database.close())
beforeEach(async () => {
  await database.db.delete(sessions)
  await database.db.delete(signInTries)
  portal = await openPortal({ db: database.db })
})

const form = 'form[action="/sign-in"]'
const right = { branch: '101', accountNumber: '0014471', password: 'maple-harbour-17' }

const signIn = async (
  fields: Record<string, string>,
  { visitor = portal.visitor(), path = '/sign-in' }: { visitor?: Visitor; path?: string } = {},
) => visitor.submit(await portal.open(visitor, path), form, fields)

const sessionOf = (visitor: Visitor) => visitor.cookies.get('portal-session')

describe('signing in', () => {
  it('by branch and account number leads to the member menu', async () => {
    const page = await signIn(right)
    expect(page.url).toBe(`${portalUrl}/`)
    expect(page.text).toContain('Haruka Sato')
  })

  it('by user id leads to the member menu', async () => {
    const page = await signIn(
      { userId: 'haruka', password: right.password },
      { path: '/sign-in?by=user' },
    )
    expect(page.text).toContain('Haruka Sato')
  })

  it('takes full-width digits and blanks', async () => {
    const page = await signIn({ ...right, branch: '１０１', accountNumber: '001 4471' })
    expect(page.text).toContain('Haruka Sato')
  })

  it('leads back to the page that asked for it', async () => {
    const visitor = portal.visitor()
    const asked = await portal.open(visitor, '/accounts')
    expect(asked.url).toBe(`${portalUrl}/sign-in?next=%2Faccounts`)
    expect((await visitor.submit(asked, form, right)).url).toBe(`${portalUrl}/accounts`)
  })

  it.each([
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    'javascript:alert(1)',
    '/.//evil.example',
  ])('never leads away from the bank: %s', async (next) => {
    const page = await signIn({ ...right, next })
    expect(new URL(page.url).origin).toBe(portalUrl)
    expect(page.url).toBe(`${portalUrl}/`)
  })

  it('makes a new session id, so that one planted before is worth nothing', async () => {
    const visitor = portal.visitor()
    visitor.cookies.set('portal-session', 'planted')
    await signIn(right, { visitor })
    const first = sessionOf(visitor)
    expect(first).not.toBe('planted')
    visitor.cookies.set('portal-session', 'planted')
    expect((await portal.open(visitor, '/claims')).url).toContain('/sign-in')
  })

  it('answers a wrong password and an unknown account in the same words', async () => {
    const wrong = await signIn({ ...right, password: 'no' })
    const unknown = await signIn({ ...right, accountNumber: '7654321', password: 'no' })
    expect([wrong.status, unknown.status]).toEqual([401, 401])
    expect(unknown.text).toBe(wrong.text)
    expect(wrong.root.querySelector('[name=password]')?.getAttribute('value')).toBeUndefined()
  })

  it('names what was not filled in, field by field', async () => {
    const page = await signIn({ branch: '1', accountNumber: '', password: '' })
    expect(page.status).toBe(422)
    expect(page.root.querySelectorAll('.field.has-error')).toHaveLength(3)
  })

  it('says when the core does not answer, and counts no try', async () => {
    portal.mocks.faults.core.set('503', { calls: ['checkCredentials'] })
    for (let tries = 0; tries < 6; tries++) {
      const page = await signIn(right)
      expect(page.status).toBe(503)
      expect(page.text).toContain('not possible at the moment')
    }
    portal.mocks.faults.core.clear()
    expect((await signIn(right)).text).toContain('Haruka Sato')
  })
})

describe('too many tries', () => {
  const wrong = { ...right, password: 'no' }
  const useUp = async () => {
    for (let tries = 0; tries < 5; tries++) expect((await signIn(wrong)).status).toBe(401)
  }

  it('pause even the right password, and say for how long', async () => {
    await useUp()
    const page = await signIn(right)
    expect(page.status).toBe(429)
    expect(page.text).toContain('Please try again in 2 minutes')
  })

  it('look the same for an account that does not exist', async () => {
    const unknown = { ...wrong, accountNumber: '7654321' }
    for (let tries = 0; tries < 5; tries++) expect((await signIn(unknown)).status).toBe(401)
    expect((await signIn(unknown)).status).toBe(429)
  })

  it('count together however the user id is spelled: the core takes any of these for the same', async () => {
    const spelled = ['haruka', 'HARUKA', 'ｈaruka', 'hａruka', 'ⓗaruka']
    const by = { path: '/sign-in?by=user' }
    for (const userId of spelled)
      expect((await signIn({ userId, password: 'no' }, by)).status).toBe(401)
    expect((await signIn({ userId: 'harukａ', password: right.password }, by)).status).toBe(429)
  })

  it('of a stranger do not stop the customer, whose browser signed in before', async () => {
    const visitor = portal.visitor()
    await signIn(right, { visitor })
    await visitor.submit(await portal.open(visitor, '/'), 'form[action="/sign-out"]')
    await useUp()
    expect((await signIn(right)).status).toBe(429)
    expect((await signIn(right, { visitor })).text).toContain('Haruka Sato')
  })

  it('are forgotten for the right ones: success gives its try back', async () => {
    for (let times = 0; times < 8; times++) expect((await signIn(right)).status).toBe(200)
  })
})

describe('a session', () => {
  const age = (column: 'seenAt' | 'startedAt', seconds: number) =>
    database.db
      .update(sessions)
      .set({ [column]: new Date(Date.now() - seconds * 1000) })
      .where(eq(sessions.subject, 'C-100417'))

  it('ends on the server at sign-out', async () => {
    const visitor = await portal.signedIn()
    const cookie = sessionOf(visitor) ?? ''
    const page = await visitor.submit(await portal.open(visitor, '/'), 'form[action="/sign-out"]')
    expect(page.text).toContain('You are signed out')
    visitor.cookies.set('portal-session', cookie)
    expect((await portal.open(visitor, '/claims')).url).toContain('/sign-in')
  })

  it.each([
    ['seenAt', 299, 301],
    ['startedAt', 1799, 1801],
  ] as const)('by its %s lives %d seconds and not %d', async (column, live, ended) => {
    const visitor = await portal.signedIn()
    await age(column, live)
    expect((await portal.open(visitor, '/paid')).url).toBe(`${portalUrl}/paid`)
    await age(column, ended)
    const page = await portal.open(visitor, '/paid')
    expect(page.url).toContain('/sign-in?next=%2Fpaid')
    expect(page.text).toContain('Whatever you had not confirmed was not paid')
  })

  it('is not kept alive by a page that waits for a payment', async () => {
    const visitor = await portal.signedIn()
    await age('seenAt', 200)
    const id = '01a20675-0760-71db-a1ee-097e580e57aa'
    for (const page of [`/payments/${id}`, '/payments/run'])
      for (const path of [page, `${page}/status`])
        await portal.open(visitor, `${path}?id=${id}&id=${id.replace('57aa', '57ab')}`)
    const [row] = await database.db.select().from(sessions)
    expect(Date.now() - (row?.seenAt.getTime() ?? 0)).toBeGreaterThan(190_000)
  })

  it('that ended sends a fragment to the sign-in, and back to the page that it was for', async () => {
    const response = await portal.app.request('/claims/decision?claim=x', {
      headers: { 'hx-request': 'true', 'hx-current-url': `${portalUrl}/claims?claim=x` },
    })
    expect(response.status).toBe(401)
    expect(response.headers.get('hx-redirect')).toBe('/sign-in?next=%2Fclaims%3Fclaim%3Dx')
    expect(await response.text()).toBe('')
  })
})

describe('the language', () => {
  it('is the customer’s own after sign-in, and what they choose from then on', async () => {
    const visitor = await portal.signedIn('kenji.t', 'ja')
    const page = await portal.open(visitor, '/paid')
    expect(page.text).toContain('お支払い済み')
    const switched = await visitor.submit(page, 'form[action="/language"]', { language: 'en' })
    expect(switched.url).toBe(`${portalUrl}/paid`)
    expect(switched.text).toContain('Nothing was paid yet')
    const [row] = await database.db.select().from(sessions)
    expect(row?.data.language).toBe('en')
  })
})
