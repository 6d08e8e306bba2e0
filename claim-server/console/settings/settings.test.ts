import { and, eq, isNull } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openConsole, signedInShop } from '../../../test/support/console-pages.ts'
import { type FreshDatabase, freshDatabase } from '../../../test/support/database.ts'
import type { VisitedPage, Visitor } from '../../../test/support/visitor.ts'
import { findPayeeAccounts } from '../../quotes/quote-basket.ts'
import { consoleSessions, consoleTries } from '../../shops/console.table.ts'
import { setShopLogin } from '../../shops/set-shop-login.ts'
import { apiKeys, shopAccounts, shopReturnAddresses, shops } from '../../shops/shops.table.ts'
import { type ConsoleWorld, consoleUrl, makeConsoleWorld } from '../../testing/console.ts'
import { anOrder, openServer } from '../../testing/server.ts'

let database: FreshDatabase
let world: ConsoleWorld
let shop: Visitor

beforeAll(async () => {
  database = await freshDatabase('claim-server')
  world = await makeConsoleWorld(database.db)
})
afterAll(async () => {
  world.close()
  await database.close()
})
beforeEach(async () => {
  await database.db.delete(consoleTries)
  await setShopLogin(world.deps, { shopId: world.shopA.id, ...world.login })
  world.accounts.isDown = false
  shop = await signedInShop({ world, language: 'en' })
})

const submit = async (path: string, fields: Record<string, string>, who = shop) =>
  who.submit(
    await openConsole(who, `/shop/settings/${path}`),
    `form[action="/shop/settings/${path}"]`,
    fields,
  )

const shopRow = async () => {
  const [row] = await database.db.select().from(shops).where(eq(shops.id, world.shopA.id))
  return row
}

const wrongFields = ({ root }: VisitedPage) =>
  root.querySelectorAll('.field.has-error [name]').map((input) => input.getAttribute('name'))

describe('contact and terms', () => {
  it('are stored; what is left empty is none', async () => {
    const page = await submit('contact', {
      mailAddress: 'new@shop-a.example',
      contactAddress: '',
      phone: '03-5550-0999',
      website: 'https://shop-a.example/shoes',
      language: 'ja',
      defaultDaysToPay: '0',
      warningDays: '60',
    })
    expect(page.text).toContain('Your details are stored')
    expect(await shopRow()).toMatchObject({
      mailAddress: 'new@shop-a.example',
      contactAddress: null,
      phone: '03-5550-0999',
      website: 'https://shop-a.example/shoes',
      language: 'ja',
      defaultDaysToPay: 0,
      warningDays: 60,
    })
  })

  it.each([
    ['mailAddress', ''],
    ['mailAddress', 'a@x.example\r\nBcc: evil@y.example'],
    ['contactAddress', 'nobody'],
    ['website', 'javascript:alert(1)'],
    ['website', 'https://user:secret@shop.example/'],
    ['phone', 'x'.repeat(31)],
    ['defaultDaysToPay', '-1'],
    ['defaultDaysToPay', '366'],
    ['warningDays', '61'],
    ['warningDays', ''],
  ])('names %s when it is %j, and stores nothing', async (field, value) => {
    const before = await shopRow()
    const page = await submit('contact', { [field]: value })
    expect(page.status).toBe(422)
    expect(wrongFields(page)).toEqual([field])
    expect(await shopRow()).toEqual(before)
  })

  it('change neither name nor state, whatever is sent', async () => {
    await submit('contact', { name: 'Another', status: 'suspended', kind: 'biller' })
    expect(await shopRow()).toMatchObject({ name: 'Shop A Shoes', status: 'live', kind: 'shop' })
  })
})

