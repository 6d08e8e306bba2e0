import { eq, sql } from 'drizzle-orm'
import { randomUUIDv7 } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type FreshDatabase, freshDatabase } from '../../test/support/database.ts'
import { type Mailbox, startMailbox } from '../../test/support/mailbox.ts'
import type { Deps } from '../deps.ts'
import { makeWorld, type TestClaim, type TestWorld } from '../testing/world.ts'
import { backOffSeconds, deliverNotices, leaseNotices } from './deliver-notices.ts'
import { MailNotAccepted, type Mailer, openMailer } from './mailer.ts'
import type { NoticeEvent } from './notice-events.ts'
import { notices } from './notices.table.ts'
import { putInLine } from './resend-notice.ts'
import { startNoticeWorkers } from './workers.ts'
import { writeNotices } from './write-notices.ts'

let database: FreshDatabase
let world: TestWorld
let mailbox: Mailbox
let mailer: Mailer
let deps: Deps

beforeAll(async () => {
  database = await freshDatabase('claim-server')
  world = await makeWorld(database.db)
  mailbox = await startMailbox()
  mailer = openMailer({ ...world.deps.config, SMTP_URL: mailbox.url })
  deps = { ...world.deps, sendMail: mailer.sendMail }
})
beforeEach(async () => {
  mailbox.accept()
  mailbox.mails.length = 0
  await database.db.delete(notices)
})
afterAll(async () => {
  mailer.close()
  world.close()
  await mailbox.close()
  await database.close()
})

const tell = (event: NoticeEvent, claims: readonly TestClaim[], occasion = '') =>
  database.db.transaction((tx) =>
    writeNotices(
      tx,
      deps,
      claims.map(({ orderId }) => ({ orderId, event, occasion })),
    ),
  )

const rows = () => database.db.select().from(notices).orderBy(notices.recipient)

/** Makes every waiting notice's turn come. */
const letTimePass = () => database.db.update(notices).set({ attemptAt: sql`now()` })

test('shop and customer are each told once, at their address and in their language', async () => {
  const claim = await world.addClaim(world.shopA, 3150n)
  await tell('order-received', [claim])
  await tell('order-received', [claim])
  expect(await rows()).toMatchObject([
    { recipient: 'customer', address: 'c-1001@customers.example', language: 'ja' },
    { recipient: 'shop', address: 'shopashoes@shops.example', language: 'en' },
  ])
  await tell('order-received', [claim], 'another occasion')
  expect(await rows()).toHaveLength(4)
})

test('a claim that nobody accepted yet has no customer to tell', async () => {
  const claim = await world.addClaim(world.shopA, 3150n, { status: 'cancelled', customerId: null })
  await tell('claim-cancelled', [claim])
  expect(await rows()).toMatchObject([{ recipient: 'shop' }])
})

test('a notice of a transaction that is rolled back is never sent', async () => {
  const claim = await world.addClaim(world.shopA, 3150n)
  await expect(
    database.db.transaction(async (tx) => {
      await writeNotices(tx, deps, [{ orderId: claim.orderId, event: 'new-claim', occasion: '' }])
      throw new Error('no')
    }),
  ).rejects.toThrow('no')
  expect(await deliverNotices(deps)).toBe(0)
})

test('each notice is mailed once, to its recipient alone, with a Message-ID of its own', async () => {
  const claim = await world.addClaim(world.shopA, 3150n)
  await tell('order-received', [claim])
  expect(await deliverNotices(deps)).toBe(2)
  expect(await deliverNotices(deps)).toBe(0)
  const written = await rows()
  for (const { id, address, status, attempts } of written) {
    expect({ status, attempts }).toEqual({ status: 'delivered', attempts: 1 })
    expect(mailbox.mailsTo(address)).toMatchObject([
      { to: [address], messageId: `<notice-${id}@claimbook.example>` },
    ])
  }
  expect(mailbox.mailsTo('c-1001@customers.example')[0]?.subject).toBe(
    `【お支払い予約受付】Shop A Shoes 3,150円（注文番号 ${claim.orderNumber}）`,
  )
})

test('a mail that is not accepted is put off and sent later, until it is accepted', async () => {
  const claim = await world.addClaim(world.shopA, 3150n)
  await tell('new-claim', [claim])
  mailbox.refuse(451)
  for (const attempts of [1, 2, 3]) {
    await deliverNotices(deps)
    expect(await deliverNotices(deps)).toBe(0)
    expect(await rows()).toMatchObject([
      { status: 'waiting', attempts, lastError: 'the mail server answered 451' },
    ])
    await letTimePass()
  }
  mailbox.accept()
  await deliverNotices(deps)
  expect(await rows()).toMatchObject([{ status: 'delivered', attempts: 4, lastError: null }])
  expect(mailbox.mails).toHaveLength(1)
})

test('a mailbox that says "never" twelve times is believed, and staff see the notice', async () => {
  await tell('new-claim', [await world.addClaim(world.shopA, 3150n)])
  mailbox.refuse(550)
  await database.db.update(notices).set({ attempts: 10 })
  await deliverNotices(deps)
  expect(await rows()).toMatchObject([{ status: 'waiting', attempts: 11 }])
  await letTimePass()
  await deliverNotices(deps)
  expect(await rows()).toMatchObject([{ status: 'failed', attempts: 12 }])
})

