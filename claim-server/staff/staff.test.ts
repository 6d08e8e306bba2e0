import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { AnyCall, ReplyOf, Sent } from '#shared/contracts/call.ts'
import { chooseAdvert } from '#shared/contracts/adverts.ts'
import { completePayment, reserveRun } from '#shared/contracts/claim-server.ts'
import { declineClaim } from '#shared/contracts/customer-choices.ts'
import * as calls from '#shared/contracts/staff.ts'
import { addDays } from '#shared/dates.ts'
import type { AppError } from '#shared/errors.ts'
import { freshDatabase, type FreshDatabase } from '../../test/support/database.ts'
import { banks } from '../banks/banks.table.ts'
import { claimHistory, claims } from '../claims/claims.table.ts'
import { leaseNotices } from '../notices/deliver-notices.ts'
import { notices } from '../notices/notices.table.ts'
import { writeNotices } from '../notices/write-notices.ts'
import { payments, receiptKeys } from '../payments/payments.table.ts'
import { fees } from '../quotes/fees.table.ts'
import { leasePeriod } from '../reconciliation/keep-reconciliation.ts'
import { reconcileIfDue } from '../reconciliation/reconcile-if-due.ts'
import { reconciliations } from '../reconciliation/reconciliations.table.ts'
import { shops } from '../shops/shops.table.ts'
import { openServer, type TestServer } from '../testing/server.ts'
import { makeWorld, type TestClaim, type TestWorld } from '../testing/world.ts'
import { auditLog } from './audit.table.ts'
import { passwordFits } from '#shared/hash-password.ts'
import { shopLogins } from '../shops/console.table.ts'
import { setShopLogin } from '../shops/set-shop-login.ts'

let database: FreshDatabase
let world: TestWorld
let server: TestServer

beforeAll(async () => {
  database = await freshDatabase('claim-server')
  world = await makeWorld(database.db)
  server = openServer(world)
})
afterAll(async () => {
  world.close()
  await database.close()
})
beforeEach(() => world.clock.set(new Date()))

const staff = { onBehalfOf: 'staff:S-07' }
const ask = <C extends AnyCall>(call: C, sent: Sent<C>): Promise<ReplyOf<C>> =>
  server.portal(call, sent, staff)
const ofPage = (more: Record<string, unknown> = {}) => ({ query: more }) as never
const search = (query: Record<string, unknown>) => ask(calls.searchClaims, { query } as never)
const lastAct = async () => {
  const [row] = await database.db.select().from(auditLog).orderBy(sql`id desc`).limit(1)
  return row
}
const numbers = ({ claims: found }: ReplyOf<typeof calls.searchClaims>) =>
  found.map((claim) => claim.orderNumber)

/** Pays a claim with the core in memory. Returns the payment's id. */
const pay = async (claim: TestClaim, { complete = true } = {}) => {
  const content = world.contentOf([claim])
  const authorisation = await world.core.authorise(world.customerId, [content])
  const reply = await server.portal(
    reserveRun,
    {
      params: { customerId: world.customerId },
      body: { payments: [content], authorisation },
    } as never,
    { onBehalfOf: world.customerId },
  )
  if (reply.outcome !== 'reserved') throw new Error(reply.reason)
  const receipt = await world.core.execute(reply.payments[0]?.instruction ?? '')
  if (complete) await server.portal(completePayment, { body: { receipt } })
  return content.paymentId
}

