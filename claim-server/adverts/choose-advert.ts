import { and, eq, gte, inArray, isNull, lte, or, sql } from 'drizzle-orm'
import type { Transaction } from '#shared/database.ts'
import { dateIn, type LocalDate } from '#shared/dates.ts'
import type { ServiceCaller } from '#shared/service-token.ts'
import type { ReplyOf } from '#shared/contracts/call.ts'
import type { chooseAdvert as chooseAdvertCall } from '#shared/contracts/adverts.ts'
import type { Bank } from '../banks/find-bank.ts'
import { changeByCall } from '../change-by-call.ts'
import { isOf } from '../claims/claims.queries.ts'
import { claims } from '../claims/claims.table.ts'
import { findChoices } from '../customers/find-choices.ts'
import type { Deps } from '../deps.ts'
import { orders } from '../orders/orders.table.ts'
import { advertDisplays, adverts } from './adverts.table.ts'
import { matchAdverts } from './match-adverts.ts'

type Reply = ReplyOf<typeof chooseAdvertCall>

const findAdverts = (tx: Transaction, bank: string, today: LocalDate) =>
  tx
    .select({
      id: adverts.id,
      text: adverts.text,
      textJa: adverts.textJa,
      url: adverts.url,
      categories: adverts.categories,
      relatedWords: adverts.relatedWords,
      shownToday: sql<number>`coalesce(${advertDisplays.displays}, 0)`.mapWith(Number),
    })
    .from(adverts)
    .leftJoin(
      advertDisplays,
      and(eq(advertDisplays.advertId, adverts.id), eq(advertDisplays.day, today)),
    )
    .where(
      and(
        eq(adverts.bank, bank),
        isNull(adverts.endedAt),
        lte(adverts.showFrom, today),
        or(isNull(adverts.showUntil), gte(adverts.showUntil, today)),
      ),
    )
    .orderBy(adverts.id)

const findGoods = (
  tx: Transaction,
  customer: { bank: string; customerId: string },
  orderNumbers: readonly string[],
) =>
  tx
    .select({ category: orders.category, description: orders.description })
    .from(orders)
    .innerJoin(claims, eq(claims.orderId, orders.id))
    .where(and(inArray(orders.orderNumber, [...orderNumbers]), isOf(customer)))

// Of those that fit, the one shown least today: each gets its turn.
const leastShown = <Advert extends { shownToday: number }>(fitting: readonly Advert[]) =>
  fitting.reduce<Advert | undefined>(
    (least, one) => (least && least.shownToday <= one.shownToday ? least : one),
    undefined,
  )

const countDisplay = (tx: Transaction, advertId: string, day: LocalDate) =>
  tx
    .insert(advertDisplays)
    .values({ advertId, day, displays: 1 })
    .onConflictDoUpdate({
      target: [advertDisplays.advertId, advertDisplays.day],
      set: { displays: sql`${advertDisplays.displays} + 1` },
    })

/**
 * One advert for the claims on screen, and why (Fig. 18): by category, else by a related word, else
 * any. Its display is counted by day, without who saw it. None for a customer who switched them off.
 */
export const chooseAdvert = async (
  deps: Pick<Deps, 'db' | 'clock'>,
  {
    bank,
    customerId,
    orderNumbers,
    caller,
  }: {
    bank: Bank
    customerId: string
    orderNumbers: readonly string[]
    caller: ServiceCaller
  },
): Promise<Reply> => {
  const today = dateIn(bank.timeZone, deps.clock.now())
  const customer = { bank: bank.code, customerId }
  return changeByCall(deps, caller, async (tx) => {
    const { showAdverts } = await findChoices(tx, customer)
    if (!showAdverts) return { advert: null }
    const shown = await findAdverts(tx, bank.code, today)
    const goods = orderNumbers.length === 0 ? [] : await findGoods(tx, customer, orderNumbers)
    const { adverts: fitting, becauseOf } = matchAdverts(shown, goods)
    const chosen = leastShown(fitting)
    if (!chosen) return { advert: null }
    await countDisplay(tx, chosen.id, today)
    const { text, textJa, url } = chosen
    return { advert: { text: { en: text, ja: textJa }, url, because: becauseOf(chosen) } }
  })
}
