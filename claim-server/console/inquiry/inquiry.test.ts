import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addDays } from '#shared/dates.ts'
import { openConsole, signedInShop } from '../../../test/support/console-pages.ts'
import { type FreshDatabase, freshDatabase } from '../../../test/support/database.ts'
import type { VisitedPage, Visitor } from '../../../test/support/visitor.ts'
import { claims } from '../../claims/claims.table.ts'
import { orders } from '../../orders/orders.table.ts'
import { setShopLogin } from '../../shops/set-shop-login.ts'
import { type ConsoleWorld, consoleUrl, makeConsoleWorld } from '../../testing/console.ts'
import type { TestClaim, TestShop } from '../../testing/world.ts'

let database: FreshDatabase
let world: ConsoleWorld
let shop: Visitor
let other: Visitor
let made: Record<
  'shoes' | 'hat' | 'paid' | 'paidToo' | 'held' | 'expired' | 'foreign' | 'provisional',
  TestClaim
>

const add = (description: string, amountMinor: bigint, more = {}) =>
  world.addClaim(world.shopA, amountMinor, { description, ...more })

beforeAll(async () => {
  database = await freshDatabase('claim-server')
  world = await makeConsoleWorld(database.db)
  const today = world.today()
  made = {
    shoes: await add('A pair of shoes, size 24', 3150n, { timeLimit: addDays(today, 2) }),
    hat: await add('Felt hat (navy) 100%', 2100n, { shopOrderRef: 'W-77' }),
    paid: await add('Suit', 8000n),
    paidToo: await add('Tie', 1200n),
    held: await add('Trail shoes', 14_300n),
    expired: await add('Boots', 12_600n, { status: 'expired' }),
    provisional: await add('Rain boots', 5500n, { status: 'provisional', customerId: null }),
    foreign: await world.addClaim(world.shopB, 99_999n, { description: 'A pair of shoes' }),
  }
  await world.pay([made.paid, made.paidToo])
  await world.reserve([made.held])
  shop = await signedInShop({ world, language: 'en' })
  other = await signedInShop({ world, language: 'en' }, world.loginOfB)
})
afterAll(async () => {
  world.close()
  await database.close()
})

const ask = (query: string, who = shop) => openConsole(who, `/shop/orders${query}`)

const numbersOn = ({ root }: VisitedPage): string[] =>
  root.querySelectorAll('tbody th a code').map((code) => code.text)

const numbersOf = (...names: (keyof typeof made)[]) => names.map((name) => made[name].orderNumber)

describe('the lists', () => {
  it('unsettled holds what is not paid, what is being paid included, with its total', async () => {
    const page = await ask('')
    expect(numbersOn(page)).toEqual(numbersOf('shoes', 'hat', 'held'))
    expect(page.text).toContain('3 orders, 19,550 yen')
    expect(page.text).toContain('being paid')
  })

  it('settled shows the account used, its last digits alone', async () => {
    const page = await ask('?list=settled')
    expect(numbersOn(page).toSorted()).toEqual(numbersOf('paid', 'paidToo').toSorted())
    expect(page.text).toContain('•••• 4471')
    expect(page.root.toString()).not.toContain('0014471')
  })

  it('all holds every order of the shop and none of another', async () => {
    const page = await ask('?list=all')
    expect(numbersOn(page)).toHaveLength(7)
    expect(page.root.toString()).not.toContain(made.foreign.orderNumber)
    expect(numbersOn(await ask('?list=all', other))).toEqual(numbersOf('foreign'))
  })

  it('all can be narrowed to one state', async () => {
    expect(numbersOn(await ask('?list=all&status=expired'))).toEqual(numbersOf('expired'))
    expect(numbersOn(await ask('?list=all&status=provisional'))).toEqual(numbersOf('provisional'))
    expect(numbersOn(await ask('?list=all&status=paying'))).toEqual(numbersOf('held'))
    expect(numbersOn(await ask('?list=all&status=unsettled&sort=limit'))).toEqual(
      numbersOf('shoes', 'hat'),
    )
  })

  it('all are in one order whatever their states', async () => {
    const names = ['held', 'expired', 'paid', 'provisional', 'shoes', 'hat', 'paidToo'] as const
    expect(numbersOn(await ask('?list=all&sort=-amount'))).toEqual(numbersOf(...names))
  })

  it('name a customer only once one has accepted the order', async () => {
    const page = await ask('?list=all&status=provisional')
    expect(page.text).not.toContain('Haruka Sato')
    expect((await ask('')).text).toContain('Haruka Sato')
  })

  it.each([
    ['amount', ['hat', 'shoes', 'held']],
    ['-amount', ['held', 'shoes', 'hat']],
    ['limit', ['shoes', 'hat', 'held']],
    ['ordered', ['shoes', 'hat', 'held']],
    ['-ordered', ['held', 'hat', 'shoes']],
    // There is no date of payment to sort by: the list's own order.
    ['-settled', ['shoes', 'hat', 'held']],
    ['nonsense', ['shoes', 'hat', 'held']],
  ] as const)('are sorted by %s', async (sort, names) => {
    expect(numbersOn(await ask(`?sort=${sort}`))).toEqual(numbersOf(...names))
  })
})

