import { type Context, Hono } from 'hono'
import { AppError } from '#shared/errors.ts'
import { renderPage } from '#shared/web/render.ts'
import { readCheckoutForm } from './checkout-form.ts'
import { CheckoutPage, type CheckoutPageProps } from './checkout.page.tsx'
import type { ShopDeps } from './deps.ts'
import { findOrderStatus } from './find-order-status.ts'
import { OrderPage, OrdersPage } from './order.page.tsx'
import { type PlacedPurchase, placePurchase, resendPurchase } from './place-purchase.ts'
import type { Purchase } from './purchases.ts'
import { basketOf, keepBasket, type ShopEnv, shopPage, visitorOf, welcomeVisitor } from './site.ts'

type ShopContext = Context<ShopEnv>

const orderPath = ({ shop, reference }: Purchase) => `/${shop}/orders/${reference}`

/** Ordering: checkout, the way to the bank, and what became of it. */
export const checkoutRoutes = (deps: ShopDeps): Hono<ShopEnv> => {
  const { timeZone } = deps.config

  const showCheckout = (
    c: ShopContext,
    more: Partial<CheckoutPageProps> = {},
    status: 200 | 409 | 422 = 200,
  ) => {
    const { shop } = c.var
    const lines = basketOf(deps, c, shop)
    if (lines.length === 0) return c.redirect(`/${shop.slug}/basket`, 303)
    const blank = { name: '', address: '', phone: '', pay: shop.apiKey ? 'bank' : 'cash' }
    return renderPage(
      c,
      <CheckoutPage
        page={{ ...shopPage(deps, c, shop), path: `/${shop.slug}/checkout` }}
        lines={lines}
        purchaseId={crypto.randomUUID()}
        values={blank}
        errors={{}}
        {...more}
      />,
      status,
    )
  }

  const showOrder = (
    c: ShopContext,
    purchase: Purchase,
    isFresh: boolean,
    status: 200 | 422 | 503 = 200,
  ) =>
    renderPage(
      c,
      <OrderPage
        page={{ ...shopPage(deps, c, c.var.shop), path: orderPath(purchase) }}
        purchase={purchase}
        isFresh={isFresh}
        isOwn={purchase.visitor === visitorOf(deps, c)}
        timeZone={timeZone}
      />,
      status,
    )

  const goOn = (c: ShopContext, placed: Exclude<PlacedPurchase, { outcome: 'form-used' }>) => {
    const { purchase, outcome } = placed
    if (outcome === 'not-reached') return showOrder(c, purchase, true, 503)
    if (outcome === 'refused') return showOrder(c, purchase, true, 422)
    keepBasket(deps, c, c.var.shop, [])
    return c.redirect(purchase.order?.entryUrl ?? orderPath(purchase), 303)
  }

  const findPurchase = (c: ShopContext) => {
    const purchase = deps.purchases.findByReference(c.req.param('reference') ?? '')
    if (purchase?.shop !== c.var.shop.slug) throw new AppError('not-found')
    return purchase
  }

  /** The same form sent again after its order was placed: to the bank while that is open, else to the order. */
  const findSentBefore = async (c: ShopContext, purchaseId: string) => {
    const known = deps.purchases.find(purchaseId)
    const isSent = known?.state === 'placed' && known.visitor === visitorOf(deps, c)
    if (!isSent || known.shop !== c.var.shop.slug) return undefined
    return findOrderStatus(deps, c.var.shop, known)
  }

  return new Hono<ShopEnv>()
    .get('/checkout', async (c) => {
      welcomeVisitor(deps, c)
      return showCheckout(c)
    })
    .post('/checkout', async (c) => {
      const { shop, language } = c.var
      const visitor = visitorOf(deps, c)
      const form = readCheckoutForm(await c.req.parseBody(), {
        language,
        bankOffered: shop.apiKey !== undefined,
      })
      const sent = await findSentBefore(c, form.purchaseId)
      if (sent) return c.redirect(sent.purchase.order?.entryUrl ?? orderPath(sent.purchase), 303)
      const { purchaseId, values, errors } = form
      if (!form.accepted) return showCheckout(c, { purchaseId, values, errors }, 422)
      const lines = basketOf(deps, c, shop)
      // Without its cookies this browser would never see the order again.
      if (lines.length === 0 || !visitor) return c.redirect(`/${shop.slug}/checkout`, 303)
      const input = { shop, purchaseId, visitor, language, lines, ...form.accepted }
      const placed = await placePurchase(deps, input)
      if (placed.outcome === 'form-used') return showCheckout(c, { values, formUsed: true }, 409)
      return goOn(c, placed)
    })
    .get('/orders', (c) => {
      const { shop } = c.var
      const visitor = visitorOf(deps, c)
      const purchases = visitor
        ? deps.purchases.ofVisitor(visitor).filter((one) => one.shop === shop.slug)
        : []
      return renderPage(
        c,
        <OrdersPage page={shopPage(deps, c, shop)} purchases={purchases} timeZone={timeZone} />,
      )
    })
    .get('/orders/:reference', async (c) => {
      const { purchase, isFresh } = await findOrderStatus(deps, c.var.shop, findPurchase(c))
      return showOrder(c, purchase, isFresh)
    })
    .post('/orders/:reference/retry', async (c) => {
      const purchase = findPurchase(c)
      if (purchase.visitor !== visitorOf(deps, c)) throw new AppError('not-found')
      const placed = await resendPurchase(deps, c.var.shop, purchase.id)
      if (placed.outcome === 'form-used') throw new AppError('not-found')
      return goOn(c, placed)
    })
}