describe('every staff call', () => {
  const sentOf = (call: AnyCall): Record<string, unknown> => ({
    params: {
      orderNumber: '3F8T-Q1ZD-H',
      noticeId: world.deps.newId(),
      shopId: world.deps.newId(),
      advertId: world.deps.newId(),
      relation: 'affiliated',
      date: '2099-01-01',
    },
    ...(call.query ? { query: {} } : {}),
    ...(call.body ? { body: bodies[call.name] } : {}),
  })
  const bodies: Record<string, unknown> = {
    decideShop: { decision: 'approve', reason: 'papers seen' },
    resetShopPassword: { reason: 'forgotten' },
    replaceFees: {
      validFrom: '2098-01-01',
      ranges: [{ fromAmountMinor: 0, feeMinor: 1 }],
    },
    addHoliday: { date: '2098-02-02', name: 'A day', nameJa: 'ある日' },
    addAdvert: {
      advertiser: 'X',
      text: { en: 'x', ja: 'x' },
      url: 'https://x.example',
      categories: [],
      relatedWords: [],
      showFrom: '2098-01-01',
      showUntil: null,
    },
    recordAct: { act: 'unlock-customer', subject: 'C-1001' },
  }

  test.each(calls.staffCalls.map((call) => [call.name, call] as const))(
    '%s: on behalf of staff, once, with its row in the audit log',
    async (name, call) => {
      const before = await database.db.$count(auditLog)
      const outcome = await server.portal(call as AnyCall, sentOf(call) as never, staff).then(
        () => 'answered',
        (error: unknown) => (error as AppError).code,
      )
      expect(['answered', 'not-found']).toContain(outcome)
      expect(await database.db.$count(auditLog)).toBe(before + 1)
      expect(await lastAct()).toMatchObject({
        staffId: 'S-07',
        act: name === 'recordAct' ? 'unlock-customer' : name,
      })
    },
  )

  test.each(calls.staffCalls.map((call) => [call.name, call] as const))(
    '%s: on behalf of anybody else it is not found, and nothing happens',
    async (_name, call) => {
      const before = await database.db.$count(auditLog)
      for (const context of [{}, { onBehalfOf: 'C-1001' }, { onBehalfOf: 'staff:' }])
        await expect(
          server.portal(call as AnyCall, sentOf(call) as never, context),
        ).rejects.toMatchObject({ code: 'not-found' })
      expect(await database.db.$count(auditLog)).toBe(before)
    },
  )
})

describe('the audit log', () => {
  test('is only ever added to, by whoever asks', async () => {
    await ask(calls.recordAct, { body: { act: 'unlock-customer', subject: 'C-1' } })
    for (const change of [
      'update audit_log set act = $$x$$',
      'delete from audit_log',
      'truncate audit_log',
    ])
      await expect(
        database.db.execute(sql.raw(change.replace('audit_log', 'claim_server.audit_log'))),
      ).rejects.toMatchObject({ cause: { code: '23001' } })
  })

  test('is read newest first, by staff and subject, page by page, each reading in it too', async () => {
    for (const subject of ['C-51', 'C-52', 'C-51'])
      await ask(calls.recordAct, { body: { act: 'suspend', subject, detail: `of ${subject}` } })
    const found = await ask(calls.listAudit, { query: { subject: 'C-51', limit: 1 } } as never)
    expect(found.entries).toMatchObject([
      { staffId: 'S-07', act: 'suspend', subject: 'C-51', detail: 'of C-51' },
    ])
    const rest = await ask(calls.listAudit, {
      query: { subject: 'C-51', limit: 5, cursor: found.nextCursor },
    } as never)
    expect(rest.entries).toHaveLength(1)
    expect(rest.nextCursor).toBeNull()
    const all = await ask(calls.listAudit, { query: { staffId: 'S-07', limit: 2 } } as never)
    expect(all.entries[1]).toMatchObject({ act: 'listAudit', detail: 'subject C-51' })
  })
})