describe('a search', () => {
  it.each([
    ['shoes', ['shoes', 'held']],
    ['SHOES', ['shoes', 'held']],
    ['W-77', ['hat']],
    ['100%', ['hat']],
    ['(navy)', ['hat']],
    ['haruka', ['shoes', 'hat', 'held']],
    ['_', []],
    ['\\', []],
    ["'; drop table orders; --", []],
  ] as const)('for %s finds what fits in goods, references and names', async (search, names) => {
    const page = await ask(`?${new URLSearchParams({ search })}`)
    expect(numbersOn(page)).toEqual(numbersOf(...names))
  })

  it('finds an order by its number however it is typed', async () => {
    const { orderNumber } = made.hat
    for (const typed of [orderNumber, orderNumber.toLowerCase().replaceAll('-', ' ')])
      expect(numbersOn(await ask(`?${new URLSearchParams({ search: typed })}`))).toEqual([
        orderNumber,
      ])
  })

  it('counts and sums what it finds', async () => {
    expect((await ask('?search=shoes')).text).toContain('2 orders, 17,450 yen')
  })

  it('never finds an order of another shop', async () => {
    const page = await ask(`?list=all&search=${made.foreign.orderNumber}`)
    expect(numbersOn(page)).toEqual([])
    expect(page.text).toContain('No order found')
  })

  it('as a fragment is the list alone, and the address follows', async () => {
    const response = await world.fetch(`${consoleUrl}/shop/orders?search=hat&from=&status=`, {
      headers: {
        'hx-request': 'true',
        cookie: `claims-session=${shop.cookies.get('claims-session')}`,
      },
    })
    expect(response.headers.get('hx-replace-url')).toBe('/shop/orders?search=hat')
    const html = await response.text()
    expect(html).not.toContain('<html')
    expect(html).toContain(made.hat.orderNumber)
  })
})

