import { type Context, Hono } from 'hono'
import { AppError } from '#shared/errors.ts'
import { lineOfText, uuid } from '#shared/contracts/fields.ts'
import { localDate } from '#shared/dates.ts'
import { parseOrderNumber } from '#shared/order-number.ts'
import { readFields, renderPage } from '#shared/web/index.ts'
import { cancelOrder } from '../../orders/cancel-order.ts'
import type { ConsoleDeps } from '../console-deps.ts'
import type { ConsoleEnv } from '../env.ts'
import { type Form } from '../form.ts'
import { callerOf, viewOf } from '../view.tsx'
import { linkMail, mailEntryLink } from '../writing/mail-entry-link.ts'
import { openOrder } from './open-order.ts'
import { OrderPage, type OrderPageProps, type Said } from './order.page.tsx'
import { orderTexts } from './order.texts.ts'
import { orderPath } from './orders-table.tsx'
import { resendMail } from './resend-mail.ts'
import { reviveOrder } from './revive-order.ts'

const numberOf = (c: Context): string => {
  const orderNumber = parseOrderNumber(c.req.param('orderNumber') ?? '')
  if (!orderNumber) throw new AppError('not-found')
  return orderNumber
}

const revisionOf = ({ revision = '' }: Form): number => {
  if (!/^\d{1,9}$/.test(revision)) throw new AppError('invalid', { detail: 'no revision' })
  return Number(revision)
}

const readSaid = (c: Context<ConsoleEnv>): Said | undefined => {
  const said = c.req.query('said')
  return said && Object.hasOwn(orderTexts('en').said, said) ? (said as Said) : undefined
}

/** An order's page and what can be done with the order: `/shop/orders/:orderNumber`. */
export const orderRoutes = (deps: ConsoleDeps): Hono<ConsoleEnv> => {
  const answer = async (
    c: Context<ConsoleEnv>,
    more: Partial<OrderPageProps>,
    status: 200 | 422 = 200,
  ) => {
    const opened = await openOrder(deps, callerOf(c), numberOf(c))
    return renderPage(c, <OrderPage view={viewOf(c, deps)} opened={opened} {...more} />, status)
  }
  const goTo = (c: Context<ConsoleEnv>, said: Said) =>
    c.redirect(`${orderPath(numberOf(c))}?said=${said}`, 303)

  return (
    new Hono<ConsoleEnv>()
      .get('/orders/:orderNumber', (c) => answer(c, { said: readSaid(c) }))
      // Where a refused form stood: the language switch comes back to it.
      .get('/orders/:orderNumber/revive', (c) => answer(c, {}))
      .get('/orders/:orderNumber/link', (c) => answer(c, {}))
      .post('/orders/:orderNumber/cancel', async (c) => {
        const form = await readFields(c)
        const reason = lineOfText(140).safeParse(form.reason ?? '').data
        try {
          await cancelOrder(deps, callerOf(c), {
            orderNumber: numberOf(c),
            reason,
            ifRevision: revisionOf(form),
          })
        } catch (error) {
          const isLate = error instanceof AppError && [409, 410, 412].includes(error.status)
          if (!isLate) throw error
          return goTo(c, 'not-cancelled')
        }
        return goTo(c, 'cancelled')
      })
      .post('/orders/:orderNumber/revive', async (c) => {
        const form = await readFields(c)
        const { timeLimit = '' } = form
        const mistake = orderTexts(c.var.language).revive.mistake
        if (!localDate.safeParse(timeLimit).success)
          return answer(c, { revival: { timeLimit, mistake } }, 422)
        const revived = await reviveOrder(deps, callerOf(c), {
          orderNumber: numberOf(c),
          timeLimit,
          ifRevision: revisionOf(form),
        })
        if (revived === 'bad-limit') return answer(c, { revival: { timeLimit, mistake } }, 422)
        return goTo(c, revived === 'revived' ? 'revived' : 'not-revived')
      })
      .post('/orders/:orderNumber/link', async (c) => {
        const form = await readFields(c)
        const words = orderTexts(c.var.language).entry.mistakes
        const mail = linkMail.safeParse({
          address: (form.address ?? '').trim(),
          language: form.language,
        })
        const refuse = (address: string) =>
          answer(c, { link: { values: form, mistakes: { address } } }, 422)
        if (!mail.success) return refuse(words.address)
        const orderNumber = numberOf(c)
        const written = await mailEntryLink(deps, callerOf(c), { orderNumber, mail: mail.data })
        return written === 'written' ? goTo(c, 'linked') : refuse(words[written])
      })
      .post('/orders/:orderNumber/mails/:noticeId/resend', async (c) => {
        const noticeId = uuid.safeParse(c.req.param('noticeId')).data
        if (!noticeId) throw new AppError('not-found')
        return goTo(c, await resendMail(deps, callerOf(c), { orderNumber: numberOf(c), noticeId }))
      })
  )
}