describe('searching claims', () => {
  test('finds by number, customer, account, shop, amount, day and status, all together', async () => {
    await world.addCustomer('F-77', { name: 'Wakana Find' })
    const shop = await world.addShop('Findable Books', '0901-101-1-0020055')
    const claim = await world.addClaim(shop, 7_777_777n, { customerId: 'F-77' })
    const other = await world.addClaim(world.shopB, 7_777_778n, { customerId: 'F-77' })
    const today = world.today()
    for (const query of [
      { orderNumber: claim.orderNumber.toLowerCase().replaceAll('-', ' ') },
      { amountMinor: 7_777_777 },
      { shop: 'findable' },
      { shop: shop.id },
      { customer: 'F-77', shop: 'Find' },
      {
        customer: 'wakana',
        account: world.account,
        from: today,
        until: today,
        status: 'unsettled',
        amountMinor: 7_777_777,
      },
    ])
      expect(numbers(await search(query)), JSON.stringify(query)).toEqual([claim.orderNumber])
    expect(numbers(await search({ customer: 'F-77' }))).toEqual([
      other.orderNumber,
      claim.orderNumber,
    ])
    for (const query of [
      { orderNumber: 'no number' },
      { customer: '%' },
      { shop: 'findable', status: 'settled' },
      { customer: 'F-77', until: addDays(today, -1) },
      { amountMinor: 7_777_777, account: '0901-101-1-9999999' },
    ])
      expect(numbers(await search(query)), JSON.stringify(query)).toEqual([])
    expect((await search({ amountMinor: 7_777_777 })).claims).toMatchObject([
      { customerId: 'F-77', customerName: 'Wakana Find', shopName: 'Findable Books' },
    ])
  })

  test('finds a settled claim by the account that paid it', async () => {
    const claim = await world.addClaim(world.shopA, 41n)
    await database.db
      .update(claims)
      .set({ account: '0901-101-1-5555555' })
      .where(eq(claims.orderId, claim.orderId))
    await pay(claim)
    for (const account of [world.account, '0901-101-1-5555555'])
      expect(numbers(await search({ account, amountMinor: 41 }))).toEqual([claim.orderNumber])
  })

  test('goes on page by page, newest first, none twice and none left out', async () => {
    await world.addCustomer('F-78')
    const made = []
    for (let at = 0; at < 7; at++)
      made.push((await world.addClaim(world.shopA, 1n, { customerId: 'F-78' })).orderNumber)
    for (const days of [{}, { from: world.today() }]) {
      const found: string[] = []
      let cursor: string | null | undefined
      do {
        const query = { customer: 'F-78', limit: 3, ...days, ...(cursor ? { cursor } : {}) }
        const page = await search(query)
        found.push(...numbers(page))
        cursor = page.nextCursor
      } while (cursor)
      expect(found).toEqual(made.toReversed())
    }
  })

  test.each([{}, { amountMinor: 4_321 }])('of a rare state goes on likewise: %o', async (more) => {
    const [first, second, third] = [
      await world.addClaim(world.shopA, 4_321n, { status: 'cancelled' }),
      await world.addClaim(world.shopB, 4_321n, { status: 'cancelled' }),
      await world.addClaim(world.shopA, 4_321n, { status: 'cancelled' }),
    ].map((claim) => claim.orderNumber)
    await world.addClaim(world.shopA, 4_321n, { status: 'expired' })
    const query = { status: 'cancelled', limit: 2, ...more }
    const page = await search(query)
    expect(numbers(page)).toEqual([third, second])
    const next = await search({ ...query, cursor: page.nextCursor })
    expect(numbers(next)[0]).toBe(first)
  })

  test('says in the audit log what was searched for', async () => {
    await search({ customer: 'Sato', status: 'expired' })
    expect(await lastAct()).toMatchObject({ detail: 'customer Sato, status expired' })
  })
})