describe('dates', () => {
  it('of the order, the limit or the payment narrow the list', async () => {
    const today = world.today()
    const count = async (query: string) => numbersOn(await ask(`?list=all&${query}`)).length
    expect(await count(`date=ordered&from=${today}&until=${today}`)).toBe(7)
    expect(await count(`date=ordered&until=${addDays(today, -1)}`)).toBe(0)
    expect(await count(`date=limit&until=${addDays(today, 2)}`)).toBe(1)
    expect(await count(`date=limit&from=${addDays(today, 3)}`)).toBe(6)
    expect(await count(`date=settled&from=${today}&until=${today}`)).toBe(2)
    expect(await count(`date=settled&from=${addDays(today, 1)}`)).toBe(0)
  })

  it('of payment end with the bank’s day, not with the world’s', async () => {
    const { orderId } = made.paid
    const at = (time: string) =>
      database.db
        .update(claims)
        .set({ settledAt: new Date(time) })
        .where(sql`${claims.orderId} = ${orderId}`)
    const [before] = await database.db
      .select({ settledAt: claims.settledAt })
      .from(claims)
      .where(sql`${claims.orderId} = ${orderId}`)
    await at('2026-02-28T14:59:59.999Z') // 23:59:59.999 in Tokyo
    const february = '?list=settled&date=settled&from=2026-02-28&until=2026-02-28'
    expect(numbersOn(await ask(february))).toEqual(numbersOf('paid'))
    await at('2026-02-28T15:00:00Z')
    expect(numbersOn(await ask(february))).toEqual([])
    await at(before?.settledAt?.toISOString() ?? '')
  })

  it.each(['from=2026-02-30', 'from=x', 'date=x', 'list=x', 'status=x', 'sort=x'])(
    'and other parts of an address that make no sense are left out: %s',
    async (query) => {
      expect((await ask(`?${query}`)).status).toBe(200)
    },
  )
})

describe('pages', () => {
  let many: TestShop
  let visitor: Visitor
  beforeAll(async () => {
    many = await world.addShop('Many', '0901-101-1-0020050')
    const login = { signInId: 'many', password: 'many small orders 120' }
    await setShopLogin(world.deps, { shopId: many.id, ...login })
    for (let at = 0; at < 120; at++)
      // Equal amounts and dates: the order's id must decide between them.
      await world.addClaim(many, BigInt(100 + (at % 3)))
    visitor = await signedInShop({ world, language: 'en' }, login)
  })

  it.each(['limit', '-ordered', 'amount', '-amount'])(
    'sorted by %s hold every order once, and the total of all on each',
    async (sort) => {
      const seen: string[] = []
      let page = await openConsole(visitor, `/shop/orders?sort=${sort}`)
      for (let turns = 0; turns < 5; turns++) {
        seen.push(...numbersOn(page))
        expect(page.text).toContain('120 orders, 12,120 yen')
        const next = page.root.querySelector('a[rel=next]')?.getAttribute('href')
        if (!next) break
        page = await openConsole(visitor, next)
      }
      expect(seen).toHaveLength(120)
      expect(new Set(seen).size).toBe(120)
    },
  )

  it('of one order can’t be gone on with by the cursor of another', async () => {
    const page = await openConsole(visitor, '/shop/orders?sort=amount')
    const next = page.root.querySelector('a[rel=next]')?.getAttribute('href') ?? ''
    const bent = await openConsole(visitor, next.replace('sort=amount', 'sort=-amount'))
    expect(bent.status).toBe(422)
    expect((await openConsole(visitor, '/shop/orders?cursor=nonsense')).status).toBe(422)
  })

  it('are all in the CSV file', async () => {
    const response = await world.fetch(`${consoleUrl}/shop/orders.csv`, {
      headers: { cookie: `claims-session=${visitor.cookies.get('claims-session')}` },
    })
    const lines = (await response.text()).trim().split('\r\n')
    expect(lines).toHaveLength(121)
    expect(new Set(lines).size).toBe(121)
  })
})