describe('accounts', () => {
  let last = 0
  const fresh = (holder = 'SHOP A SHOES') => {
    const number = String(1_400_000 + ++last)
    world.accounts.holders.set(`0901-202-2-${number}`, holder)
    const { password } = world.login
    return { branch: '202', type: 'current', number, holder: 'SHOP A SHOES', password }
  }
  const own = () =>
    database.db.select().from(shopAccounts).where(eq(shopAccounts.shopId, world.shopA.id))
  const flip = (page: VisitedPage, account: string) => {
    const form = page.root
      .querySelectorAll('form[action$="/switch"]')
      .findIndex((one) => one.querySelector(`[value="${account}"]`))
    const stop = page.root
      .querySelectorAll('form[action$="/switch"]')
      [form]?.querySelector('[name=stop]')
      ?.getAttribute('value')
    return shop.submit(page, 'form[action$="/switch"]', { account, stop: stop ?? '' })
  }

  it('are added once the core knows them with an approved holder', async () => {
    const fields = fresh()
    const page = await submit('accounts', fields)
    expect(page.text).toContain('The account is registered')
    expect((await own()).map(({ account }) => account)).toContain(`0901-202-2-${fields.number}`)
  })

  it.each([
    ['that the core does not know', () => ({ ...fresh(), number: '7777777' }), ['number']],
    ['of another holder at the core', () => fresh('SOMEBODY ELSE'), ['number']],
    ['of a holder whom nobody approved', () => ({ ...fresh(), holder: 'ME' }), ['holder']],
    ['without the password', () => ({ ...fresh(), password: '' }), ['password']],
    ['with a wrong password', () => ({ ...fresh(), password: 'wrong' }), ['password']],
    ['without a branch', () => ({ ...fresh(), branch: '' }), ['branch']],
    [
      'of another shop',
      () => {
        world.accounts.holders.set('0901-101-1-0020002', 'SHOP A SHOES')
        return { ...fresh(), branch: '101', type: 'ordinary', number: '0020002' }
      },
      ['number'],
    ],
  ])('%s are refused', async (_what, fields, wrong) => {
    const before = await own()
    const page = await submit('accounts', fields())
    expect(page.status).toBe(422)
    expect(wrongFields(page)).toEqual(wrong)
    expect(await own()).toEqual(before)
  })

  it('are not added while the core gives no answer', async () => {
    world.accounts.isDown = true
    const page = await submit('accounts', fresh())
    expect(page.status).toBe(503)
    expect(page.text).toContain('Nothing was stored')
  })

  it('that are stopped get no new payment; one always stays', async () => {
    await submit('accounts', fresh())
    const [first, ...more] = (await own()).map(({ account }) => account)
    let page = await openConsole(shop, '/shop/settings/accounts')
    for (const account of more) page = await flip(page, account)
    const takes = async () =>
      (await findPayeeAccounts(world.deps, [world.shopA.id])).get(world.shopA.id)
    expect(await takes()).toEqual([first])
    page = await flip(page, first ?? '')
    expect(page.text).toContain('your only account')
    expect(await takes()).toEqual([first])
    page = await flip(page, more[0] ?? '')
    expect(page.text).toContain('takes payments again')
    expect(await takes()).toEqual([first, more[0]])
  })

  it('of another shop can’t be stopped', async () => {
    const page = await openConsole(shop, '/shop/settings/accounts')
    const fields = { account: world.shopB.account, stop: 'yes' }
    expect((await shop.submit(page, 'form[action$="/switch"]', fields)).status).toBe(404)
    const [row] = await database.db
      .select()
      .from(shopAccounts)
      .where(eq(shopAccounts.account, world.shopB.account))
    expect(row?.stoppedAt).toBeNull()
  })
})

describe('return addresses', () => {
  const own = () =>
    database.db
      .select()
      .from(shopReturnAddresses)
      .where(eq(shopReturnAddresses.shopId, world.shopA.id))

  it('are registered and removed', async () => {
    const address = 'https://shop-a.example/orders'
    const page = await submit('return-addresses', { address })
    expect(page.text).toContain('The return address is registered')
    expect(await own()).toMatchObject([{ prefix: address }])
    const removed = await shop.submit(page, 'form[action$="/remove"]')
    expect(removed.text).toContain('The return address is removed')
    expect(await own()).toEqual([])
  })

  it.each([
    '',
    '//evil.example',
    'javascript:alert(1)',
    'https://a@evil.example/',
    'https://x.example/?q=1',
  ])('that could lead elsewhere are refused: %j', async (address) => {
    const page = await submit('return-addresses', { address })
    expect(page.status).toBe(422)
    expect(await own()).toEqual([])
  })
})

