import { stringify } from 'csv-stringify/sync'
import { maskedNumber } from '#shared/accounts.ts'
import { dateIn } from '#shared/dates.ts'
import { formatNumber } from '#shared/money.ts'
import type { Language } from '#shared/texts.ts'
import type { Deps } from '../../deps.ts'
import type { ShopCaller } from '../../shops/find-key-owner.ts'
import { type OneCustomer, readOrders } from './inquire-orders.ts'
import type { InquiredOrder } from './inquiry.queries.ts'
import { exportTexts } from './export.texts.ts'
import type { OrderQuery } from './order-query.ts'
import { inquiryTexts } from './texts.ts'

const rowsAtOnce = 1000

const toCells = (order: InquiredOrder, timeZone: string, language: Language) => {
  const day = (at: Date | null) => (at ? dateIn(timeZone, at) : '')
  return [
    order.orderNumber,
    order.shopOrderRef,
    inquiryTexts(language).statuses[order.status],
    order.description,
    order.category ?? '',
    formatNumber(order.amountMinor, order.currency, 'en').replaceAll(',', ''),
    order.currency,
    order.orderedOn,
    order.timeLimit,
    day(order.acceptedAt),
    day(order.settledAt),
    order.account ? maskedNumber(order.account) : '',
    order.payeeAccount ?? '',
    order.transferId ?? '',
    order.groupNumber ?? '',
    order.customer?.name ?? '',
    order.customer?.reference ?? '',
  ]
}

/**
 * Everything that a shop asked for as CSV, page by page, so that it never stands in memory whole. Cells
 * that a spreadsheet would take for a formula are escaped; the mark at the start makes it read UTF-8.
 */
export const exportOrders = (
  deps: Pick<Deps, 'db'>,
  caller: ShopCaller,
  question: { query: OrderQuery; customer?: OneCustomer | undefined },
  language: Language,
): ReadableStream<Uint8Array> => {
  const encoder = new TextEncoder()
  const toCsv = (rows: string[][], isFirst = false) =>
    encoder.encode(
      stringify(rows, { bom: isFirst, escape_formulas: true, record_delimiter: 'windows' }),
    )
  const readAll = async function* () {
    yield toCsv([Object.values(exportTexts(language).columns)], true)
    let cursor: string | undefined
    do {
      const page = await readOrders(deps, caller, {
        ...question,
        query: { ...question.query, cursor },
        limit: rowsAtOnce,
      })
      if (page.orders.length > 0)
        yield toCsv(page.orders.map((order) => toCells(order, caller.bank.timeZone, language)))
      cursor = page.nextCursor ?? undefined
    } while (cursor !== undefined)
  }
  return ReadableStream.from(readAll())
}
