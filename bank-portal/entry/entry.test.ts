import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { MockClaim, NewMockOrder } from '../../test/mocks/index.ts'
import { type FreshDatabase, freshDatabase } from '../../test/support/database.ts'
import { openPortal, portalUrl, type TestPortal } from '../../test/support/portal.ts'
import type { VisitedPage } from '../../test/support/visitor.ts'

let database: FreshDatabase
let portal: TestPortal
beforeAll(async () => {
  database = await freshDatabase('bank-portal')
})
afterAll(() => database.close())
beforeEach(async () => {
  portal = await openPortal({ db: database.db })
})

const acceptForm = 'form[action$="/accept"]'
const current = '0901-202-2-0020926'

const order = (more: Partial<NewMockOrder> = {}): MockClaim =>
  portal.mocks.claimServer.sendOrder({
    shop: 'Shop A Shoes',
    description: 'A pair of shoes',
    amountMinor: 3150n,
    returnUrl: 'https://shoes.example/thanks',
    ...more,
  })

it('a customer comes from the shop, signs in, accepts, and pays later', async () => {
  const { entryToken, orderNumber } = order()
  const visitor = portal.visitor()
  const asked = await portal.open(visitor, `/entry/${entryToken}`)
  expect(asked.text).toContain('Sign in to see your order')
  const accept = await visitor.submit(asked, 'form[action="/sign-in"]', {
    branch: '101',
    accountNumber: '0014471',
    password: 'maple-harbour-17',
  })
  expect(accept.text).toContain('Accept this order?')
  expect(accept.text).toContain('3,150 yen')
  const accepted = await visitor.submit(accept, acceptForm, { account: current })
  expect(accepted.text).toContain('Order accepted')
  const later = await visitor.open(
    portalUrl + (accepted.root.querySelector('a[href*="/later"]')?.getAttribute('href') ?? ''),
  )
  expect(later.text).toContain('Your order is on your list')
  expect(later.root.querySelector('a[href="https://shoes.example/thanks"]')).not.toBeNull()
  expect((await portal.open(visitor, '/claims')).text).toContain(orderNumber)
})

it('a customer sees the same four steps from the shop to the acceptance', async () => {
  const { entryToken } = order()
  const steps = ({ root }: VisitedPage) =>
    root.querySelectorAll('.steps .step-name').map((one) => one.childNodes[0]?.text.trim())
  const asked = await portal.open(portal.visitor(), `/entry/${entryToken}`)
  const accept = await portal.open(await portal.signedIn(), `/entry/${entryToken}`)
  const all = ['Order', 'Sign in', 'Accept', 'Pay']
  expect([steps(asked), steps(accept)]).toEqual([all, all])
})

it('“now” goes on to the confirmation, from the account that was chosen', async () => {
  const { entryToken } = order()
  const visitor = await portal.signedIn()
  const accept = await portal.open(visitor, `/entry/${entryToken}`)
  const accepted = await visitor.submit(accept, acceptForm, { account: current })
  const now = accepted.root.querySelector('a[href^="/payments/new"]')?.getAttribute('href') ?? ''
  const confirm = await visitor.open(portalUrl + now.replaceAll('&amp;', '&'))
  expect(confirm.text).toContain('Check and pay')
  expect(confirm.text).toContain('Current, Station branch')
})

it('opening a link binds nothing', async () => {
  const claim = order()
  const visitor = await portal.signedIn()
  await portal.open(visitor, `/entry/${claim.entryToken}`)
  expect(claim.status).toBe('provisional')
  expect(claim.customerId).toBeUndefined()
})

it('the first customer binds the order; the second finds it not open, and learns no more', async () => {
  const claim = order()
  const [haruka, kenji] = [await portal.signedIn('haruka'), await portal.signedIn('kenji.t')]
  const hers = await portal.open(haruka, `/entry/${claim.entryToken}`)
  const his = await portal.open(kenji, `/entry/${claim.entryToken}`)
  await haruka.submit(hers, acceptForm)
  const tooLate = await kenji.submit(his, acceptForm, { account: '0901-202-1-0047215' })
  expect(tooLate.status).toBe(410)
  expect(tooLate.text).toContain('not open any more')
  expect(tooLate.text).not.toContain('Haruka')
  expect(claim.customerId).toBe('C-100417')
})

it('accepting twice is the same acceptance, and the link leads its customer on', async () => {
  const { entryToken } = order()
  const visitor = await portal.signedIn()
  const page = await portal.open(visitor, `/entry/${entryToken}`)
  for (let times = 0; times < 2; times++)
    expect((await visitor.submit(page, acceptForm)).text).toContain('Order accepted')
  expect((await portal.open(visitor, `/entry/${entryToken}`)).url).toMatch(/\/accepted$/)
})

it('the pages after acceptance are not to be had before it', async () => {
  const { entryToken } = order()
  const visitor = await portal.signedIn()
  for (const page of ['accepted', 'later'])
    expect((await portal.open(visitor, `/entry/${entryToken}/${page}`)).text).toContain(
      'Accept this order?',
    )
})

it('an account of somebody else can’t be chosen', async () => {
  const claim = order()
  const visitor = await portal.signedIn()
  const page = await portal.open(visitor, `/entry/${claim.entryToken}`)
  const refused = await visitor.submit(page, acceptForm, { account: '0901-202-1-0047215' })
  expect(refused.status).toBe(422)
  expect(refused.text).toContain('Choose one of your accounts')
  expect(claim.status).toBe('provisional')
})

it.each(['javascript:alert(1)', 'data:text/html,x', 'nonsense'])(
  'a return address that is no web address is no link: %s',
  async (returnUrl) => {
    const { entryToken } = order({ returnUrl })
    const visitor = await portal.signedIn()
    await visitor.submit(await portal.open(visitor, `/entry/${entryToken}`), acceptForm)
    const page = await portal.open(visitor, `/entry/${entryToken}/later`)
    expect(page.text).not.toContain('Back to the shop')
    expect(page.root.toString()).not.toContain(returnUrl)
  },
)

it.each(['A'.repeat(22), 'short', `${'A'.repeat(21)}!`])(
  'a link that does not exist is a page that does not exist: %s',
  async (token) => {
    const page = await portal.open(await portal.signedIn(), `/entry/${token}`)
    expect(page.status).toBe(404)
  },
)