describe('API keys', () => {
  const keyOn = ({ root }: VisitedPage) =>
    root.querySelector('#field-apiKey')?.getAttribute('value')
  const make = (label = 'Web shop', password = world.login.password) =>
    submit('api-keys', { label, password })
  const orderWith = async (apiKey: string) => {
    const response = await openServer(world).request('/v1/orders', {
      method: 'POST',
      headers: {
        authorization: `Bearer ${apiKey}`,
        'content-type': 'application/json',
        'idempotency-key': crypto.randomUUID(),
      },
      body: JSON.stringify(anOrder()),
    })
    return response.status
  }

  it('work from when they are made until they are revoked, and are shown once', async () => {
    const page = await make()
    const apiKey = keyOn(page) ?? ''
    expect(apiKey).toMatch(/^ck_/)
    expect(await orderWith(apiKey)).toBe(201)
    const again = await openConsole(shop, '/shop/settings/api-keys')
    expect(again.root.toString()).not.toContain(apiKey)
    const keyId = /api-keys\/([0-9a-f-]{36})\/revoke/.exec(again.root.toString())?.[1]
    const revoked = await shop.submit(again, `form[action$="/${keyId}/revoke"]`)
    expect(revoked.text).toContain('The API key is revoked')
    expect(await orderWith(apiKey)).toBe(401)
  })

  it('are made once by one form, and the second time not shown', async () => {
    const page = await openConsole(shop, '/shop/settings/api-keys')
    const form = 'form[action="/shop/settings/api-keys"]'
    const fields = { label: 'Twice', password: world.login.password }
    expect(keyOn(await shop.submit(page, form, fields))).toMatch(/^ck_/)
    const again = await shop.submit(page, form, fields)
    expect(keyOn(again)).toBeUndefined()
    expect(again.text).toContain('This key was made before')
    expect(await database.db.$count(apiKeys, eq(apiKeys.label, 'Twice'))).toBe(1)
  })

  it('are not made without the password, and guesses at it are few', async () => {
    const before = await database.db.$count(apiKeys)
    expect(wrongFields(await make('X', ''))).toEqual(['password'])
    for (let tries = 0; tries < 5; tries++)
      expect(wrongFields(await make('X', 'wrong'))).toEqual(['password'])
    expect((await make()).text).toContain('Too many tries')
    expect(await database.db.$count(apiKeys)).toBe(before)
  })

  it('are revoked by a button that first says what it does', async () => {
    await make('Server 2')
    const page = await openConsole(shop, '/shop/settings/api-keys')
    for (const form of page.root.querySelectorAll('form[action$="/revoke"]')) {
      expect(form.closest('details:not([open])')?.querySelector('summary')?.text).toBe('Revoke')
      expect(form.text).toContain('This can’t be undone')
    }
    expect(page.root.querySelector('[aria-label="Revoke the key for Server 2"]')).not.toBeNull()
  })

  it('of another shop can’t be revoked', async () => {
    const other = await signedInShop({ world, language: 'en' }, world.loginOfB)
    await submit('api-keys', { label: 'Of B', password: world.loginOfB.password }, other)
    await make('Of A')
    const [ofB] = await database.db.select().from(apiKeys).where(eq(apiKeys.label, 'Of B'))
    const page = await openConsole(shop, '/shop/settings/api-keys')
    const { init } = shop.formRequest(page, 'form[action$="/revoke"]')
    const url = `${consoleUrl}/shop/settings/api-keys/${ofB?.id}/revoke`
    expect((await shop.send(url, init)).status).toBe(404)
    const live = and(eq(apiKeys.label, 'Of B'), isNull(apiKeys.revokedAt))
    expect(await database.db.$count(apiKeys, live)).toBe(1)
  })
})

describe('the password', () => {
  const next = 'nine yellow boots 63'

  it('is changed by who knows it; every other browser is signed out', async () => {
    const elsewhere = await signedInShop({ world, language: 'en' })
    const page = await submit('password', { current: world.login.password, next, again: next })
    expect(page.text).toContain('Your password is changed')
    expect((await openConsole(elsewhere, '/shop/settings')).url).toContain('/shop/sign-in')
    expect((await openConsole(shop, '/shop/settings')).url).toContain('/shop/settings')
    const renewed = await signedInShop(
      { world, language: 'en' },
      { ...world.login, password: next },
    )
    expect((await openConsole(renewed, '/shop/orders')).status).toBe(200)
    expect(await database.db.$count(consoleSessions)).toBeGreaterThan(0)
  })

  it.each([
    ['current', { current: 'wrong', next, again: next }],
    ['next', { next: 'short', again: 'short' }],
    ['next', { next: 'passwordpassword', again: 'passwordpassword' }],
    ['again', { next, again: 'nine yellow boots 64' }],
  ])('is refused at %s: %j', async (field, changed) => {
    const page = await submit('password', { current: world.login.password, ...changed })
    expect(page.status).toBe(422)
    expect(wrongFields(page)).toEqual([field])
  })

  it('can’t become the one that it is', async () => {
    const { password } = world.login
    const page = await submit('password', { current: password, next: password, again: password })
    expect(page.text).toContain('the password that you have now')
  })
})
