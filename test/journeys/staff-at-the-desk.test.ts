import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addDays, dateIn } from '#shared/dates.ts'
import { NoAnswer } from '#shared/service-client.ts'
import { claims } from '../../claim-server/claims/claims.table.ts'
import { orders } from '../../claim-server/orders/orders.table.ts'
import { newShop, registerShop } from '../../claim-server/shops/register-shop.ts'
import { accounts } from '../../mock-core-banking/accounts/accounts.table.ts'
import { bankCompanies, bankCustomers, bankStaff } from '../demo/bank-world.ts'
import {
  acceptOrder,
  payClaims,
  type PortalCustomer,
  sendOrder,
  signIn,
} from '../support/people.ts'
import { type OpenShop, openShop, shopsOfTheSeed } from '../support/shops.ts'
import { startSystem, type System } from '../support/start-system.ts'
import { createVisitor, type VisitedPage, type Visitor } from '../support/visitor.ts'

let system: System
let shop: OpenShop
let haruka: PortalCustomer
// What the portal and the resolver may not hear of: set while a payment is to be in doubt.
let isSilent = false

const { haruka: customer } = bankCustomers
const [savings] = customer.accounts
const [shoesAccount] = bankCompanies.shoes.accounts

beforeAll(async () => {
  const hold = new Set(['completePayment', 'findReceipts'])
  system = await startSystem({
    wrap: {
      portal: (deps) => ({
        ...deps,
        callClaimServer: (call, sent, context) =>
          isSilent && hold.has(call.name)
            ? Promise.reject(new NoAnswer(call.name, 'held back'))
            : deps.callClaimServer(call, sent, context),
      }),
      claims: (deps) => ({
        ...deps,
        callCore: (call, sent, context) =>
          isSilent && hold.has(call.name)
            ? Promise.reject(new NoAnswer(call.name, 'held back'))
            : deps.callCore(call, sent, context),
      }),
    },
  })
  shop = await openShop(system.claims.deps, shopsOfTheSeed.shoes)
  haruka = await signIn(system.urls.portal, customer)
})
afterAll(() => system?.close())

const at = (path: string) => `${system.urls.portal}/staff${path}`

const atDesk = async (
  { staffId, password }: { staffId: string; password: string },
  visitor = createVisitor(),
): Promise<Visitor> => {
  const page = await visitor.open(at('/sign-in'))
  await visitor.submit(page, 'form[action="/staff/sign-in"]', { staffId, password })
  return visitor
}

const today = () => dateIn('Asia/Tokyo', system.clock.now())

const owedClaim = async (yen: number) => {
  const order = await sendOrder(system.urls.claims, shop.apiKey, { description: 'Shoes', yen })
  await acceptOrder(haruka, order, savings.account)
  return order.orderNumber
}

const pay = (orderNumber: string) =>
  payClaims(haruka, { orderNumbers: [orderNumber], account: savings.account })

const balanceOf = async (account: string) => {
  const [row] = await system.core.deps.db
    .select({ balance: accounts.balanceMinor })
    .from(accounts)
    .where(eq(accounts.account, account))
  return row?.balance
}

