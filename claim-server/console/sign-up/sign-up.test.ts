import { desc, eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  aSignUp,
  openConsole,
  registerWaiting,
  signedInShop,
  signUp,
  visitorOf,
} from '../../../test/support/console-pages.ts'
import { type FreshDatabase, freshDatabase } from '../../../test/support/database.ts'
import type { VisitedPage } from '../../../test/support/visitor.ts'
import { approveShop } from '../../shops/approve-shop.ts'
import { consoleTries } from '../../shops/console.table.ts'
import { shopAccounts, shops } from '../../shops/shops.table.ts'
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
  await database.db.delete(consoleTries)
  world.accounts.isDown = false
})

const form = 'form[action="/shop/sign-up"]'

/** Fields of an account that the core knows and nobody has registered. */
let lastAccount = 0
const freshAccount = (at = 0, holder = 'SHOP D BAGS') => {
  const number = String(1_300_000 + ++lastAccount)
  world.accounts.holders.set(`0901-202-1-${number}`, holder)
  return {
    [`accounts.${at}.branch`]: '202',
    [`accounts.${at}.type`]: 'ordinary',
    [`accounts.${at}.number`]: number,
    [`accounts.${at}.holder`]: holder,
  }
}

const newest = async () => {
  const [shop] = await database.db.select().from(shops).orderBy(desc(shops.createdAt)).limit(1)
  if (!shop) throw new Error('no shop')
  return shop
}

const mistakesOn = ({ root }: VisitedPage) =>
  root.querySelectorAll('.error-summary a').map((link) => link.text)

describe('a registration', () => {
  it('stores the shop with all that it said, waiting for the bank', async () => {
    const page = await signUp(
      stage(),
      aSignUp({
        ...freshAccount(),
        signInId: 'Stored-Shop',
        contactAddress: 'help@shop-d.example',
        phone: '03-5550-0404',
        website: 'https://shop-d.example',
        language: 'ja',
        defaultDaysToPay: '３０',
        warningDays: '5',
      }),
    )
    expect(page.url).toBe(`${consoleUrl}/shop/sign-up/done`)
    expect(await newest()).toMatchObject({
      status: 'waiting',
      name: 'Shop D Bags',
      nameJa: 'D鞄店',
      mailAddress: 'orders@shop-d.example',
      contactAddress: 'help@shop-d.example',
      phone: '03-5550-0404',
      website: 'https://shop-d.example/',
      language: 'ja',
      defaultDaysToPay: 30,
      warningDays: 5,
    })
    const visitor = await signedInShop(stage(), {
      signInId: 'stored-shop',
      password: aSignUp().password,
    })
    expect((await openConsole(visitor, '/shop/orders')).text).toContain('Waiting for approval')
    await approveShop(world.deps, (await newest()).id)
    expect((await openConsole(visitor, '/shop/orders')).text).toContain('Nothing is waiting')
  })

  it('takes any number of accounts, added and removed without scripts', async () => {
    const visitor = visitorOf(stage())
    let page = await openConsole(visitor, '/shop/sign-up')
    page = await visitor.submit(page, form, aSignUp({ ...freshAccount(0), act: 'add' }))
    page = await visitor.submit(page, form, { ...freshAccount(1), act: 'add' })
    page = await visitor.submit(page, form, { ...freshAccount(2), act: 'add' })
    expect(page.root.querySelectorAll('.account-entry')).toHaveLength(4)
    page = await visitor.submit(page, form, { act: 'remove-3' })
    expect(page.root.querySelectorAll('.account-entry')).toHaveLength(3)
    const { password, again } = aSignUp()
    page = await visitor.submit(page, form, { password, again, signInId: 'three-accounts' })
    expect(page.text).toContain('Your shop is registered')
    const { id } = await newest()
    const stored = database.db.select().from(shopAccounts).where(eq(shopAccounts.shopId, id))
    expect(await stored).toHaveLength(3)
  })

  it('sent twice registers one shop', async () => {
    const visitor = visitorOf(stage())
    const page = await openConsole(visitor, '/shop/sign-up')
    const fields = aSignUp({ ...freshAccount(), signInId: 'sent-twice' })
    const before = await database.db.$count(shops)
    const pages = await Promise.all([1, 2].map(() => visitor.submit(page, form, fields)))
    for (const { url } of pages) expect(url).toBe(`${consoleUrl}/shop/sign-up/done`)
    expect(await database.db.$count(shops)).toBe(before + 1)
  })

  it.each([
    ['no account', { 'accounts.0.number': '' }, 'Enter the 7 digits of the account number'],
    ['a name too long', { name: 'x'.repeat(61) }, 'Enter your shop’s name in up to 60 characters'],
    ['no mail address', { mailAddress: 'a@b' }, 'Enter an address such as orders@shop.example'],
    [
      'two addresses in one',
      { mailAddress: 'a@shop.example\r\nBcc: evil@y.example' },
      'Enter an address such as orders@shop.example',
    ],
    [
      'a website that runs',
      { website: 'javascript:alert(1)' },
      'Enter a whole address, such as https://shop.example',
    ],
    ['days beyond a year', { defaultDaysToPay: '366' }, 'Enter a number from 0 to 365'],
    ['a short password', { password: 'short', again: 'short' }, 'Use at least 15 characters'],
    [
      'the shop’s name as password',
      { password: 'Shop D Bags shop-d', again: 'Shop D Bags shop-d' },
      'Use more than your shop’s name and sign-in id',
    ],
    ['two passwords', { again: 'four leather handles 8' }, 'The two passwords are not the same'],
    [
      'an odd sign-in id',
      { signInId: 'shop d' },
      'Choose 3 to 40 letters and digits, also . - _ inside',
    ],
  ])('with %s says so at the field and stores nothing', async (_what, changed, said) => {
    const before = await database.db.$count(shops)
    const page = await signUp(stage(), aSignUp({ ...freshAccount(), ...changed }))
    expect(page.status).toBe(422)
    expect(mistakesOn(page)).toEqual([said])
    expect(page.root.querySelectorAll('.field.has-error')).toHaveLength(1)
    expect(page.root.toString()).not.toContain(aSignUp().password)
    expect(await database.db.$count(shops)).toBe(before)
  })
})