test('a mailer that died after the mail server accepted sends again, with the same Message-ID', async () => {
  const claim = await world.addClaim(world.shopA, 3150n)
  await tell('new-claim', [claim])
  const dies = async (mail: Parameters<Deps['sendMail']>[0]) => {
    await mailer.sendMail(mail)
    throw new Error('killed')
  }
  await deliverNotices({ ...deps, sendMail: dies })
  await letTimePass()
  await deliverNotices(deps)
  expect(mailbox.mails).toHaveLength(2)
  expect(new Set(mailbox.mails.map((mail) => mail.messageId)).size).toBe(1)
  expect(await rows()).toHaveLength(1)
})

test('replicas share the notices: each is leased to one of them, until its minute is over', async () => {
  const claims = []
  for (let at = 0; at < 30; at++) claims.push(await world.addClaim(world.shopA, 100n))
  await tell('new-claim', claims)
  const leases = await Promise.all(Array.from({ length: 5 }, () => leaseNotices(deps)))
  const ids = leases.flat()
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids).toHaveLength(30)
  expect(await leaseNotices(deps)).toEqual([])
  await database.db
    .update(notices)
    .set({ attemptAt: sql`${notices.attemptAt} - interval '61 seconds'` })
  expect(await leaseNotices(deps)).not.toEqual([])
})

test('a mail that is sent again while it is on its way is in the ledger with where it went', async () => {
  const claim = await world.addClaim(world.shopA, 3150n, { status: 'cancelled', customerId: null })
  await tell('claim-cancelled', [claim])
  const sendMail: Deps['sendMail'] = async (mail) => {
    await putInLine(database.db, eq(notices.orderId, claim.orderId))
    await database.db.update(notices).set({ address: 'moved@shops.example' })
    await deps.sendMail(mail)
  }
  await deliverNotices({ ...deps, sendMail })
  expect(await deliverNotices(deps)).toBe(0)
  expect(await rows()).toMatchObject([
    { status: 'delivered', address: 'shopashoes@shops.example', attempts: 0 },
  ])
})

test('a mail that is sent again while its last try is refused is not given up', async () => {
  const claim = await world.addClaim(world.shopA, 3150n, { status: 'cancelled', customerId: null })
  await tell('claim-cancelled', [claim])
  await database.db.update(notices).set({ attempts: 11 })
  const sendMail: Deps['sendMail'] = async () => {
    await putInLine(database.db, eq(notices.orderId, claim.orderId))
    throw new MailNotAccepted('no such mailbox', true)
  }
  await deliverNotices({ ...deps, sendMail })
  expect(await rows()).toMatchObject([{ status: 'waiting', attempts: 0 }])
})

test('the wait doubles up to its longest, between half and whole', () => {
  expect(backOffSeconds(1, 180, 0)).toBe(1)
  expect(backOffSeconds(1, 180, 1)).toBe(2)
  expect(backOffSeconds(5, 180, 0)).toBe(16)
  expect(backOffSeconds(30, 180, 1)).toBe(180)
})

test('hostile goods and shops change neither recipients nor headers', async () => {
  const name = 'Evil\r\nBcc: evil@y.test <b>'
  const shop = await world.addShop(name, '0901-101-1-0029999')
  const [first, second] = [
    await world.addClaim(shop, 3150n, { description: 'x\r\nTo: evil@y.test\r\n\r\n<script>' }),
    await world.addClaim(shop, 1n, { description: '"><img src=x onerror=alert(1)>' }),
  ]
  await tell('order-received', [first, second])
  await deliverNotices(deps)
  expect(mailbox.mails).toHaveLength(4)
  for (const mail of mailbox.mails) {
    expect(mail.envelopeTo).toEqual(mail.to)
    expect(mail.to[0]).toMatch(/@(customers|shops)\.example$/)
    expect(mail.cc).toEqual([])
    expect(mail.headers.has('bcc')).toBe(false)
    expect(mail.html).not.toMatch(/<script|<img/)
  }
})

test('an address that is none is never tried at the mail server', async () => {
  await world.addCustomer('C-8', { mailAddress: 'c@x.test\r\nRCPT TO:<evil@y.test>' })
  await tell('new-claim', [await world.addClaim(world.shopA, 1n, { customerId: 'C-8' })])
  await deliverNotices(deps)
  expect(mailbox.mails).toEqual([])
  expect(await rows()).toMatchObject([{ lastError: 'the address is not one' }])
})

test('the worker empties the outbox by itself and stops when told', async () => {
  const claims = []
  for (let at = 0; at < 45; at++) claims.push(await world.addClaim(world.shopA, 100n))
  const worker = startNoticeWorkers(deps)
  await tell('new-claim', claims)
  await expect
    .poll(() => database.db.$count(notices, eq(notices.status, 'delivered')), { timeout: 8000 })
    .toBe(45)
  await worker.stop()
  await tell('new-claim', claims, randomUUIDv7())
  expect(await database.db.$count(notices, eq(notices.attempts, 0))).toBe(45)
})