const until = async (
  visitor: Visitor,
  url: string,
  isThere: (page: VisitedPage) => boolean,
): Promise<VisitedPage> => {
  for (let tries = 0; tries < 60; tries++) {
    const page = await visitor.open(url)
    if (isThere(page)) return page
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
  throw new Error(`${url} never showed what was waited for`)
}

describe('a clerk', () => {
  test('finds a paid claim by whatever is known, and reads its story over the three services', async () => {
    const orderNumber = await owedClaim(3_150)
    await pay(orderNumber)
    const clerk = await atDesk(bankStaff.clerk)
    const asked = {
      number: orderNumber.toLowerCase().replaceAll('-', ''),
      customer: 'haruka',
      account: savings.account,
      shop: 'shoes',
      amount: '3,150',
      from: today(),
      status: 'settled',
    }
    for (const [name, value] of Object.entries(asked)) {
      const page = await clerk.open(at(`/claims?${new URLSearchParams({ [name]: value })}`))
      expect(page.text, name).toContain(orderNumber)
    }
    const page = await clerk.open(at(`/claims/${orderNumber}`))
    for (const words of [
      'Order received from the shop Claim server',
      'Accepted by the customer Bank portal',
      'Agreed to with the password Core banking',
      'Executed Core banking',
      'Mail “order received” written Mail',
      'receipt verified',
    ])
      expect(page.text).toContain(words)
  })

  test('sees a payment in doubt, and it leaves the list by itself', async () => {
    const orderNumber = await owedClaim(1_200)
    isSilent = true
    await pay(orderNumber)
    const clerk = await atDesk(bankStaff.clerk)
    expect((await clerk.open(at('/in-doubt'))).text).toContain('C-100417')
    isSilent = false
    await until(clerk, at('/in-doubt'), (page) => page.text.includes('No payment is in doubt'))
  })

  test('lifts the lock on paying that five wrong passwords put on', async () => {
    const orderNumber = await owedClaim(900)
    const wrong = { orderNumbers: [orderNumber], account: savings.account, password: 'wrong' }
    for (let tries = 0; tries < 5; tries++) await payClaims(haruka, wrong)
    expect((await pay(orderNumber)).status).toBe(423)
    const clerk = await atDesk(bankStaff.clerk)
    const page = await clerk.open(at('/customers?search=0014471'))
    expect(page.text).toContain('Paying is locked until')
    const done = await clerk.submit(page, 'form[action$="/unlock"]')
    expect(done.text).toContain('Paying is unlocked')
    expect(done.text).toContain('Paying is not locked')
    expect((await pay(orderNumber)).text).toContain('Paid')
  })

  test('enters an advert and ends it', async () => {
    const clerk = await atDesk(bankStaff.clerk)
    const form = await clerk.open(at('/adverts/new'))
    const entered = await clerk.submit(form, 'form[action="/staff/adverts"]', {
      advertiser: 'Tama Leather',
      en: 'Shoe care set, 980 yen',
      ja: '靴のお手入れセット 980円',
      url: 'https://leather.example/',
      categories: 'shoes, hats',
      relatedWords: 'leather、革',
    })
    expect(entered.text).toContain('The advert is entered')
    expect(entered.text).toContain('Related words: leather, 革')
    const ended = await clerk.submit(entered, 'form[action$="/end"]')
    expect(ended.text).toContain('The advert is ended')
  })

  test('gets no further where an approver is needed', async () => {
    const clerk = await atDesk(bankStaff.clerk)
    for (const path of ['/members', '/audit', '/fees/same-bank'])
      expect((await clerk.open(at(path))).text).toContain('This takes an approver')
  })
})

describe('approvers', () => {
  test('pay back what was paid late: two of them, once, to the yen', async () => {
    const orderNumber = await owedClaim(4_400)
    const before = [await balanceOf(savings.account), await balanceOf(shoesAccount.account)]
    isSilent = true
    await pay(orderNumber)
    // As after a restored backup: the claim is somebody else's business when the receipt comes.
    const { db } = system.claims.deps
    const [order] = await db.select().from(orders).where(eq(orders.orderNumber, orderNumber))
    await db
      .update(claims)
      .set({ status: 'expired', paymentId: null, payingSince: null })
      .where(eq(claims.orderId, order?.id ?? ''))
    isSilent = false
    const first = await atDesk(bankStaff.approver)
    const list = await until(first, at('/exceptions'), (page) => page.text.includes(orderNumber))
    const path = list.root
      .querySelectorAll('a')
      .map((link) => link.getAttribute('href') ?? '')
      .find((href) => /\/exceptions\/[0-9a-f-]{36}$/.test(href))
    const form = await first.open(`${system.urls.portal}${path}`)
    const consent = {
      password: bankStaff.approver.password,
      secondId: bankStaff.secondApprover.staffId,
      secondPassword: bankStaff.secondApprover.password,
    }
    const alone = await first.submit(form, 'form[action$="/refunds"]', {
      ...consent,
      secondId: bankStaff.approver.staffId,
      secondPassword: bankStaff.approver.password,
    })
    expect(alone.status).toBe(422)
    expect(alone.text).toContain('must come from somebody else')
    const withClerk = await first.submit(form, 'form[action$="/refunds"]', {
      ...consent,
      secondId: bankStaff.clerk.staffId,
      secondPassword: bankStaff.clerk.password,
    })
    expect(withClerk.status).toBe(401)
    expect(await balanceOf(savings.account)).not.toBe(before[0])

    const paidBack = await first.submit(form, 'form[action$="/refunds"]', consent)
    expect(paidBack.text).toContain('Paid back 4,400 yen')
    const again = await first.submit(form, 'form[action$="/refunds"]', consent)
    expect(again.text).toContain('Paid back 4,400 yen')
    const after = [await balanceOf(savings.account), await balanceOf(shoesAccount.account)]
    expect(after).toEqual(before)
    expect((await first.open(`${system.urls.portal}${path}`)).text).toContain('the case is closed')
    expect((await first.open(at(`/claims/${orderNumber}`))).text).toContain('Paid back')
    const log = await first.open(at(`/audit?subject=${orderNumber}`))
    expect(log.text).toContain('4,400 yen by approver1 and approver2')
  })

  test('approve a waiting shop with a reason, suspend it, and take it back', async () => {
    const shopId = await registerShop(system.claims.deps, newShop.parse(shopsOfTheSeed.hats))
    const approver = await atDesk(bankStaff.approver)
    expect((await approver.open(at('/shops?status=waiting'))).text).toContain('Shop B Hats')
    let page = await approver.open(at(`/shops/${shopId}`))
    for (const said of ['The shop is live.', 'The shop is suspended.', 'The shop is live again.']) {
      page = await approver.submit(page, 'form[action$="/decision"]', { reason: 'papers checked' })
      expect(page.text).toContain(said)
    }
    const log = await approver.open(at(`/audit?subject=${shopId}`))
    expect(log.text).toContain('suspend: papers checked')
  })

  test('change the fees from tomorrow on, and add a holiday', async () => {
    const approver = await atDesk(bankStaff.approver)
    const form = await approver.open(at('/fees/same-bank'))
    const changed = await approver.submit(form, 'form[action="/staff/fees/same-bank"]', {
      validFrom: addDays(today(), 1),
      from1: '0',
      fee1: '77',
      from2: '50,000',
      fee2: '330',
    })
    expect(changed.text).toContain('0 yen to below 50,000 yen')
    expect(changed.text).toContain('77 yen')
    const days = await approver.open(at('/holidays'))
    const added = await approver.submit(days, 'form[action="/staff/holidays"]', {
      date: addDays(today(), 200),
      name: 'Founding day',
      nameJa: '創業記念日',
    })
    expect(added.text).toContain('The holiday is added')
    expect(added.text).toContain('Founding day')
  })

  test('take somebody on, who chooses a password first, and is out the moment they are suspended', async () => {
    const approver = await atDesk(bankStaff.approver)
    const form = await approver.open(at('/members/new'))
    const added = await approver.submit(form, 'form[action="/staff/members"]', {
      staffId: 'mio',
      name: 'Mio Sakai',
      roles: 'clerk',
    })
    const password = added.root.querySelector('.amount code')?.text ?? ''
    const mio = await atDesk({ staffId: 'mio', password })
    const first = await mio.open(at('/claims'))
    expect(first.url).toBe(at('/password'))
    const own = 'a sentence of my own'
    const desk = await mio.submit(first, 'form[action="/staff/password"]', {
      now: password,
      next: own,
      again: own,
    })
    expect(desk.url).toBe(at(''))
    const page = await approver.open(at('/members/mio'))
    await approver.submit(page, 'form[action$="/suspension"]')
    expect((await mio.open(at(''))).url).toBe(at('/sign-in'))
    const refused = await atDesk({ staffId: 'mio', password: own })
    expect((await refused.open(at(''))).url).toBe(at('/sign-in'))
  })

  test('make nobody an approver alone', async () => {
    const approver = await atDesk(bankStaff.approver)
    const page = await approver.open(at('/members/clerk'))
    const form = 'form[action$="/roles"]'
    const roles = ['clerk', 'approver']
    const alone = await approver.submit(page, form, { roles })
    expect(alone.status).toBe(422)
    const self = await approver.submit(page, form, {
      roles,
      secondId: 'Approver1',
      secondPassword: bankStaff.approver.password,
    })
    expect(self.status).toBe(422)
    const both = await approver.submit(page, form, {
      roles,
      secondId: bankStaff.secondApprover.staffId,
      secondPassword: bankStaff.secondApprover.password,
    })
    expect(both.text).toContain('The roles are changed')
  })
})