describe('one claim', () => {
  test('is read with one timeline over order, payment, mails, and a receipt that verifies', async () => {
    const claim = await world.addClaim(world.shopA, 3150n)
    const paymentId = await pay(claim)
    const read = await ask(calls.readClaim, { params: { orderNumber: claim.orderNumber } })
    expect(read.claim).toMatchObject({ status: 'settled', customerName: 'Haruka Sato' })
    expect(read.payments).toMatchObject([
      { paymentId, status: 'executed', account: world.account, receiptVerified: true },
    ])
    const steps = read.timeline.map((step) => `${step.service}: ${step.event} by ${step.by}`)
    for (const step of [
      'core-banking: authorised by customer',
      'bank-portal: paying by customer',
      'core-banking: executed by core',
      'core-banking: settled by core',
      'mail: claim-settled written by shop',
      'mail: claim-settled written by customer',
    ])
      expect(steps).toContain(step)
    const times = read.timeline.map((step) => step.at.getTime())
    expect(times).toEqual(times.toSorted((a, b) => a - b))
    expect(read.notices).toHaveLength(2)
    expect(await lastAct()).toMatchObject({ act: 'readClaim', subject: claim.orderNumber })
  })

  test('shows a receipt that was changed, or whose key is not in the archive, as not verified', async () => {
    const claim = await world.addClaim(world.shopA, 10n)
    const paymentId = await pay(claim)
    const verified = async () => {
      const read = await ask(calls.readClaim, { params: { orderNumber: claim.orderNumber } })
      return read.payments[0]?.receiptVerified
    }
    const of = eq(payments.id, paymentId)
    const [stored] = await database.db.select().from(payments).where(of)
    const [header = '', payload = '', signature = ''] = (stored?.receipt ?? '').split('.')
    const content = JSON.parse(Buffer.from(payload, 'base64url').toString())
    const forged = Buffer.from(JSON.stringify({ ...content, payer: 'X' })).toString('base64url')
    for (const set of [
      { receipt: [header, forged, signature].join('.') },
      { receiptKid: 'receipt-unknown' },
      { digest: 'A'.repeat(43) },
    ]) {
      await database.db.update(payments).set(set).where(of)
      expect(await verified(), JSON.stringify(Object.keys(set))).toBe(false)
      await database.db
        .update(payments)
        .set({
          receipt: stored?.receipt ?? null,
          receiptKid: stored?.receiptKid ?? null,
          digest: stored?.digest ?? '',
        })
        .where(of)
    }
    expect(await verified()).toBe(true)
    expect(await database.db.$count(receiptKeys)).toBe(1)
  })

  test('keeps its steps in order when the business clock was moved', async () => {
    world.clock.set(new Date(Date.now() + 40 * 24 * 3600_000))
    const claim = await world.addClaim(world.shopA, 10n, { timeLimit: addDays(world.today(), 9) })
    await database.db.transaction(async (tx) => {
      const at = world.deps.clock.now()
      await tx
        .insert(claimHistory)
        .values({ orderId: claim.orderId, at, event: 'warned', by: 'time' })
      await writeNotices(tx, world.deps, [
        { orderId: claim.orderId, event: 'limit-warning', occasion: 'x' },
      ])
      await tx.insert(claimHistory).values({
        orderId: claim.orderId,
        at: new Date(at.getTime() + 3600_000),
        event: 'expired',
        by: 'time',
      })
    })
    const { timeline } = await ask(calls.readClaim, { params: { orderNumber: claim.orderNumber } })
    expect(timeline.map((step) => step.event)).toEqual([
      'warned',
      'limit-warning written',
      'limit-warning written',
      'expired',
    ])
  })
})

describe('payments in doubt', () => {
  test('are those without a receipt, oldest first', async () => {
    const first = await pay(await world.addClaim(world.shopA, 11n), { complete: false })
    const second = await pay(await world.addClaim(world.shopA, 12n), { complete: false })
    await pay(await world.addClaim(world.shopA, 13n))
    const { payments: open, nextCursor } = await ask(calls.listOpenPayments, ofPage({ limit: 1 }))
    expect(open).toMatchObject([{ paymentId: first, customerId: world.customerId, timesAsked: 0 }])
    const rest = await ask(calls.listOpenPayments, ofPage({ limit: 5, cursor: nextCursor }))
    expect(rest.payments.map((one) => one.paymentId)).toEqual([second])
  })
})

