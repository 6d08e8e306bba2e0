import { and, eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { addDays } from '#shared/dates.ts'
import { openConsole, signedInShop } from '../../../test/support/console-pages.ts'
import { type FreshDatabase, freshDatabase } from '../../../test/support/database.ts'
import type { Visitor } from '../../../test/support/visitor.ts'
import { customers } from '../../banks/banks.table.ts'
import { claimHistory, claims } from '../../claims/claims.table.ts'
import { deliverNotices } from '../../notices/deliver-notices.ts'
import { notices } from '../../notices/notices.table.ts'
import { completeByReceipt } from '../../payments/complete-payments.ts'
import { exceptions } from '../../payments/payments.table.ts'
import { shops } from '../../shops/shops.table.ts'
import { expireClaims } from '../../time-limits/expire-claims.ts'
import { type ConsoleWorld, consoleUrl, makeConsoleWorld } from '../../testing/console.ts'
import type { TestClaim } from '../../testing/world.ts'

let database: FreshDatabase
let world: ConsoleWorld
let shop: Visitor
let other: Visitor

beforeAll(async () => {
  database = await freshDatabase('claim-server')
  world = await makeConsoleWorld(database.db)
  shop = await signedInShop({ world, language: 'en' })
  other = await signedInShop({ world, language: 'en' }, world.loginOfB)
})
afterAll(async () => {
  world.close()
  await database.close()
})
beforeEach(() => world.clock.set(new Date()))

const pathOf = ({ orderNumber }: TestClaim) => `/shop/orders/${orderNumber}`
const open = (claim: TestClaim, who = shop) => openConsole(who, pathOf(claim))

const submit = async (
  claim: TestClaim,
  act: string,
  fields: Record<string, string> = {},
  who = shop,
) => who.submit(await open(claim, who), `form[action$="/${act}"]`, fields)

const statusOf = async ({ orderId }: TestClaim) => {
  const [row] = await database.db.select().from(claims).where(eq(claims.orderId, orderId))
  return row?.status
}

const noticesOf = ({ orderId }: TestClaim) =>
  database.db.select().from(notices).where(eq(notices.orderId, orderId))

describe('an order’s page', () => {
  it('is found by the number as typed', async () => {
    const claim = await world.addClaim(world.shopA, 3150n)
    const typed = claim.orderNumber.toLowerCase().replaceAll('-', '')
    expect((await openConsole(shop, `/shop/orders/${typed}`)).text).toContain(claim.orderNumber)
  })

  it('of another shop, of no shop and of nonsense answers alike', async () => {
    const claim = await world.addClaim(world.shopA, 3150n)
    const pages = await Promise.all(
      [claim.orderNumber, world.deps.newOrderNumber(), 'nonsense', '%00'].map((number) =>
        openConsole(other, `/shop/orders/${number}`),
      ),
    )
    const said = pages.map(({ status, text }) => [status, text.replaceAll(/[0-9a-f-]{36}/g, '')])
    for (const one of said) expect(one).toEqual(said[0])
    expect(pages[0]?.status).toBe(404)
  })

  it('shows the transfer, its group, and the orders that it paid together', async () => {
    const [one, two] = [
      await world.addClaim(world.shopA, 2000n),
      await world.addClaim(world.shopA, 1480n),
    ]
    await world.pay([one, two])
    const page = await open(one)
    expect(page.text).toMatch(/Transfer id [0-9a-f-]{36}/)
    expect(page.text).toMatch(/Group number G-[0-9A-Z-]+/)
    expect(page.text).toContain('2 orders by one transfer of 3,480 yen')
    expect(page.text).toContain('Paid from •••• 4471')
    expect(page.text).toContain('Ordinary, branch 101, 0020001')
    expect(page.root.toString()).not.toContain('0014471')
  })

  it('says since when it is being paid, and offers no way to cancel it meanwhile', async () => {
    const claim = await world.addClaim(world.shopA, 3150n)
    await world.reserve([claim])
    const page = await open(claim)
    expect(page.text).toMatch(/Being paid since \d+ \w+ \d{4}, \d\d:\d\d/)
    expect(page.root.querySelector('form[action$="/cancel"]')).toBeNull()
  })

  it('never says why a customer’s payment failed', async () => {
    const claim = await world.addClaim(world.shopA, 3150n)
    const { instruction } = await world.reserve([claim])
    world.core.refuseWith('insufficient-funds')
    const receipt = await world.core.execute(instruction)
    world.core.refuseWith(undefined)
    await completeByReceipt(world.deps, { receipt, caller: world.caller() })
    const page = await open(claim)
    expect(page.text).toContain('The payment did not go through; the order is open again')
    expect(page.root.toString()).not.toMatch(/insufficient|funds|balance/i)
  })

  it('tells of a payment that came when it was not open', async () => {
    const claim = await world.addClaim(world.shopA, 3150n, { status: 'expired' })
    const content = world.contentOf([claim])
    const receipt = await world.core.executeUnasked(world.customerId, content)
    await completeByReceipt(world.deps, { receipt, caller: world.caller() })
    expect(await database.db.$count(exceptions)).toBe(1)
    expect((await open(claim)).text).toContain('A payment came when the order was not open')
  })

  it('shows a customer’s reason to decline in the shop’s language', async () => {
    const claim = await world.addClaim(world.shopA, 3150n, { status: 'declined' })
    await database.db.insert(claimHistory).values({
      orderId: claim.orderId,
      at: new Date(),
      event: 'declined',
      by: 'customer',
      reason: 'wrong-amount: it was 2,100',
    })
    expect((await open(claim)).text).toContain('Reason: The amount is wrong: it was 2,100')
  })

  it('shows an act of the bank’s staff as the bank’s, without a name', async () => {
    const claim = await world.addClaim(world.shopA, 3150n)
    await database.db.insert(claimHistory).values({
      orderId: claim.orderId,
      at: new Date(),
      event: 'something-new',
      by: 'staff:clerk',
      reason: 'for staff only',
    })
    const page = await open(claim)
    expect(page.text).toContain('Changed')
    expect(page.text).toContain('by the bank')
    expect(page.root.toString()).not.toMatch(/clerk|for staff only/)
  })
})

describe('mails', () => {
  const told = async () => {
    const claim = await world.addClaim(world.shopA, 3150n)
    await world.pay([claim])
    await deliverNotices(world.deps)
    return claim
  }
  const resendFirst = async (claim: TestClaim) => {
    const page = await open(claim)
    const form = page.root.querySelector('form[action$="/resend"]')?.getAttribute('action') ?? ''
    return shop.submit(page, `form[action="${form}"]`)
  }
  const age = (claim: TestClaim) =>
    database.db
      .update(notices)
      .set({ deliveredAt: sql`now() - interval '6 minutes'` })
      .where(eq(notices.orderId, claim.orderId))

  it('are all listed with their state; a customer’s address stays the bank’s', async () => {
    const page = await open(await told())
    expect(page.text).toContain('shopashoes@shops.example')
    expect(page.root.toString()).not.toContain('c-1001@customers.example')
    expect(page.text.match(/delivered/g)).toHaveLength(2)
  })

  it('are sent again under the same message id, and not at once again', async () => {
    const claim = await told()
    expect((await resendFirst(claim)).text).toContain('delivered a few minutes ago')
    await age(claim)
    const before = world.mails.length
    expect((await resendFirst(claim)).text).toContain('The mail is sent again')
    await deliverNotices(world.deps)
    const [again, ...more] = world.mails.slice(before)
    expect(more).toEqual([])
    expect(world.mails.filter(({ messageId }) => messageId === again?.messageId)).toHaveLength(2)
  })

  it('go to the address that the recipient has now', async () => {
    const claim = await told()
    await age(claim)
    await database.db.update(shops).set({ mailAddress: 'new@shops.example' })
    await database.db.update(customers).set({ mailAddress: 'new@customers.example' })
    for (const { id } of await noticesOf(claim)) {
      const page = await open(claim)
      await shop.submit(page, `form[action$="/mails/${id}/resend"]`)
    }
    const addresses = (await noticesOf(claim)).map(({ address }) => address)
    expect(addresses.toSorted()).toEqual(['new@customers.example', 'new@shops.example'])
    await deliverNotices(world.deps)
  })

  it('of another order or shop can’t be sent', async () => {
    const claim = await told()
    await age(claim)
    const foreign = await world.addClaim(world.shopB, 1n)
    const own = await world.addClaim(world.shopA, 1n)
    const [notice] = await noticesOf(claim)
    const page = await open(claim)
    const { init } = shop.formRequest(page, 'form[action$="/resend"]')
    for (const number of [own.orderNumber, foreign.orderNumber, 'nonsense']) {
      const url = `${consoleUrl}/shop/orders/${number}/mails/${notice?.id}/resend`
      expect((await shop.send(url, init)).status).toBe(404)
    }
    expect((await noticesOf(claim)).every(({ status }) => status === 'delivered')).toBe(true)
  })
})

describe('cancelling', () => {
  it('closes an unsettled order with the reason; the customer is told', async () => {
    const claim = await world.addClaim(world.shopA, 3150n)
    const page = await submit(claim, 'cancel', { reason: 'Sold out' })
    expect(page.text).toContain('The order is cancelled')
    expect(page.text).toContain('Reason: Sold out')
    expect(await statusOf(claim)).toBe('cancelled')
    const told = (await noticesOf(claim)).filter(({ recipient }) => recipient === 'customer')
    expect(told.map(({ event }) => event)).toEqual(['claim-cancelled'])
  })

  it('of an order that is being paid meanwhile says that it was too late', async () => {
    const claim = await world.addClaim(world.shopA, 3150n)
    const page = await open(claim)
    await world.reserve([claim])
    const late = await shop.submit(page, 'form[action$="/cancel"]')
    expect(late.text).toContain('could not be cancelled')
    expect(await statusOf(claim)).toBe('paying')
  })

  it('of another shop’s order is not found', async () => {
    const claim = await world.addClaim(world.shopB, 3150n)
    const own = await world.addClaim(world.shopA, 1n)
    const { init } = shop.formRequest(await open(own), 'form[action$="/cancel"]')
    const answer = await shop.send(`${consoleUrl}${pathOf(claim)}/cancel`, init)
    expect(answer.status).toBe(404)
    expect(await statusOf(claim)).toBe('unsettled')
  })

  it('without this visit’s token does nothing', async () => {
    const claim = await world.addClaim(world.shopA, 3150n)
    expect((await submit(claim, 'cancel', { _csrf: 'x' })).status).toBe(403)
    expect(await statusOf(claim)).toBe('unsettled')
  })
})

describe('opening an expired order again', () => {
  const expired = async () => {
    const claim = await world.addClaim(world.shopA, 3150n, {
      timeLimit: addDays(world.today(), -2),
    })
    await expireClaims(world.deps)
    return claim
  }

  it('keeps its number and history, with the new limit; the customer is told', async () => {
    const claim = await expired()
    const timeLimit = addDays(world.today(), 10)
    const page = await submit(claim, 'revive', { timeLimit })
    expect(page.text).toContain('The order is open again')
    expect(page.text).toContain('The time limit passed without payment')
    expect(page.text).toContain('Opened again by you')
    expect(await statusOf(claim)).toBe('unsettled')
    expect((await noticesOf(claim)).map(({ event }) => event)).toContain('claim-revived')
  })

  it.each(['', 'x', '2020-01-01', '2099-01-01'])(
    'to the day "%s" is refused',
    async (timeLimit) => {
      const claim = await expired()
      const page = await submit(claim, 'revive', { timeLimit })
      expect(page.status).toBe(422)
      expect(page.root.querySelector('.field.has-error [name=timeLimit]')).not.toBeNull()
      expect(await statusOf(claim)).toBe('expired')
    },
  )

  it('is offered for thirty days', async () => {
    const claim = await expired()
    const isOffered = async () =>
      (await open(claim)).root.querySelector('form[action$="/revive"]') !== null
    world.clock.set(new Date(Date.now() + 29 * 24 * 3600_000))
    expect(await isOffered()).toBe(true)
    world.clock.set(new Date(Date.now() + 31 * 24 * 3600_000))
    expect(await isOffered()).toBe(false)
  })
})

it('a suspended shop sees its orders and can do nothing to have more of them', async () => {
  const suspended = await signedInShop({ world, language: 'en' }, world.loginOfSuspended)
  const [shopRow] = await database.db.select().from(shops).where(eq(shops.status, 'suspended'))
  const holder = { id: shopRow?.id ?? '', account: '0901-101-1-0020099', holder: 'SHOP S CHAIRS' }
  const claim = await world.addClaim(holder, 900n, { timeLimit: addDays(world.today(), -2) })
  await expireClaims(world.deps)
  const page = await open(claim, suspended)
  expect(page.text).toContain('Your shop is suspended')
  expect(page.text).toContain('900 yen')
  expect(page.root.querySelector('form[action$="/revive"]')).toBeNull()
  expect((await openConsole(suspended, '/shop/orders/new')).status).toBe(403)
  expect(
    await database.db.$count(
      claims,
      and(eq(claims.shopId, holder.id), eq(claims.status, 'unsettled')),
    ),
  ).toBe(0)
})
