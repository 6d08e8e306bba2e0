import type { PaymentContent } from '#shared/contracts/payment-content.ts'
import { paymentContent } from '#shared/contracts/payment-content.ts'
import { errorTexts } from '../../../bank-portal/errors.texts.ts'
import { paymentsTexts } from '../../../bank-portal/payments/texts.ts'
import { agreement, type PortalCustomer } from '../../support/people.ts'
import { createVisitor, type VisitedPage } from '../../support/visitor.ts'
import type { WorldCustomer } from '../../../mock-core-banking/seed-bank.ts'

/** What a page told the customer about a payment. */
export type Said = 'paying' | 'paid' | 'not-paid' | 'exception' | 'not-started' | 'nothing-paid'

/** A customer at the portal, with what a browser keeps. */
export interface Shopper extends PortalCustomer {
  customer: WorldCustomer
}

/** A confirmation page, filled in: posting it is agreeing. */
export interface Confirmation {
  content: PaymentContent
  /** All payments of the run: one for each account that pays. */
  contents: PaymentContent[]
  url: string
  init: RequestInit
}

const longestWaitMs = 40_000

/** Each customer has an address of their own, as behind a proxy that tells it. */
const addressOf = (index: number) => `10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`

export const createShopper = (
  customer: WorldCustomer,
  index: number,
  portalUrl: string,
): Shopper => ({
  customer,
  portalUrl,
  login: customer,
  visitor: createVisitor({
    language: customer.language,
    fetch: (input, init) => {
      const headers = new Headers(init?.headers)
      headers.set('x-forwarded-for', addressOf(index))
      return fetch(input, { ...init, headers, signal: AbortSignal.timeout(longestWaitMs) })
    },
  }),
})

const signInForm = 'form[action="/sign-in"]'

/** The page, after a sign-in where that is asked for. */
export const browse = async (shopper: Shopper, path: string): Promise<VisitedPage> => {
  const { visitor, portalUrl, login } = shopper
  const page = await visitor.open(portalUrl + path)
  if (!page.root.querySelector(signInForm)) return page
  const byUser = await visitor.open(
    `${portalUrl}/sign-in?${new URLSearchParams({ by: 'user', next: path })}`,
  )
  if (!byUser.root.querySelector(signInForm)) return byUser
  const { userId, password } = login
  return visitor.submit(byUser, signInForm, { userId, password })
}

const agreeForm = 'form[action="/payments"]'

const readContents = (page: VisitedPage): PaymentContent[] =>
  page.root.querySelectorAll(`${agreeForm} input[name="content"]`).flatMap((input) => {
    const content = paymentContent.safeParse(JSON.parse(input.getAttribute('value') ?? 'null'))
    return content.success ? [content.data] : []
  })

/** The form of a page that asks to agree, filled in; undefined when the page has none. */
export const fillIn = (
  { visitor, login }: Shopper,
  page: VisitedPage,
): Confirmation | undefined => {
  const contents = readContents(page)
  const [content] = contents
  if (!content) return undefined
  const typed = agreement(content.payerAccount, login.password)
  return { content, contents, ...visitor.formRequest(page, agreeForm, typed) }
}

/** What to pay from where. */
export interface Basket {
  orderNumbers: readonly string[]
  account: string
  /** Another account for the second half of the claims: a run of two payments. */
  secondAccount?: string
}

const confirmPath = ({ orderNumbers, account, secondAccount }: Basket): string => {
  const query = new URLSearchParams(orderNumbers.map((number) => ['claim', number]))
  query.set('account', account)
  if (secondAccount)
    for (const number of orderNumbers.slice(Math.ceil(orderNumbers.length / 2)))
      query.set(`from-${number}`, secondAccount)
  return `/payments/new?${query}`
}

/** Opens the confirmation page of these claims and fills it in. */
export const confirm = async (
  shopper: Shopper,
  basket: Basket,
): Promise<Confirmation | undefined> => fillIn(shopper, await browse(shopper, confirmPath(basket)))

type Answer = Pick<VisitedPage, 'status' | 'url' | 'text'>

/** The answers to a step of paying that say that nothing was paid by it; a sign-in's says so of itself. */
const saysNothingPaid = ({ status, url, text }: Answer, language: 'en' | 'ja'): boolean => {
  if (status !== 503 || !/^\/payments(\/|$)/.test(new URL(url).pathname)) return false
  const { coreAway, claimsAway, unavailable } = errorTexts(language)
  const { notPossible } = paymentsTexts(language)
  return [coreAway, claimsAway, unavailable, notPossible].some((said) => text.includes(said.title))
}

/** What a page tells about that payment; undefined when it tells nothing. */
export const readSaid = (
  { customer }: Pick<Shopper, 'customer'>,
  page: Answer,
  paymentId: string,
): Said | undefined => {
  if (saysNothingPaid(page, customer.language)) return 'nothing-paid'
  if (!page.url.includes(`/payments/${paymentId}`)) return undefined
  const { status } = paymentsTexts(customer.language)
  const title = (text: string) => page.text.includes(text)
  if (page.status === 404) return 'not-started'
  if (page.status !== 200) return undefined
  if (title(status.exception.title)) return 'exception'
  if (title(status.refused.title) || title(status.voided.title)) return 'not-paid'
  if (title(status.paying.title) || title(status.doubt.title)) return 'paying'
  return title(status.settled.title) ? 'paid' : undefined
}

/** What the payment's own page says now. */
export const askStatus = async (shopper: Shopper, paymentId: string): Promise<Said | undefined> =>
  readSaid(shopper, await browse(shopper, `/payments/${paymentId}`), paymentId)
