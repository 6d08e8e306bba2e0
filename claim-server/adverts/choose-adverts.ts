import { and, eq, gte, isNull, lte, or, sql } from 'drizzle-orm'
import type { Answer } from '#shared/batched-calls.ts'
import { changeTogether } from '#shared/change-by-call.ts'
import { bigintArray, textArray, type Transaction, uuidArray } from '#shared/database.ts'
import { dateIn, type LocalDate } from '#shared/dates.ts'
import type { ServiceCaller } from '#shared/service-token.ts'
import type { ReplyOf } from '#shared/contracts/call.ts'
import type { chooseAdvert as chooseAdvertCall } from '#shared/contracts/adverts.ts'
import type { Bank } from '../banks/find-bank.ts'
import { claims } from '../claims/claims.table.ts'
import { customerChoices } from '../customers/choices.table.ts'
import type { Deps } from '../deps.ts'
import { orders } from '../orders/orders.table.ts'
import { spentTokens } from '../spent-tokens.table.ts'
import { advertDisplays, adverts } from './adverts.table.ts'
import { matchAdverts, type ShownGoods } from './match-adverts.ts'

type Reply = ReplyOf<typeof chooseAdvertCall>

/** The claims on a customer's screen. */
export interface Screen {
  customerId: string
  orderNumbers: readonly string[]
  caller: ServiceCaller
}

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

type Goods = ShownGoods & { customerId: string; orderNumber: string; [column: string]: unknown }

const customersOf = (screens: readonly Screen[]) =>
  textArray([...new Set(screens.map((one) => one.customerId))])

const findGoods = (tx: Transaction, bank: string, screens: readonly Screen[]) =>
  tx.execute<Goods>(sql`
    select claim.customer_id as "customerId", goods.order_number as "orderNumber",
      goods.category, goods.description
    from ${orders} as goods
    join ${claims} as claim on claim.order_id = goods.id
    where goods.order_number = any(${textArray(screens.flatMap((one) => one.orderNumbers))})
      and claim.bank = ${bank} and claim.customer_id = any(${customersOf(screens)})`)

/** The customers who don't want adverts. */
const findUnwilling = async (tx: Transaction, bank: string, screens: readonly Screen[]) => {
  const rows = await tx.execute<{ customerId: string }>(sql`
    select customer_id as "customerId" from ${customerChoices}
    where bank = ${bank} and customer_id = any(${customersOf(screens)}) and not show_adverts`)
  return new Set(rows.map((row) => row.customerId))
}

type Advert = Awaited<ReturnType<typeof findAdverts>>[number]

interface Found {
  adverts: Advert[]
  goods: readonly Goods[]
  unwilling: ReadonlySet<string>
}

const goodsOn = ({ customerId, orderNumbers }: Screen, goods: readonly Goods[]) =>
  goods.filter((one) => one.customerId === customerId && orderNumbers.includes(one.orderNumber))

// Of those that fit, the one shown least today: each gets its turn.
const leastShown = (fitting: readonly Advert[]) =>
  fitting.reduce<Advert | undefined>(
    (least, one) => (least && least.shownToday <= one.shownToday ? least : one),
    undefined,
  )

const choose = (screen: Screen, { adverts, goods, unwilling }: Found) => {
  if (unwilling.has(screen.customerId)) return undefined
  const { adverts: fitting, becauseOf } = matchAdverts(adverts, goodsOn(screen, goods))
  const chosen = leastShown(fitting)
  return chosen && { chosen, because: becauseOf(chosen) }
}

/** In order of their ids, so that no two calls wait for each other in a circle. */
const countDisplays = async (
  tx: Transaction,
  displays: ReadonlyMap<string, number>,
  day: LocalDate,
): Promise<void> => {
  const counted = [...displays].toSorted(([one], [other]) => (one < other ? -1 : 1))
  if (counted.length === 0) return
  await tx.execute(sql`
    insert into ${advertDisplays} as shown (advert_id, day, displays)
    select advert_id, ${day}::date, displays
    from unnest(${uuidArray(counted.map(([id]) => id))},
      ${bigintArray(counted.map(([, count]) => count))}) as counted (advert_id, displays)
    on conflict (advert_id, day) do update set displays = shown.displays + excluded.displays`)
}

const chooseAndCount = async (
  tx: Transaction,
  screens: readonly Screen[],
  found: Found,
  day: LocalDate,
): Promise<Answer<Reply>[]> => {
  const displays = new Map<string, number>()
  const replies = screens.map((screen): Answer<Reply> => {
    const choice = choose(screen, found)
    if (!choice) return { reply: { advert: null } }
    const { chosen, because } = choice
    chosen.shownToday += 1
    displays.set(chosen.id, (displays.get(chosen.id) ?? 0) + 1)
    const { text, textJa, url } = chosen
    return { reply: { advert: { text: { en: text, ja: textJa }, url, because } } }
  })
  await countDisplays(tx, displays, day)
  return replies
}

/**
 * One advert for the claims on each screen, and why (Fig. 18): by category, else by a related word,
 * else any. Displays are counted by day, without who saw them, and those of one call together: on a
 * busy day everybody waits for that row. None for a customer who switched them off.
 */
export const chooseAdverts = (
  deps: Pick<Deps, 'db' | 'clock'>,
  bank: Bank,
  screens: Screen[],
): Promise<Answer<Reply>[]> => {
  const today = dateIn(bank.timeZone, deps.clock.now())
  return changeTogether({ db: deps.db, spentTokens }, screens[0]?.caller, screens, {
    find: async (tx, some): Promise<Found> => {
      const [adverts, goods, unwilling] = await Promise.all([
        findAdverts(tx, bank.code, today),
        findGoods(tx, bank.code, some),
        findUnwilling(tx, bank.code, some),
      ])
      return { adverts, goods, unwilling }
    },
    change: (tx, some, found) => chooseAndCount(tx, some, found, today),
  })
}