describe('the CSV file', () => {
  const download = async (query: string, language = 'en') => {
    const response = await world.fetch(`${consoleUrl}/shop/orders.csv${query}`, {
      headers: {
        cookie: `claims-session=${shop.cookies.get('claims-session')}; claims-language=${language}`,
      },
    })
    return { response, bytes: new Uint8Array(await response.arrayBuffer()) }
  }
  const textOf = (bytes: Uint8Array) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)

  it('is an attachment in UTF-8 that a spreadsheet reads as such', async () => {
    const { response, bytes } = await download('?list=settled')
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(response.headers.get('content-disposition')).toMatch(
      /^attachment; filename="orders-settled-\d{4}-\d\d-\d\d\.csv"$/,
    )
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(Array.from(bytes.slice(0, 3))).toEqual([0xef, 0xbb, 0xbf])
  })

  it('says of settled orders the account used, the transfer and the group', async () => {
    const lines = textOf((await download('?list=settled&search=Suit')).bytes).split('\r\n')
    expect(lines[0]).toContain('Order number,Your reference,State')
    const [line = ''] = lines.slice(1)
    expect(line).toContain(made.paid.orderNumber)
    expect(line).toMatch(/,paid,Suit,shoes,8000,JPY,/)
    expect(line).toMatch(/•••• 4471,0901-101-1-0020001,[0-9a-f-]{36},G-[0-9A-Z-]+,Haruka Sato,/)
  })

  it('has Japanese headings on a Japanese page', async () => {
    expect(textOf((await download('', 'ja')).bytes)).toMatch(/^\uFEFF注文番号,貴店の管理番号,状態/)
  })

  it('holds nothing that a spreadsheet would run', async () => {
    const tricks = ['=1+1', '+1', '-1', '@SUM(A1)', '＝1+1', '＋1', '－1', '＠SUM(A1)']
    const shopC = await world.addShop('Shop C', '0901-101-1-0020051')
    const login = { signInId: 'tricks', password: 'formulas in a hat 33' }
    await setShopLogin(world.deps, { shopId: shopC.id, ...login })
    for (const description of tricks) await world.addClaim(shopC, 1n, { description })
    const visitor = await signedInShop({ world, language: 'en' }, login)
    const response = await world.fetch(`${consoleUrl}/shop/orders.csv`, {
      headers: { cookie: `claims-session=${visitor.cookies.get('claims-session')}` },
    })
    const text = await response.text()
    for (const trick of tricks) {
      expect(text).toContain(`'${trick}`)
      expect(text).not.toMatch(new RegExp(`(^|,|")${RegExp.escape(trick)}`, 'm'))
    }
  })
})

describe('what one customer bought', () => {
  const pathOf = async (who: Visitor) => {
    const page = await ask('?list=all', who)
    return page.root.querySelector('a[href^="/shop/customers/"]')?.getAttribute('href') ?? ''
  }

  it('is all of that customer’s orders at this shop, with what is paid and what is not', async () => {
    const page = await openConsole(shop, await pathOf(shop))
    expect(numbersOn(page)).toHaveLength(6)
    expect(page.text).toContain('19,550 yen 3 orders')
    expect(page.text).toContain('9,200 yen 2 orders')
  })

  it('stands under a number that is this shop’s alone and says nothing of the bank’s', async () => {
    const [own, others] = [await pathOf(shop), await pathOf(other)]
    expect(own).not.toBe(others)
    expect(await pathOf(shop)).toBe(own)
    expect((await openConsole(other, own)).status).toBe(404)
    const html = (await openConsole(shop, own)).root.toString()
    expect(html).not.toContain(world.customerId)
    expect(html).not.toContain('customers.example')
  })

  it('is found by that number', async () => {
    const reference = (await pathOf(shop)).split('/').at(-1) ?? ''
    expect(numbersOn(await ask(`?search=${reference.toLowerCase()}`))).toHaveLength(3)
    expect(numbersOn(await ask(`?list=all&search=${reference}`, other))).toEqual([])
  })

  it('of nobody is not found', async () => {
    for (const reference of ['ZZZZ-ZZZZ', 'nonsense', world.customerId, "'"])
      expect((await openConsole(shop, `/shop/customers/${reference}`)).status).toBe(404)
  })
})

it('goods whose names are markup are shown as they are written', async () => {
  const description = '"><img src=x onerror=alert(1)><script>alert(2)</script>'
  const claim = await add(description, 1n, { shopOrderRef: '<b>&amp;' })
  for (const path of ['?list=all', `/${claim.orderNumber}`]) {
    const page = await ask(path)
    expect(page.root.querySelectorAll('main img, main script, main b b')).toHaveLength(0)
    expect(page.root.toString()).toContain('&lt;img src=x')
  }
  expect(await database.db.$count(orders)).toBeGreaterThan(0)
})