describe('reconciliations', () => {
  test('are those of the bank that have ended, newest first, with what differed', async () => {
    await database.db.delete(reconciliations)
    const claim = await world.addClaim(world.shopA, 11n)
    await pay(claim)
    await database.db.delete(notices).where(eq(notices.orderId, claim.orderId))
    await database.db
      .update(payments)
      .set({ createdAt: new Date(Date.now() - 61_000) })
      .where(eq(payments.status, 'executed'))
    await leasePeriod(world.deps, { extent: 'whole', period: 'under way' })
    await reconcileIfDue(world.deps, 'whole')
    await reconcileIfDue(world.deps, 'recent')
    const first = await ask(calls.listReconciliations, ofPage({ limit: 1 }))
    const rest = await ask(
      calls.listReconciliations,
      ofPage({ limit: 5, cursor: first.nextCursor }),
    )
    const all = [...first.reconciliations, ...rest.reconciliations]
    expect(all.map((one) => one.extent)).toEqual(['recent', 'whole'])
    for (const one of all)
      expect(one.differences).toContainEqual({
        kind: 'missing-notice',
        id: claim.orderNumber,
        words: 'settled, but the shop was never told',
      })
    await database.db.insert(banks).values({
      ...world.bank,
      code: '0955',
      portalIssuer: 'bank-portal:0955',
    })
    await database.db.update(reconciliations).set({ bank: '0955' })
    expect(await ask(calls.listReconciliations, ofPage())).toEqual({
      reconciliations: [],
      nextCursor: null,
    })
    await database.db.delete(reconciliations)
    await database.db.delete(banks).where(eq(banks.code, '0955'))
  })
})

