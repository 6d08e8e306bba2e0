import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  openConsole,
  registerWaiting,
  signedInShop,
  visitorOf,
} from '../../../test/support/console-pages.ts'
import { type FreshDatabase, freshDatabase } from '../../../test/support/database.ts'
import type { Visitor } from '../../../test/support/visitor.ts'
import { consoleSessions, consoleTries, shopLogins } from '../../shops/console.table.ts'
import { setShopLogin } from '../../shops/set-shop-login.ts'
import { type ConsoleWorld, consoleUrl, makeConsoleWorld } from '../../testing/console.ts'

let database: FreshDatabase
let world: ConsoleWorld
const stage = () => ({ world, language: 'en' as const })

beforeAll(async () => {
  database = await freshDatabase('claim-server')
  world = await makeConsoleWorld(database.db)
})
afterAll(async () => {
  world.close()
  await database.close()
})
beforeEach(async () => {
  await database.db.delete(consoleSessions)
  await database.db.delete(consoleTries)
})

const form = 'form[action="/shop/sign-in"]'
const cookie = 'claims-session'

const signIn = async (
  fields: Record<string, string>,
  {
    visitor = visitorOf(stage()),
    path = '/shop/sign-in',
  }: { visitor?: Visitor; path?: string } = {},
) => visitor.submit(await openConsole(visitor, path), form, fields)

describe('signing in', () => {
  it('leads to the orders, under the shop’s name', async () => {
    const page = await signIn(world.login)
    expect(page.url).toBe(`${consoleUrl}/shop/orders`)
    expect(page.root.querySelector('header')?.text).toContain('Shop A Shoes')
  })

  it('takes the id in capitals and full width', async () => {
    const page = await signIn({ ...world.login, signInId: ' ＳＨＯＰ-Ａ ' })
    expect(page.url).toBe(`${consoleUrl}/shop/orders`)
  })

  it('leads back to the page that asked for it', async () => {
    const visitor = visitorOf(stage())
    const asked = await openConsole(visitor, '/shop/orders?list=settled')
    expect(asked.url).toContain('/shop/sign-in?next=')
    const page = await visitor.submit(asked, form, world.login)
    expect(page.url).toBe(`${consoleUrl}/shop/orders?list=settled`)
  })

  it.each(['https://evil.example/', '//evil.example', '/\\evil.example', '/.//evil.example'])(
    'never leads away from here: %s',
    async (next) => {
      const page = await signIn({ ...world.login, next })
      expect(new URL(page.url).origin).toBe(consoleUrl)
    },
  )

  it('makes a new session id, so that one planted before is worth nothing', async () => {
    const visitor = visitorOf(stage())
    visitor.cookies.set(cookie, 'planted')
    await signIn(world.login, { visitor })
    expect(visitor.cookies.get(cookie)).not.toBe('planted')
    visitor.cookies.set(cookie, 'planted')
    expect((await openConsole(visitor, '/shop/orders')).url).toContain('/shop/sign-in')
  })

  it('answers a wrong password and an unknown id in the same words', async () => {
    const wrong = await signIn({ ...world.login, password: 'no' })
    const unknown = await signIn({ signInId: 'nobody', password: 'no' })
    expect([wrong.status, unknown.status]).toEqual([401, 401])
    expect(unknown.text).toBe(wrong.text)
    expect(wrong.root.querySelector('[name=password]')?.getAttribute('value')).toBeUndefined()
  })

  it('needs a form of this visit', async () => {
    const visitor = visitorOf(stage())
    const page = await openConsole(visitor, '/shop/sign-in')
    const refused = await visitor.submit(page, form, { ...world.login, _csrf: 'of-another' })
    expect(refused.status).toBe(403)
    expect(visitor.cookies.has(cookie)).toBe(false)
  })

  it('keeps nothing of the password in the database', async () => {
    const rows = await database.db.select().from(shopLogins)
    expect(rows.length).toBeGreaterThan(0)
    for (const { passwordHash } of rows) expect(passwordHash).toMatch(/^\$argon2id\$/)
  })
})

describe('too many tries', () => {
  const useUp = async () => {
    for (let tries = 0; tries < 5; tries++)
      expect((await signIn({ ...world.login, password: 'no' })).status).toBe(401)
  }

  it('pause even the right password, and say for how long', async () => {
    await useUp()
    const page = await signIn(world.login)
    expect(page.status).toBe(429)
    expect(page.text).toContain('Please try again in 2 minutes')
  })

  it('look the same for an id that does not exist', async () => {
    const unknown = { signInId: 'nobody', password: 'no' }
    for (let tries = 0; tries < 5; tries++) expect((await signIn(unknown)).status).toBe(401)
    expect((await signIn(unknown)).status).toBe(429)
  })

  it('of a stranger do not stop a browser that signed in before', async () => {
    const visitor = await signedInShop(stage())
    await visitor.submit(
      await openConsole(visitor, '/shop/orders'),
      'form[action="/shop/sign-out"]',
    )
    await useUp()
    expect((await signIn(world.login)).status).toBe(429)
    expect((await signIn(world.login, { visitor })).status).toBe(200)
  })
})

