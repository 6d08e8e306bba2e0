import { type Context, Hono } from 'hono'
import * as z from 'zod'
import { AppError } from '#shared/errors.ts'
import { parseFields } from '#shared/request-body.ts'
import { renderPage } from '#shared/web/render.ts'
import { AboutPage } from './about.page.tsx'
import { addToBasket, isSizeOf, mostOfOne, setQuantity } from './basket.ts'
import { BasketPage } from './basket.page.tsx'
import type { ShopDeps } from './deps.ts'
import { categoriesOf, findGood, type Good } from './goods.ts'
import { GoodPage, ShelfPage } from './shelf.page.tsx'
import { basketOf, keepBasket, type ShopEnv, shopPage } from './site.ts'
import type { Shop } from './shops.ts'

const quantity = z.coerce.number().int().min(1).max(mostOfOne)

const addForm = z.object({
  good: z.string(),
  size: z.string().default(''),
  quantity: quantity.default(1),
})

const changeForm = z.object({
  line: z.string().max(100),
  quantity: quantity.default(1),
  remove: z.string().optional(),
})

const goodOr404 = (shop: Shop, id: string): Good => {
  const good = findGood(shop.slug, id)
  if (!good) throw new AppError('not-found')
  return good
}

/** Looking around in one shop, and its basket. */
export const shelfRoutes = (deps: ShopDeps): Hono<ShopEnv> => {
  const pageOf = (c: Context<ShopEnv>) => shopPage(deps, c, c.var.shop)
  return new Hono<ShopEnv>()
    .get('/', (c) => {
      const shelf = c.req.query('shelf')
      const category = categoriesOf(c.var.shop.slug).find(({ id }) => id === shelf)
      if (shelf && !category) throw new AppError('not-found')
      return renderPage(c, <ShelfPage page={pageOf(c)} category={category} />)
    })
    .get('/about', (c) => renderPage(c, <AboutPage page={pageOf(c)} />))
    .get('/goods/:good', (c) => {
      const good = goodOr404(c.var.shop, c.req.param('good'))
      return renderPage(c, <GoodPage page={pageOf(c)} good={good} />)
    })
    .get('/basket', (c) => {
      const { shop } = c.var
      const added = findGood(shop.slug, c.req.query('added') ?? '')
      const page = pageOf(c)
      return renderPage(
        c,
        <BasketPage
          page={page}
          lines={basketOf(deps, c, shop)}
          added={added?.name[page.language]}
        />,
      )
    })
    .post('/basket', async (c) => {
      const { shop } = c.var
      const form = parseFields(addForm, await c.req.parseBody())
      const good = goodOr404(shop, form.good)
      if (!isSizeOf(good, form.size)) {
        const page = { ...pageOf(c), path: `/${shop.slug}/goods/${good.id}` }
        return renderPage(c, <GoodPage page={page} good={good} sizeMissing />, 422)
      }
      const line = { good, size: form.size, quantity: form.quantity }
      keepBasket(deps, c, shop, addToBasket(basketOf(deps, c, shop), line))
      return c.redirect(`/${shop.slug}/basket?added=${good.id}`, 303)
    })
    .post('/basket/change', async (c) => {
      const { shop } = c.var
      const form = parseFields(changeForm, await c.req.parseBody())
      const wanted = form.remove ? 0 : form.quantity
      keepBasket(deps, c, shop, setQuantity(basketOf(deps, c, shop), form.line, wanted))
      return c.redirect(`/${shop.slug}/basket`, 303)
    })
}
