import { type Context, Hono } from 'hono'
import { readFields, renderPage } from '#shared/web/index.ts'
import type { ConsoleDeps } from '../console-deps.ts'
import type { ConsoleEnv } from '../env.ts'
import { refuseSuspended } from '../guard.tsx'
import { orderPath } from '../inquiry/orders-table.tsx'
import { callerOf, viewOf } from '../view.tsx'
import { NewOrderPage, type NewOrderPageProps } from './new-order.page.tsx'
import { readOrder } from './read-order.ts'
import { writingTexts } from './texts.ts'
import { writeOrder } from './write-order.ts'

/** Orders by hand: `/shop/orders/new`. */
export const writingRoutes = (deps: ConsoleDeps): Hono<ConsoleEnv> => {
  const answer = (
    c: Context<ConsoleEnv>,
    page: Pick<NewOrderPageProps, 'values' | 'mistakes'>,
    status: 200 | 422,
  ) => renderPage(c, <NewOrderPage view={viewOf(c, deps)} {...page} />, status)

  return new Hono<ConsoleEnv>()
    .use('/orders/new', refuseSuspended(deps))
    .get('/orders/new', (c) => answer(c, { values: { formId: deps.newId() } }, 200))
    .post('/orders/new', async (c) => {
      const caller = callerOf(c)
      const { language } = c.var
      const form = await readFields(c)
      const read = readOrder(form, { language, currency: caller.bank.currency })
      if ('mistakes' in read) return answer(c, { values: form, mistakes: read.mistakes }, 422)
      const written = await writeOrder(deps, caller, read)
      const words = writingTexts(language).mistakes
      switch (written.outcome) {
        case 'written':
          return c.redirect(`${orderPath(written.order.orderNumber)}?said=written`, 303)
        case 'reference-taken':
          return answer(c, { values: form, mistakes: { reference: words.referenceTaken } }, 422)
        case 'bad-limit':
          return answer(c, { values: form, mistakes: { timeLimit: words.timeLimit } }, 422)
      }
    })
}