describe('a session', () => {
  const age = (column: 'seenAt' | 'startedAt', seconds: number) =>
    database.db
      .update(consoleSessions)
      .set({ [column]: sql`now() - make_interval(secs => ${seconds})` })
      .where(eq(consoleSessions.subject, world.shopA.id))

  it('ends on the server at sign-out', async () => {
    const visitor = await signedInShop(stage())
    const kept = visitor.cookies.get(cookie) ?? ''
    const page = await openConsole(visitor, '/shop/orders')
    const out = await visitor.submit(page, 'form[action="/shop/sign-out"]')
    expect(out.text).toContain('You are signed out')
    visitor.cookies.set(cookie, kept)
    expect((await openConsole(visitor, '/shop/orders')).url).toContain('/shop/sign-in')
  })

  it.each([
    ['seenAt', 895, 905],
    ['startedAt', 8 * 3600 - 5, 8 * 3600 + 5],
  ] as const)('by its %s lives %d seconds and not %d', async (column, live, ended) => {
    const visitor = await signedInShop(stage())
    await age(column, live)
    expect((await openConsole(visitor, '/shop/settings')).url).toBe(`${consoleUrl}/shop/settings`)
    await age(column, ended)
    const page = await openConsole(visitor, '/shop/settings')
    expect(page.url).toContain('/shop/sign-in?next=%2Fshop%2Fsettings')
    expect(page.text).toContain('You were signed out')
  })

  it('that ended sends a fragment to the sign-in, and back to the page that it was for', async () => {
    const response = await world.fetch(`${consoleUrl}/shop/orders?search=x`, {
      headers: { 'hx-request': 'true', 'hx-current-url': `${consoleUrl}/shop/orders?list=all` },
    })
    expect(response.status).toBe(401)
    expect(response.headers.get('hx-redirect')).toBe(
      '/shop/sign-in?next=%2Fshop%2Forders%3Flist%3Dall',
    )
  })

  it('fails as a whole page for a fragment, which leads back to the page that it was for', async () => {
    const visitor = await signedInShop(stage())
    const page = await visitor.send(`${consoleUrl}/shop/orders?cursor=nonsense`, {
      headers: { 'hx-request': 'true', 'hx-current-url': `${consoleUrl}/shop/orders?list=all` },
    })
    expect(page.status).toBe(422)
    expect(page.headers.get('hx-retarget')).toBe('body')
    expect(page.root.querySelector('input[name=to]')?.getAttribute('value')).toBe(
      '/shop/orders?list=all',
    )
  })

  it.each([
    ['a form that is out of date', 403, async () => {}],
    ['a session that ended', 401, () => age('seenAt', 905)],
  ])(
    'answers a post with %s by a page whose language switch leads to one',
    async (_name, status, happens) => {
      const visitor = await signedInShop(stage())
      const page = await openConsole(visitor, '/shop/settings/accounts')
      await happens()
      const fields = status === 403 ? { _csrf: 'out of date' } : {}
      const refused = await visitor.submit(
        page,
        'form[action="/shop/settings/accounts/switch"]',
        fields,
      )
      expect(refused.status).toBe(status)
      const switched = await visitor.submit(refused, 'form[action="/language"]', { language: 'ja' })
      expect(switched.status).toBe(200)
      expect(switched.url).not.toContain('switch')
    },
  )

  it('ends when the bank’s staff give the shop another login', async () => {
    const visitor = await signedInShop(stage(), world.loginOfB)
    await setShopLogin(world.deps, { shopId: world.shopB.id, ...world.loginOfB })
    expect((await openConsole(visitor, '/shop/orders')).url).toContain('/shop/sign-in')
  })
})

describe('the language', () => {
  it('is the shop’s own until another one is chosen', async () => {
    const visitor = visitorOf({ world, language: 'ja' })
    await signIn(world.login, { visitor })
    const english = await openConsole(visitor, '/shop/orders')
    expect(english.root.querySelector('html')?.getAttribute('lang')).toBe('en')
    const chosen = await visitor.submit(english, 'form[action="/language"]', { language: 'ja' })
    expect(chosen.url).toBe(`${consoleUrl}/shop/orders`)
    expect(chosen.text).toContain('注文一覧')
  })
})

describe('a shop that waits for the bank', () => {
  it('signs in, sees that it waits, and has no orders to look at', async () => {
    const { login } = await registerWaiting(stage())
    const visitor = await signedInShop(stage(), login)
    for (const path of ['/shop/orders', '/shop/orders/new', '/shop/orders.csv']) {
      const page = await openConsole(visitor, path)
      expect(page.text).toContain('Waiting for approval')
    }
    expect((await openConsole(visitor, '/shop/settings')).text).toContain('D鞄店')
  })
})
