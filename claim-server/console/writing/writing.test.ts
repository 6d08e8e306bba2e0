import { desc, eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { acceptOrder } from '#shared/contracts/claim-server.ts'
import { addDays } from '#shared/dates.ts'
import { openConsole, signedInShop } from '../../../test/support/console-pages.ts'
import { type FreshDatabase, freshDatabase } from '../../../test/support/database.ts'
import type { VisitedPage, Visitor } from '../../../test/support/visitor.ts'
import { claims } from '../../claims/claims.table.ts'
import { deliverNotices } from '../../notices/deliver-notices.ts'
import { notices } from '../../notices/notices.table.ts'
import { orders } from '../../orders/orders.table.ts'
import { type ConsoleWorld, makeConsoleWorld } from '../../testing/console.ts'
import { openServer } from '../../testing/server.ts'

let database: FreshDatabase
let world: ConsoleWorld
let shop: Visitor

beforeAll(async () => {
  database = await freshDatabase('claim-server')
  world = await makeConsoleWorld(database.db)
  shop = await signedInShop({ world, language: 'en' })
})
afterAll(async () => {
  world.close()
  await database.close()
})
beforeEach(async () => {
  world.clock.set(new Date())
  world.mails.length = 0
  await database.db.delete(notices)
})

const form = 'form[action="/shop/orders/new"]'
const byHand = { description: 'A pair of shoes, size 24', amount: '3,150', openFor: '1440' }

const write = async (fields: Record<string, string | undefined> = {}) =>
  shop.submit(await openConsole(shop, '/shop/orders/new'), form, { ...byHand, ...fields })

const newest = async () => {
  const [row] = await database.db
    .select({ order: orders, claim: claims })
    .from(orders)
    .innerJoin(claims, eq(claims.orderId, orders.id))
    .orderBy(desc(orders.id))
    .limit(1)
  if (!row) throw new Error('no order')
  return row
}

const linkOn = ({ root }: VisitedPage) => root.querySelector('#field-link')?.getAttribute('value')

const mail = (page: VisitedPage, address: string, language = 'ja') =>
  shop.submit(page, 'form[action$="/link"]', { address, language })

describe('an order by hand', () => {
  it('is provisional, with a number, a link that a customer can open, and no payer', async () => {
    const page = await write({ category: 'shoes', reference: 'COUNTER-7' })
    const { order, claim } = await newest()
    expect(page.text).toContain('The order is stored')
    expect(order).toMatchObject({
      description: 'A pair of shoes, size 24',
      amountMinor: 3150n,
      category: 'shoes',
      shopOrderRef: 'COUNTER-7',
    })
    expect(claim).toMatchObject({ status: 'provisional', customerId: null })
    expect(linkOn(page)).toBe(`http://claims.test/entry/${order.entryToken}`)
    const entry = await shop.open(linkOn(page) ?? '')
    expect(entry.status).toBe(200)
    expect(entry.text).toContain('3,150 yen')
  })

  it('shows its link as a QR code that needs nothing inline', async () => {
    const page = await write()
    const code = page.root.querySelector('svg.qr')
    expect(code?.getAttribute('aria-label')).toMatch(/^QR code with the link of order /)
    expect(code?.querySelector('path')?.getAttribute('d')?.length).toBeGreaterThan(1000)
    expect(page.root.querySelectorAll('[style]')).toHaveLength(0)
  })

  it.each([
    ['30', 30],
    ['1440', 1440],
    ['10080', 10_080],
    ['99999999', 30],
  ])('keeps its link open for %s minutes', async (openFor, minutes) => {
    await write({ openFor })
    const { order, claim } = await newest()
    const openMs = (claim.openUntil?.getTime() ?? 0) - order.createdAt.getTime()
    expect(Math.round(openMs / 60_000)).toBe(minutes)
  })

  it('gets the shop’s own days to pay unless it names a limit', async () => {
    await write()
    expect((await newest()).order.timeLimit).toBe(addDays(world.today(), 14))
    await write({ timeLimit: addDays(world.today(), 5) })
    expect((await newest()).order.timeLimit).toBe(addDays(world.today(), 5))
  })

  it('sent twice is one order', async () => {
    const page = await openConsole(shop, '/shop/orders/new')
    const before = await database.db.$count(orders)
    const sent = await Promise.all([1, 2, 3].map(() => shop.submit(page, form, byHand)))
    expect(new Set(sent.map(({ url }) => url)).size).toBe(1)
    expect(await database.db.$count(orders)).toBe(before + 1)
  })

  it('with a reference that another order has is refused', async () => {
    await write({ reference: 'TAKEN' })
    const page = await write({ reference: 'TAKEN', amount: '9' })
    expect(page.status).toBe(422)
    expect(page.text).toContain('You have another order with this reference')
  })

  it.each([
    ['description', { description: ' ' }],
    ['description', { description: 'x'.repeat(141) }],
    ['amount', { amount: '' }],
    ['amount', { amount: '0' }],
    ['amount', { amount: '-5' }],
    ['amount', { amount: '1.5' }],
    ['amount', { amount: '1e3' }],
    ['amount', { amount: '100000000001' }],
    ['timeLimit', { timeLimit: '2020-01-01' }],
    ['timeLimit', { timeLimit: '2099-01-01' }],
    ['timeLimit', { timeLimit: '2027-02-30' }],
    ['category', { category: 'x'.repeat(41) }],
    ['reference', { reference: 'x'.repeat(65) }],
  ])('names %s when it is wrong: %j', async (field, changed) => {
    const before = await database.db.$count(orders)
    const page = await write(changed)
    expect(page.status).toBe(422)
    const wrong = page.root.querySelectorAll('.field.has-error [name]')
    expect(wrong.map((input) => input.getAttribute('name'))).toEqual([field])
    expect(await database.db.$count(orders)).toBe(before)
  })

  it.each([
    ['３，１５０', 3150n],
    ['3 150', 3150n],
    ['100,000,000,000', 100_000_000_000n],
  ])('takes the amount %s', async (amount, minor) => {
    await write({ amount })
    expect((await newest()).order.amountMinor).toBe(minor)
  })
})

describe('its link by mail', () => {
  it('goes to the address that was typed, in the language that was chosen', async () => {
    const page = await mail(await write(), 'ren@customers.example')
    expect(page.text).toContain('The link is on its way by mail')
    expect(page.text).toContain('ren@customers.example')
    await deliverNotices(world.deps)
    const { order } = await newest()
    expect(world.mails).toMatchObject([{ to: 'ren@customers.example', language: 'ja' }])
    expect(world.mails[0]?.subject).toContain(order.orderNumber)
    expect(world.mails[0]?.text).toContain(`http://claims.test/entry/${order.entryToken}`)
    expect(world.mails[0]?.html).toContain(`/entry/${order.entryToken}`)
  })

  it.each([
    '',
    'nobody',
    'a@b',
    'a@x.example,b@y.example',
    'a@x.example\r\nBcc: evil@y.example',
    '"a b"@x.example',
    'Ren <ren@x.example>',
  ])('to %j is refused', async (address) => {
    const page = await mail(await write(), address)
    expect(page.status).toBe(422)
    expect(page.text).toContain('Enter an address such as')
    expect(await database.db.$count(notices)).toBe(0)
  })

  it('goes once to an address and to five at most', async () => {
    let page = await write()
    for (const name of ['a', 'b', 'c', 'd']) page = await mail(page, `${name}@x.example`)
    expect((await mail(page, 'A@x.example')).text).toContain('sent there already')
    page = await mail(page, 'e@x.example')
    expect((await mail(page, 'f@x.example')).text).toContain('to five addresses')
    expect(await database.db.$count(notices)).toBe(5)
  })

  it('is no way to fill strangers’ mailboxes: sixty an hour from one shop', async () => {
    let page = await write()
    await mail(page, 'first@x.example')
    const [first] = await database.db.select().from(notices)
    if (!first) throw new Error('no notice')
    await database.db.insert(notices).values(
      Array.from({ length: 59 }, (_, at) => ({
        ...first,
        id: world.deps.newId(),
        occasion: `${at}@x.example`,
      })),
    )
    page = await write()
    expect((await mail(page, 'more@x.example')).text).toContain('Many links were sent')
  })

  it('is not sent once the link is closed', async () => {
    const page = await write({ openFor: '30' })
    world.clock.set(new Date(Date.now() + 31 * 60_000))
    const late = await mail(page, 'ren@customers.example')
    expect(late.status).toBe(422)
    expect(await database.db.$count(notices)).toBe(0)
  })
})

it('a customer who accepts it at the bank closes the link, and the shop sees who it is', async () => {
  const page = await write()
  const { order, claim } = await newest()
  const server = openServer(world)
  await server.portal(
    acceptOrder,
    {
      params: { entryToken: order.entryToken ?? '' },
      body: {
        customerId: 'C-7001',
        customerName: 'Ren Abe',
        account: '0901-202-2-0000926',
        mailAddress: 'ren@customers.example',
        language: 'ja',
      },
    },
    { onBehalfOf: 'C-7001' },
  )
  const accepted = await shop.open(page.url)
  expect(accepted.root.querySelector('svg.qr')).toBeNull()
  expect(accepted.text).toContain('Ren Abe')
  expect(accepted.text).toContain('Accepted by the customer at the bank')
  expect(claim.status).toBe('provisional')
})
