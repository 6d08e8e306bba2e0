import { randomUUID } from 'node:crypto'
import { accountParts } from '#shared/accounts.ts'
import type { Language } from '#shared/contracts/fields.ts'
import type { NewOrder, ShopOrder } from '#shared/contracts/shop-api.ts'
import { shopOrder } from '#shared/contracts/shop-api.ts'
import { toJson } from '#shared/json.ts'
import { createVisitor, type VisitedPage, type Visitor } from './visitor.ts'

interface Login {
  userId: string
  password: string
}

/** A customer at the bank portal: signed in, without JavaScript, by the pages' own forms. */
export interface PortalCustomer {
  visitor: Visitor
  login: Login
  portalUrl: string
}

const expectStatus = (page: VisitedPage, status: number, act: string): VisitedPage => {
  if (page.status !== status)
    throw new Error(`${act}: ${page.url} answered ${page.status}: ${page.text.slice(0, 400)}`)
  return page
}

export const signIn = async (
  portalUrl: string,
  login: Login,
  language: Language = 'en',
): Promise<PortalCustomer> => {
  const visitor = createVisitor({ language })
  const page = await visitor.open(`${portalUrl}/sign-in?by=user`)
  const home = await visitor.submit(page, 'form[action="/sign-in"]', {
    userId: login.userId,
    password: login.password,
  })
  expectStatus(home, 200, 'sign in')
  return { visitor, login, portalUrl }
}

/** Sends an order as a shop's server does. Amounts in minor units of yen. */
export const sendOrder = async (
  claimsUrl: string,
  apiKey: string,
  order: Partial<Omit<NewOrder, 'amount'>> & { description: string; yen: number },
): Promise<ShopOrder> => {
  const { yen, shopOrderRef = randomUUID(), ...rest } = order
  const response = await fetch(`${claimsUrl}/v1/orders`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${apiKey}`,
      'content-type': 'application/json',
      'idempotency-key': randomUUID(),
    },
    body: toJson({ ...rest, shopOrderRef, amount: { value: yen, currency: 'JPY' } }),
  })
  const text = await response.text()
  if (response.status !== 201) throw new Error(`the order was answered ${response.status}: ${text}`)
  return shopOrder.parse(JSON.parse(text))
}

/** Opens the entry screen, goes on to the bank and accepts the order there. */
export const acceptOrder = async (
  { visitor, portalUrl }: PortalCustomer,
  order: Pick<ShopOrder, 'entryUrl'>,
  account?: string,
): Promise<VisitedPage> => {
  const screen = expectStatus(await visitor.open(order.entryUrl ?? ''), 200, 'entry screen')
  const button = screen.root
    .querySelectorAll('a')
    .find((link) => link.getAttribute('href')?.startsWith(`${portalUrl}/entry/`))
  if (!button) throw new Error(`the entry screen has no way to the bank: ${screen.text}`)
  const page = await visitor.open(button.getAttribute('href') ?? '')
  const accepted = await visitor.submit(page, 'form[action$="/accept"]', account ? { account } : {})
  return expectStatus(accepted, 200, 'accept')
}

/** The confirmation page of these claims, paid from that account. */
export const openConfirmation = (
  { visitor, portalUrl }: PortalCustomer,
  { orderNumbers, account }: { orderNumbers: readonly string[]; account: string },
): Promise<VisitedPage> => {
  const query = new URLSearchParams(orderNumbers.map((number) => ['claim', number]))
  query.set('account', account)
  return visitor.open(`${portalUrl}/payments/new?${query}`)
}

/** What the customer types to agree. */
export const agreement = (account: string, password: string) => ({
  accountNumber: accountParts(account).number,
  password,
})

/** Pays claims from an account, from the confirmation page to the page that follows it. */
export const payClaims = async (
  customer: PortalCustomer,
  basket: { orderNumbers: readonly string[]; account: string; password?: string },
): Promise<VisitedPage> => {
  const page = expectStatus(await openConfirmation(customer, basket), 200, 'confirmation')
  return customer.visitor.submit(
    page,
    'form[action="/payments"]',
    agreement(basket.account, basket.password ?? customer.login.password),
  )
}

export const paymentIdOf = (page: VisitedPage): string => {
  const id = /\/payments\/([0-9a-f-]{36})/.exec(page.url)?.[1]
  if (!id) throw new Error(`${page.url} is no payment's page: ${page.text.slice(0, 300)}`)
  return id
}
