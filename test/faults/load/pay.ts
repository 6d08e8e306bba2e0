import { digestOf } from '#shared/contracts/payment-content.ts'
import { toJson } from '#shared/json.ts'
import type { Random } from '../random.ts'
import type { ShopOfWorld } from '../world.ts'
import type { Ledger, StartedPayment } from './ledger.ts'
import {
  type Basket,
  type Confirmation,
  confirm,
  fillIn,
  readSaid,
  type Said,
  type Shopper,
} from './shopper.ts'

/** How a customer confirms: once, by a double click, in two tabs, again after the answer. */
export const waysToPay = ['once', 'double click', 'two tabs', 'replay', 'impatient'] as const
export type WayToPay = (typeof waysToPay)[number]

const chances: Record<WayToPay, number> = {
  once: 0.4,
  'double click': 0.25,
  'two tabs': 0.15,
  replay: 0.1,
  impatient: 0.1,
}

export const pickWay = (random: Random): WayToPay => {
  let left = random.next()
  for (const way of waysToPay) {
    left -= chances[way]
    if (left < 0) return way
  }
  return 'once'
}

const startAll = (
  shopper: Shopper,
  ledger: Ledger,
  { contents }: Confirmation,
  isBent: boolean,
): StartedPayment[] =>
  contents.map(({ paymentId, claims }) => {
    const orderNumbers = claims.map((claim) => claim.orderNumber)
    const { customerId } = shopper.customer
    const payment = ledger.start({ paymentId, customerId, orderNumbers }, isBent)
    payment.posts++
    return payment
  })

/** Posts one confirmation and writes down what the page that follows says. */
export const post = async (
  shopper: Shopper,
  ledger: Ledger,
  confirmation: Confirmation,
  { isBent = false }: { isBent?: boolean } = {},
): Promise<Said | undefined> => {
  const { content, url, init } = confirmation
  const payments = startAll(shopper, ledger, confirmation, isBent)
  ledger.posts++
  try {
    const page = await shopper.visitor.send(url, init)
    const said = readSaid(shopper, page, content.paymentId)
    if (said) for (const payment of payments) payment.said.add(said)
    const answer = said ?? String(page.status)
    ledger.answers.set(answer, (ledger.answers.get(answer) ?? 0) + 1)
    // The content had to change: the page shows it anew, and the customer agrees to that.
    const changed = page.status === 409 && !isBent ? fillIn(shopper, page) : undefined
    if (changed && changed.content.day !== content.day) return post(shopper, ledger, changed)
    return said
  } catch {
    ledger.failures++
    return undefined
  }
}

/** Pays a basket in that way. Returns the payments that were started. */
export const pay = async (
  shopper: Shopper,
  ledger: Ledger,
  basket: Basket,
  way: WayToPay,
): Promise<StartedPayment[]> => {
  const first = await confirm(shopper, basket)
  if (!first) return []
  const second = way === 'two tabs' ? await confirm(shopper, basket) : undefined
  switch (way) {
    case 'once':
      await post(shopper, ledger, first)
      break
    case 'double click':
      await Promise.all([post(shopper, ledger, first), post(shopper, ledger, first)])
      break
    case 'two tabs':
      await Promise.all([first, second ?? first].map((one) => post(shopper, ledger, one)))
      break
    case 'replay':
      await post(shopper, ledger, first)
      await post(shopper, ledger, first)
      break
    case 'impatient':
      await Promise.all(Array.from({ length: 4 }, () => post(shopper, ledger, first)))
      break
  }
  return [first, second]
    .flatMap((one) => one?.contents ?? [])
    .flatMap((content) => ledger.payments.get(content.paymentId) ?? [])
}

/**
 * Posts a confirmation whose form was changed in the browser: the money is to go to another shop's
 * account. Everything else fits, the digest, too.
 */
export const payElsewhere = async (
  shopper: Shopper,
  ledger: Ledger,
  basket: Basket,
  other: Pick<ShopOfWorld, 'account' | 'holder'>,
): Promise<StartedPayment[]> => {
  const shown = await confirm(shopper, basket)
  // A form that names the right payee already is no bent one.
  if (!shown || shown.content.claims.some((claim) => claim.payeeAccount === other.account))
    return []
  const content = {
    ...shown.content,
    claims: shown.content.claims.map((claim) => ({
      ...claim,
      payeeAccount: other.account,
      payeeHolder: other.holder,
    })),
    fees: [{ payeeAccount: other.account, feeMinor: shown.content.fees[0]?.feeMinor ?? 0n }],
  }
  const body = new URLSearchParams(shown.init.body as string)
  body.set('content', toJson(content))
  body.set('digest', digestOf(content))
  await post(
    shopper,
    ledger,
    { ...shown, contents: [content], init: { ...shown.init, body: `${body}` } },
    { isBent: true },
  )
  return [ledger.payments.get(shown.content.paymentId)].flatMap((one) => one ?? [])
}
