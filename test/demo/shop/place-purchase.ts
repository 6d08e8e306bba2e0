import { randomBytes } from 'node:crypto'
import { dateIn } from '#shared/dates.ts'
import type { Language } from '#shared/texts.ts'
import {
  type BasketLine,
  basketTotalMinor,
  describeBasket,
  lineTotalMinor,
  mainCategory,
  writeBasket,
} from './basket.ts'
import type { NewOrderJson } from './claim-server-client.ts'
import type { ShopDeps } from './deps.ts'
import { rememberOrder } from './find-order-status.ts'
import type { Purchase } from './purchases.ts'
import type { Shop } from './shops.ts'

export interface PurchaseInput {
  shop: Shop
  purchaseId: string
  visitor: string
  language: Language
  lines: BasketLine[]
  customer: Purchase['customer']
  pay: Purchase['pay']
}

export type PlacedPurchase =
  | { outcome: 'placed'; purchase: Purchase }
  /** The claim server did not answer; `resendPurchase` may be tried at any time. */
  | { outcome: 'not-reached'; purchase: Purchase }
  | { outcome: 'refused'; purchase: Purchase }
  /** The form was sent before, for another basket or by somebody else. */
  | { outcome: 'form-used' }

// Without I, L, O and U: a customer reads it out on the phone.
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** "A-261123-7KQ2M4RTXN": the day for people, 50 random bits for being the only one. */
const newReference = ({ slug }: Shop, today: string): string => {
  const random = Array.from(randomBytes(10), (byte) => alphabet[byte % 32]).join('')
  return `${slug.slice(-1).toUpperCase()}-${today.slice(2).replaceAll('-', '')}-${random}`
}

const requestOf = (
  { config }: ShopDeps,
  { shop, lines, language }: PurchaseInput,
  reference: string,
): string => {
  const order: NewOrderJson = {
    shopOrderRef: reference,
    description: describeBasket(lines, language),
    category: mainCategory(lines),
    amount: { value: Number(basketTotalMinor(lines)), currency: 'JPY' },
    returnUrl: `${config.publicUrl}/${shop.slug}/orders/${reference}`,
    language,
  }
  return JSON.stringify(order)
}

const newPurchase = (deps: ShopDeps, input: PurchaseInput): Purchase => {
  const { shop, purchaseId, visitor, language, lines, customer, pay } = input
  const now = deps.clock.now()
  const reference = newReference(shop, dateIn(deps.config.timeZone, now))
  return {
    id: purchaseId,
    shop: shop.slug,
    reference,
    visitor,
    madeAt: now.toISOString(),
    language,
    lines: lines.map((line) => ({
      goodId: line.good.id,
      name: line.good.name[language],
      size: line.size,
      quantity: line.quantity,
      totalMinor: Number(lineTotalMinor(line)),
    })),
    totalMinor: Number(basketTotalMinor(lines)),
    basket: writeBasket(lines),
    customer,
    pay,
    state: pay === 'cash' ? 'placed' : 'sending',
    ...(pay === 'bank' ? { request: requestOf(deps, input, reference) } : {}),
  }
}

const isSamePurchase = (known: Purchase, { shop, visitor, lines, pay }: PurchaseInput): boolean =>
  known.shop === shop.slug &&
  known.visitor === visitor &&
  known.pay === pay &&
  (known.state === 'placed' || known.basket === writeBasket(lines))

/** Places what the checkout form says. The same form again is the same purchase, whatever came between. */
export const placePurchase = (deps: ShopDeps, input: PurchaseInput): Promise<PlacedPurchase> =>
  deps.oneAtATime(input.purchaseId, async () => {
    const known = deps.purchases.find(input.purchaseId)
    if (known && !isSamePurchase(known, input)) return { outcome: 'form-used' }
    if (known?.state === 'placed') return { outcome: 'placed', purchase: known }
    // The order itself stays what was sent; where the goods go may be put right before a retry.
    const purchase = known ? { ...known, customer: input.customer } : newPurchase(deps, input)
    deps.purchases.save(purchase)
    return sendPurchase(deps, input.shop, purchase)
  })

/** Sends a purchase again that the claim server has not answered, under the same Idempotency-Key. */
export const resendPurchase = (
  deps: ShopDeps,
  shop: Shop,
  purchaseId: string,
): Promise<PlacedPurchase> =>
  deps.oneAtATime(purchaseId, async () => {
    const purchase = deps.purchases.find(purchaseId)
    return purchase ? sendPurchase(deps, shop, purchase) : { outcome: 'form-used' }
  })

const sendPurchase = async (
  deps: ShopDeps,
  shop: Shop,
  purchase: Purchase,
): Promise<PlacedPurchase> => {
  const { request } = purchase
  if (purchase.state === 'placed') return { outcome: 'placed', purchase }
  if (purchase.state === 'refused' || !request) return { outcome: 'refused', purchase }
  if (!shop.apiKey) return { outcome: 'not-reached', purchase }
  const answer = await deps.claimServer.createOrder({
    apiKey: shop.apiKey,
    idempotencyKey: purchase.id,
    request,
  })
  if (answer.outcome === 'no-answer') return { outcome: 'not-reached', purchase }
  if (answer.outcome === 'refused') {
    const refused: Purchase = { ...purchase, state: 'refused' }
    deps.purchases.save(refused)
    return { outcome: 'refused', purchase: refused }
  }
  return { outcome: 'placed', purchase: rememberOrder(deps, purchase, answer.order) }
}
