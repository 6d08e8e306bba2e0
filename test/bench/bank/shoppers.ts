import { randomUUIDv7 } from 'node:crypto'
import { digestOf, type PaymentContent } from '#shared/contracts/payment-content.ts'
import { toJson } from '#shared/json.ts'
import {
  type Confirmation,
  confirm,
  createShopper,
  type Shopper,
} from '../../faults/load/shopper.ts'
import { addBaskets, type BasketToPay } from './add-baskets.ts'
import type { BenchBank } from './start-bank.ts'

/** A customer who is signed in and has seen one confirmation page with every shop on it. */
export interface SignedIn {
  shopper: Shopper
  index: number
  seen: Confirmation
}

const customersAtOnce = 4

const signInOne = async (
  bank: BenchBank,
  basket: BasketToPay,
  index: number,
): Promise<SignedIn> => {
  const customer = bank.world.customers[index]
  const [account] = customer?.accounts ?? []
  if (!customer || !account) throw new Error(`no customer ${index}`)
  const shopper = createShopper(customer, index, bank.urls['bank-portal'])
  const orderNumbers = basket.claims.map((claim) => claim.orderNumber)
  const seen = await confirm(shopper, { orderNumbers, account: account.account })
  if (!seen) throw new Error(`${customer.name} got no confirmation page`)
  return { shopper, index, seen }
}

/** One claim of every customer at every shop. */
const addOneOfEach = async ({ sql, shops, world }: BenchBank): Promise<BasketToPay[]> => {
  const added = await addBaskets(sql.claims, {
    baskets: world.customers.length * shops.length,
    claimsEach: 1,
    customerIds: world.customers.map((customer) => customer.customerId),
    shopIds: shops.map((shop) => shop.shopId),
    everyPair: true,
  })
  const byCustomer = Map.groupBy(added, (basket) => basket.customerId)
  return world.customers.map(({ customerId }) => ({
    customerId,
    shopId: '',
    claims: (byCustomer.get(customerId) ?? []).flatMap((basket) => basket.claims),
  }))
}

/** Signs every customer in through the pages. */
export const signInAll = async (bank: BenchBank): Promise<SignedIn[]> => {
  const baskets = await addOneOfEach(bank)
  const signedIn: SignedIn[] = []
  for (let at = 0; at < baskets.length; at += customersAtOnce) {
    const some = baskets.slice(at, at + customersAtOnce)
    signedIn.push(
      ...(await Promise.all(some.map((basket, more) => signInOne(bank, basket, at + more)))),
    )
  }
  return signedIn
}

const cookieHeader = ({ shopper }: SignedIn) =>
  [...shopper.visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; ')

/** The head that a browser sends with every request. */
export const browserHead = (customer: SignedIn, line: string, more: readonly string[] = []) => {
  const { host } = new URL(customer.shopper.portalUrl)
  return [
    `${line} HTTP/1.1`,
    `host: ${host}`,
    'connection: keep-alive',
    'user-agent: Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 Chrome/143.0 Safari/537.36',
    'accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
    'accept-language: en',
    'accept-encoding: gzip, deflate, br, zstd',
    `x-forwarded-for: 10.0.${customer.index >> 8}.${customer.index & 255}`,
    `cookie: ${cookieHeader(customer)}`,
    ...more,
    '',
    '',
  ].join('\r\n')
}

/** The content of the page that this customer would get for this basket. */
const contentOf = (shop: { account: string }, { seen }: SignedIn, basket: BasketToPay) => {
  const { content } = seen
  const like = content.claims.find((claim) => claim.payeeAccount === shop.account)
  const fee = content.fees.find((one) => one.payeeAccount === shop.account)
  if (!like || !fee) throw new Error(`no confirmation showed ${shop.account}`)
  return {
    ...content,
    paymentId: randomUUIDv7(),
    claims: basket.claims.map((claim) => ({ ...like, ...claim })),
    fees: [fee],
  } satisfies PaymentContent
}

/** The whole POST of a confirmation, from the browser's first byte to its last. */
const confirmationPost = (bank: BenchBank, customer: SignedIn, basket: BasketToPay): string => {
  const shop = bank.shops.find((one) => one.shopId === basket.shopId)
  if (!shop) throw new Error(`no shop ${basket.shopId}`)
  const content = contentOf(shop, customer, basket)
  const form = new URLSearchParams(customer.seen.init.body as string)
  form.set('content', toJson(content))
  form.set('digest', digestOf(content))
  const body = `${form}`
  const { origin } = new URL(customer.shopper.portalUrl)
  const head = browserHead(customer, 'POST /payments', [
    `origin: ${origin}`,
    'sec-fetch-site: same-origin',
    'content-type: application/x-www-form-urlencoded',
    `content-length: ${Buffer.byteLength(body)}`,
  ])
  return head + body
}

export interface PostsToMake {
  connections: number
  postsEach: number
  claimsEach: number
}

/**
 * Confirmations ready to be posted, one list for each connection, and the claims that they pay. A
 * page's form is filled in anew for every basket, as the page would have been: same visit, same payees
 * and fees.
 */
export const makePosts = async (
  bank: BenchBank,
  customers: readonly SignedIn[],
  { connections, postsEach, claimsEach }: PostsToMake,
): Promise<string[][]> => {
  const baskets = await addBaskets(bank.sql.claims, {
    baskets: connections * postsEach,
    claimsEach,
    customerIds: customers.map(({ shopper }) => shopper.customer.customerId),
    shopIds: bank.shops.map((shop) => shop.shopId),
  })
  // As after a day of work, not as right after so many rows at once.
  await Promise.all([bank.sql.claims.unsafe('analyze'), bank.sql.core.unsafe('analyze')])
  const byId = new Map(customers.map((one) => [one.shopper.customer.customerId, one]))
  const scripts = Array.from({ length: connections }, (): string[] => [])
  for (const [at, basket] of baskets.entries()) {
    const customer = byId.get(basket.customerId)
    if (customer) scripts[at % connections]?.push(confirmationPost(bank, customer, basket))
  }
  return scripts
}