describe('undelivered mails', () => {
  test('are those that were tried in vain or wait for long, and can be sent again', async () => {
    await database.db.update(notices).set({ status: 'delivered' })
    const claim = await world.addClaim(world.shopA, 100n)
    await database.db.transaction((tx) =>
      writeNotices(tx, world.deps, [
        { orderId: claim.orderId, event: 'claim-cancelled', occasion: '1' },
      ]),
    )
    const undelivered = async () => (await ask(calls.listUndelivered, ofPage())).notices
    expect(await undelivered()).toEqual([])
    await database.db
      .update(notices)
      .set({ status: 'failed', attempts: 12, lastError: 'the mail server answered 550' })
      .where(eq(notices.recipient, 'customer'))
    const ofClaim = (await undelivered()).filter((one) => one.orderNumber === claim.orderNumber)
    expect(ofClaim).toMatchObject([
      {
        event: 'claim-cancelled',
        recipient: 'customer',
        lastError: 'the mail server answered 550',
      },
    ])
    await database.db
      .update(notices)
      .set({ status: 'delivered' })
      .where(sql`${notices.orderId} <> ${claim.orderId}`)
    const noticeId = ofClaim[0]?.noticeId ?? ''
    expect(await ask(calls.resendNotice, { params: { noticeId } })).toEqual({ status: 'waiting' })
    expect(await leaseNotices(world.deps)).toContain(noticeId)
    await expect(
      ask(calls.resendNotice, { params: { noticeId: world.deps.newId() } }),
    ).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('a mail that staff send again', () => {
  const noticeOf = async ({ orderId }: TestClaim) => {
    const [row] = await database.db.select().from(notices).where(eq(notices.orderId, orderId))
    if (!row) throw new Error('no notice')
    return row
  }
  const told = async (changed: Partial<typeof notices.$inferInsert> = { attempts: 0 }) => {
    await database.db.update(notices).set({ status: 'delivered' })
    const claim = await world.addClaim(world.shopA, 100n, { status: 'cancelled', customerId: null })
    await database.db.transaction((tx) =>
      writeNotices(tx, world.deps, [
        { orderId: claim.orderId, event: 'claim-cancelled', occasion: '1' },
      ]),
    )
    const ofClaim = eq(notices.orderId, claim.orderId)
    await database.db.update(notices).set(changed).where(ofClaim)
    return claim
  }
  const resend = ({ id }: { id: string }) => ask(calls.resendNotice, { params: { noticeId: id } })

  test('goes to the address of today, and is not delivered until it has arrived there', async () => {
    const claim = await told({ status: 'delivered', deliveredAt: new Date(), attempts: 1 })
    const ofShop = eq(shops.id, world.shopA.id)
    const [before] = await database.db.select().from(shops).where(ofShop)
    await database.db.update(shops).set({ mailAddress: 'moved@shops.example' }).where(ofShop)
    await resend(await noticeOf(claim))
    expect(await noticeOf(claim)).toMatchObject({
      status: 'waiting',
      attempts: 0,
      deliveredAt: null,
      address: 'moved@shops.example',
    })
    await database.db
      .update(shops)
      .set({ mailAddress: before?.mailAddress ?? '' })
      .where(ofShop)
  })

  test('while it is being sent is not sent twice at once', async () => {
    const claim = await told()
    const { id } = await noticeOf(claim)
    expect(await leaseNotices(world.deps)).toContain(id)
    expect(await resend({ id })).toEqual({ status: 'waiting' })
    expect(await leaseNotices(world.deps)).not.toContain(id)
  })

  test('that was put off for long has its turn at once', async () => {
    const claim = await told({ attempts: 9, attemptAt: new Date(Date.now() + 3_600_000) })
    const { id } = await noticeOf(claim)
    expect(await leaseNotices(world.deps)).not.toContain(id)
    await resend({ id })
    expect(await leaseNotices(world.deps)).toContain(id)
  })
})

describe('shops', () => {
  test('waiting are approved, live ones suspended, and taken back; a repeat answers the same', async () => {
    const shop = await world.addShop('Waiting Room', '0901-101-1-0020066')
    await database.db.update(shops).set({ status: 'waiting' }).where(eq(shops.id, shop.id))
    const decide = (decision: 'approve' | 'suspend' | 'reinstate') =>
      ask(calls.decideShop, {
        params: { shopId: shop.id },
        body: { decision, reason: 'papers seen' },
      })
    const waiting = await ask(calls.listShops, ofPage({ status: 'waiting' }))
    expect(waiting.shops).toMatchObject([
      { shopId: shop.id, accounts: [{ account: shop.account, holder: shop.holder }] },
    ])
    await expect(decide('suspend')).rejects.toMatchObject({ code: 'stale' })
    expect(await decide('approve')).toEqual({ status: 'live' })
    expect(await decide('approve')).toEqual({ status: 'live' })
    expect(await lastAct()).toMatchObject({ subject: shop.id, detail: 'approve: papers seen' })
    expect(await decide('suspend')).toEqual({ status: 'suspended' })
    expect(await decide('reinstate')).toEqual({ status: 'live' })
    const named = await ask(calls.listShops, ofPage({ search: 'waiting r' }))
    expect(named.shops.map((one) => one.status)).toEqual(['live'])
  })
})

describe('the password of a shop’s console', () => {
  const reset = (shopId: string) =>
    ask(calls.resetShopPassword, { params: { shopId }, body: { reason: 'asked at the branch' } })

  test('is made anew, told once, written down with its reason alone; the old one is worth nothing', async () => {
    const shop = await world.addShop('Forgetful', '0901-101-1-0020067')
    const before = 'seven brown laces 24'
    await setShopLogin(world.deps, { shopId: shop.id, signInId: 'forgetful', password: before })
    const answer = await reset(shop.id)
    expect(answer).toMatchObject({ outcome: 'reset', signInId: 'forgetful' })
    const password = answer.outcome === 'reset' ? answer.password : ''
    expect(await lastAct()).toMatchObject({
      act: 'resetShopPassword',
      subject: shop.id,
      detail: 'asked at the branch',
    })
    const [login] = await database.db
      .select()
      .from(shopLogins)
      .where(eq(shopLogins.shopId, shop.id))
    const fits = (one: string) => passwordFits(world.deps.config, login?.passwordHash, one)
    expect([await fits(before), await fits(password)]).toEqual([false, true])
  })

  test('is none where the shop has no login', async () => {
    const shop = await world.addShop('By the API alone', '0901-101-1-0020068')
    expect(await reset(shop.id)).toEqual({ outcome: 'no-login' })
  })
})

describe('exceptions and reports', () => {
  test('list who paid twice, open and closed', async () => {
    const claim = await world.addClaim(world.shopA, 4100n)
    await pay(claim)
    const again = world.contentOf([claim])
    const receipt = await world.core.executeUnasked(world.customerId, again)
    await server.portal(completePayment, { body: { receipt } })
    const open = await ask(calls.listExceptions, ofPage({ open: true }))
    expect(open.exceptions).toMatchObject([
      {
        orderNumber: claim.orderNumber,
        kind: 'paid-twice',
        paymentId: again.paymentId,
        customerAccount: world.account,
        closedAt: null,
      },
    ])
    expect((await ask(calls.listExceptions, ofPage({ open: false }))).exceptions).toEqual([])
    expect((await ask(calls.listExceptions, ofPage())).exceptions).toHaveLength(1)
  })

  test('list claims that customers reported as not theirs', async () => {
    const claim = await world.addClaim(world.shopB, 900n)
    await server.portal(
      declineClaim,
      {
        params: { customerId: world.customerId, orderNumber: claim.orderNumber },
        body: { reason: 'not-mine', text: 'never ordered' },
      } as never,
      { onBehalfOf: world.customerId },
    )
    expect((await ask(calls.listReports, ofPage())).reports).toMatchObject([
      { orderNumber: claim.orderNumber, text: 'never ordered', shopName: 'Shop B Hats' },
    ])
  })
})

describe('fees', () => {
  const replace = (validFrom: string, ranges: [number, number][]) =>
    ask(calls.replaceFees, {
      params: { relation: 'same-bank' },
      body: {
        validFrom,
        ranges: ranges.map(([fromAmountMinor, feeMinor]) => ({ fromAmountMinor, feeMinor })),
      },
    } as never)
  const linesOn = (table: ReplyOf<typeof calls.replaceFees>['fees'], day: string) =>
    table
      .filter(
        (fee) =>
          fee.relation === 'same-bank' &&
          fee.validFrom <= day &&
          (fee.validUntil === null || day < fee.validUntil),
      )
      .map((fee) => [fee.fromAmountMinor, fee.belowAmountMinor, fee.feeMinor])

  test('of a relation are replaced from a day on, ranges that meet, the days before as they were', async () => {
    const today = world.today()
    const nextWeek = addDays(today, 7)
    const nextMonth = addDays(today, 30)
    const before = linesOn((await ask(calls.listFees, {})).fees, today)
    await replace(nextMonth, [[0, 99]])
    const { fees: table } = await replace(nextWeek, [
      [0, 50],
      [10_000, 150],
    ])
    expect(linesOn(table, today)).toEqual(before)
    expect(linesOn(table, addDays(nextWeek, -1))).toEqual(before)
    for (const day of [nextWeek, nextMonth])
      expect(linesOn(table, day)).toEqual([
        [0n, 10_000n, 50n],
        [10_000n, null, 150n],
      ])
    await replace(today, [[0, 1]])
    expect(linesOn((await ask(calls.listFees, {})).fees, nextMonth)).toEqual([[0n, null, 1n]])
    expect(await database.db.$count(fees, eq(fees.relation, 'same-bank'))).toBeGreaterThan(4)
  })

  test.each([
    ['#/validFrom', -1, [[0, 1]]],
    ['#/ranges/0/fromAmountMinor', 1, [[5, 1]]],
    [
      '#/ranges/1/fromAmountMinor',
      1,
      [
        [0, 1],
        [0, 2],
      ],
    ],
  ] as [string, number, [number, number][]][])(
    'that leave a gap name %s',
    async (pointer, days, ranges) => {
      await expect(replace(addDays(world.today(), days), ranges)).rejects.toMatchObject({
        code: 'invalid',
        errors: [{ pointer }],
      })
    },
  )
})

describe('holidays', () => {
  test('that are added move limits of open claims to the next business day, both dates kept', async () => {
    world.clock.set(new Date('2027-05-20T03:00:00Z'))
    const monday = '2027-06-14'
    const open = await world.addClaim(world.shopA, 5n, { timeLimit: monday })
    const settled = await world.addClaim(world.shopA, 5n, { timeLimit: monday })
    await database.db
      .update(claims)
      .set({ status: 'settled', paymentId: world.deps.newId(), settledAt: new Date() })
      .where(eq(claims.orderId, settled.orderId))
    const add = (date: string) =>
      ask(calls.addHoliday, { body: { date, name: 'Founding Day', nameJa: '創立記念日' } })
    expect(await add(monday)).toEqual({ added: true })
    expect(await add(monday)).toEqual({ added: false })
    const claimOf = async (one: TestClaim) =>
      (await database.db.select().from(claims).where(eq(claims.orderId, one.orderId)))[0]
    expect(await claimOf(open)).toMatchObject({
      timeLimit: '2027-06-15',
      originalTimeLimit: monday,
      warnOn: '2027-06-12',
    })
    expect(await claimOf(settled)).toMatchObject({ timeLimit: monday, originalTimeLimit: null })
    const [moved] = await database.db
      .select()
      .from(claimHistory)
      .where(eq(claimHistory.orderId, open.orderId))
    expect(moved).toMatchObject({ event: 'limit-moved', by: 'staff:S-07' })
    const { holidays } = await ask(calls.listHolidays, {})
    expect(holidays).toContainEqual({ date: monday, name: 'Founding Day', nameJa: '創立記念日' })
    expect(await ask(calls.removeHoliday, { params: { date: monday } })).toEqual({ removed: true })
    expect(await ask(calls.removeHoliday, { params: { date: monday } })).toEqual({
      removed: false,
    })
    expect((await claimOf(open))?.timeLimit).toBe('2027-06-15')
  })

  test('that have come stay', async () => {
    world.clock.set(new Date('2027-05-20T03:00:00Z'))
    for (const [call, sent] of [
      [calls.addHoliday, { body: { date: '2027-05-19', name: 'X', nameJa: 'X' } }],
      [calls.removeHoliday, { params: { date: '2027-05-20' } }],
    ] as [AnyCall, object][])
      await expect(ask(call, sent as never)).rejects.toMatchObject({ code: 'invalid' })
  })
})

describe('adverts', () => {
  test('are entered, counted when shown, and ended', async () => {
    const today = world.today()
    const { advertId } = await ask(calls.addAdvert, {
      body: {
        advertiser: 'Tama Leather',
        text: { en: 'Shoe care', ja: '靴のお手入れ' },
        url: 'https://tama-leather.example/',
        categories: ['shoes'],
        relatedWords: ['boot'],
        showFrom: today,
        showUntil: null,
      },
    } as never)
    const show = async () => {
      const { advert } = await server.portal(
        chooseAdvert,
        { params: { customerId: 'C-3' }, body: { orderNumbers: [] } },
        { onBehalfOf: 'C-3' },
      )
      return advert
    }
    expect((await show())?.text.en).toBe('Shoe care')
    const find = async () =>
      (await ask(calls.listAdverts, {})).adverts.find((one) => one.advertId === advertId)
    expect(await find()).toMatchObject({ displays: 1, categories: ['shoes'], showUntil: null })
    expect(await ask(calls.endAdvert, { params: { advertId } })).toEqual({ ended: true })
    expect(await ask(calls.endAdvert, { params: { advertId } })).toEqual({ ended: false })
    expect(await show()).toBeNull()
    expect(await find()).toMatchObject({ displays: 1, showUntil: today })
  })
})
