import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type FreshDatabase, freshDatabase } from '../../test/support/database.ts'
import { openPortal, portalUrl, type TestPortal } from '../../test/support/portal.ts'

let database: FreshDatabase
let portal: TestPortal
beforeAll(async () => {
  database = await freshDatabase('bank-portal')
})
afterAll(() => database.close())
beforeEach(async () => {
  portal = await openPortal({ db: database.db })
})

const payForm = 'form[action="/payments"]'
const agreed = { accountNumber: '0014471', password: 'maple-harbour-17' }
const account = '0901-101-1-0014471'

it('a customer pays a claim', async () => {
  const claim = portal.mocks.claimServer.sendOrder({
    shop: 'Shop A Shoes',
    description: 'Shoes',
    amountMinor: 3150n,
    customerId: 'C-100417',
  })
  const haruka = await portal.signedIn()
  const list = await portal.open(haruka, `/claims?claim=${claim.orderNumber}`)
  expect(list.text).toContain('3,150 yen')
  const confirm = await portal.open(
    haruka,
    `/payments/new?claim=${claim.orderNumber}&account=${account}`,
  )
  expect(confirm.text).toContain('Shop A Shoes')
  const result = await haruka.submit(confirm, payForm, agreed)
  console.log(result.status, result.url, result.text)
  const paid = await portal.open(haruka, '/paid')
  console.log(paid.text)
  console.log((await portal.open(haruka, '/')).text)
  console.log((await portal.open(haruka, `/paid/${claim.orderNumber}`)).text)
})
