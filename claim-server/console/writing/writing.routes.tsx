import { type Context, Hono } from 'hono'
import { renderPage } from '#shared/web/index.ts'
import type { ConsoleDeps } from '../console-deps.ts'
import type { ConsoleEnv } from '../env.ts'
import { orderPath } from '../inquiry/orders-table.tsx'
import { readForm } from '../read-form.ts'
import { consoleTexts } from '../texts.ts'
import { callerOf, ConsolePage, viewOf } from '../view.tsx'
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

  /** The page says by itself that the shop is suspended. */
  const refuse = (c: Context<ConsoleEnv>) => {
    const view = viewOf(c, deps)
    return renderPage(
      c,
      <ConsolePage view={view} title={consoleTexts(view.language).suspended.title} />,
      403,
    )
  }

  return new Hono<ConsoleEnv>()
    .get('/orders/new', (c) =>
      callerOf(c).shop.status === 'live'
        ? answer(c, { values: { formId: deps.newId() } }, 200)
        : refuse(c),
    )
    .post('/orders/new', async (c) => {
      const caller = callerOf(c)
      if (caller.shop.status !== 'live') return refuse(c)
      const { language } = c.var
      const form = await readForm(c)
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
