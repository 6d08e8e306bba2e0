import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addDays } from '#shared/dates.ts'
import { newOrderNumber } from '#shared/order-number.ts'
import { openConsole, signedInShop } from '../../../test/support/console-pages.ts'
import { type FreshDatabase, freshDatabase } from '../../../test/support/database.ts'
import type { Visitor } from '../../../test/support/visitor.ts'
import { claims } from '../../claims/claims.table.ts'
import { orders } from '../../orders/orders.table.ts'
import { setShopLogin } from '../../shops/set-shop-login.ts'
import { type ConsoleWorld, consoleUrl, makeConsoleWorld } from '../../testing/console.ts'
import type { TestShop } from '../../testing/world.ts'

let database: FreshDatabase
let world: ConsoleWorld
let large: TestShop
let visitor: Visitor

const addClaims = async (count: number, { orderedOn }: { orderedOn: string }) => {
  const { deps, bank, customerId } = world
  const made = Array.from({ length: count }, () => ({ id: deps.newId(), of: newOrderNumber() }))
  const timeLimit = addDays(world.today(), 14)
  await database.db.insert(orders).values(
    made.map(({ id, of }) => ({
      id,
      orderNumber: of,
      shopId: large.id,
      shopOrderRef: of,
      fingerprint: 'unused',
      description: 'Felt hat',
      amountMinor: 10n,
      currency: 'JPY' as const,
      orderedOn,
      timeLimit,
      createdAt: deps.clock.now(),
    })),
  )
  await database.db.insert(claims).values(
    made.map(({ id }) => ({
      orderId: id,
      shopId: large.id,
      status: 'unsettled' as const,
      revision: 1,
      bank: bank.code,
      customerId,
      timeLimit,
      warnOn: timeLimit,
    })),
  )
}

beforeAll(async () => {
  database = await freshDatabase('claim-server')
  world = await makeConsoleWorld(database.db)
  large = await world.addShop('Large', '0901-101-1-0020060')
  const login = { signInId: 'large', password: 'three hundred orders and one' }
  await setShopLogin(world.deps, { shopId: large.id, ...login })
  visitor = await signedInShop({ world, language: 'en' }, login)
})
afterAll(async () => {
  world.close()
  await database.close()
})

const ask = (query: string) => openConsole(visitor, `/shop/orders${query}`)

describe('the totals of a shop', () => {
  it('of three hundred orders stand on every page', async () => {
    await addClaims(300, { orderedOn: addDays(world.today(), -40) })
    const page = await ask('')
    expect(page.text).toContain('300 orders, 3,000 yen')
    expect(page.root.querySelector('tfoot')?.text).toContain('3,000 yen')
  })

  it('of more are not added up unasked, and never guessed at', async () => {
    await addClaims(2, { orderedOn: world.today() })
    for (const query of ['', '?list=all', '?search=felt', `?from=${addDays(world.today(), -90)}`]) {
      const page = await ask(query)
      expect(page.text, query).toContain('More than 300 orders')
      expect(page.root.querySelector('tfoot'), query).toBeNull()
    }
  })

  it('are added up when asked for, and then on every page of the list', async () => {
    const asked = (await ask('?sort=amount')).root.querySelector('.page-sub a')
    let page = await openConsole(visitor, asked?.getAttribute('href') ?? '')
    expect(page.text).toContain('302 orders, 3,020 yen')
    page = await openConsole(
      visitor,
      page.root.querySelector('a[rel=next]')?.getAttribute('href') ?? '',
    )
    expect(page.text).toContain('302 orders, 3,020 yen')
  })

  it('of a period are always added up', async () => {
    const today = world.today()
    const period = (days: number) => ask(`?from=${addDays(today, -days)}&until=${today}`)
    expect((await period(90)).text).toContain('302 orders, 3,020 yen')
    expect((await period(1)).text).toContain('2 orders, 20 yen')
  })

  it('speak Japanese', async () => {
    const cookie = `claims-session=${visitor.cookies.get('claims-session')}; claims-language=ja`
    const response = await world.fetch(`${consoleUrl}/shop/orders`, { headers: { cookie } })
    const html = await response.text()
    expect(html).toContain('300件超')
    expect(html).toContain('すべて合計する')
  })
})

it('the CSV file holds every order, however many', async () => {
  const cookie = `claims-session=${visitor.cookies.get('claims-session')}`
  const response = await world.fetch(`${consoleUrl}/shop/orders.csv`, { headers: { cookie } })
  const lines = (await response.text()).trim().split('\r\n')
  expect(new Set(lines).size).toBe(303)
})