describe('the core', () => {
  it('is asked about every account; what it does not know is named', async () => {
    const before = await database.db.$count(shops)
    const unknown = { ...freshAccount(1), 'accounts.1.holder': 'SOMEBODY ELSE' }
    const page = await signUp(stage(), aSignUp({ ...freshAccount(0), ...unknown }))
    expect(page.status).toBe(422)
    expect(page.root.querySelector('#field-accounts-1-number-error')?.text).toContain(
      'The bank knows no such account of this holder',
    )
    expect(page.root.querySelector('#field-accounts-0-number-error')).toBeNull()
    expect(await database.db.$count(shops)).toBe(before)
  })

  it('that was asked too often about an account says to wait', async () => {
    const fields = freshAccount()
    world.accounts.askedTooOften.add(`0901-202-1-${fields['accounts.0.number']}`)
    const page = await signUp(stage(), aSignUp(fields))
    expect(page.status).toBe(422)
    expect(page.text).toContain('asked for too often')
  })

  it('that gives no answer stores nothing, and what was typed stays', async () => {
    world.accounts.isDown = true
    const page = await signUp(stage(), aSignUp(freshAccount()))
    expect(page.status).toBe(503)
    expect(page.text).toContain('Nothing was stored')
    expect(page.root.querySelector('[name=name]')?.getAttribute('value')).toBe('Shop D Bags')
  })
})

describe('what is taken', () => {
  it('is a sign-in id of another shop, in any spelling', async () => {
    const page = await signUp(stage(), aSignUp({ ...freshAccount(), signInId: 'SHOP-A' }))
    expect(page.status).toBe(422)
    expect(mistakesOn(page)).toEqual(['This sign-in id is taken. Choose another one'])
  })

  it('is an account of another payee', async () => {
    const fields = freshAccount()
    await signUp(stage(), aSignUp({ ...fields, signInId: 'first-come' }))
    const page = await signUp(stage(), aSignUp({ ...fields, signInId: 'second-come' }))
    expect(page.status).toBe(422)
    expect(page.text).toContain('registered for another payee')
  })
})

it('registrations from one place are few an hour; sign-ins from there go on', async () => {
  for (let tries = 0; tries < 10; tries++)
    await signUp(stage(), aSignUp({ ...freshAccount(), signInId: 'shop-a' }))
  const page = await signUp(stage(), aSignUp({ ...freshAccount(), signInId: 'one-too-many' }))
  expect(page.status).toBe(429)
  expect(page.text).toContain('Please try again in')
  const visitor = await signedInShop(stage())
  expect((await openConsole(visitor, '/shop/orders')).status).toBe(200)
})

it('a registered shop waits even if it says that it does not', async () => {
  const { login } = await registerWaiting(stage())
  expect((await newest()).status).toBe('waiting')
  const fields = aSignUp({ ...freshAccount(), signInId: 'no-wait', status: 'live', kind: 'biller' })
  await signUp(stage(), fields)
  expect(await newest()).toMatchObject({ status: 'waiting', kind: 'shop' })
  expect(login.signInId).toBeTruthy()
})
