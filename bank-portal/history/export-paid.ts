import { stringify } from 'csv-stringify/sync'
import type { Claim } from '#shared/contracts/claim-server.ts'
import { dateIn } from '#shared/dates.ts'
import { formatNumber } from '#shared/money.ts'
import { timeWords } from '#shared/ui/index.ts'
import { type ClaimList, listClaims } from '../claim-server-client.ts'
import type { Calls, Customer } from '../deps.ts'
import { payeeName } from '../names.ts'
import { exportTexts } from './export.texts.ts'
import { type PaidQuery, toListQuery } from './paid-query.ts'

const rowsAtOnce = 200

const toCells = (claim: Claim, { timeZone }: ClaimList, { language }: Customer): string[] => {
  const { settlement, currency } = claim
  const at = settlement?.settledAt
  return [
    at ? `${dateIn(timeZone, at)} ${timeWords(at, timeZone, 'en')}` : '',
    payeeName(claim.payee, language),
    claim.description,
    claim.orderNumber,
    claim.orderedOn,
    formatNumber(claim.amountMinor, currency, 'en').replaceAll(',', ''),
    currency,
    settlement?.account ?? '',
    settlement?.groupNumber ?? '',
    settlement?.transferId ?? '',
  ]
}

/**
 * All settled claims that were asked for as CSV, page by page, so that they never stand in memory
 * whole. Cells that a spreadsheet would take for a formula are escaped; the mark at the start makes it
 * read UTF-8. The first page is read before anything is sent: what fails then is an error page.
 */
export const exportPaid = async (
  deps: Pick<Calls, 'callClaimServer'>,
  customer: Customer,
  asked: PaidQuery,
): Promise<ReadableStream<Uint8Array>> => {
  const read = (cursor: string | undefined) =>
    listClaims(deps, customer, { ...toListQuery({ ...asked, cursor }), limit: rowsAtOnce })
  const encoder = new TextEncoder()
  const toCsv = (rows: string[][], isFirst = false) =>
    encoder.encode(
      stringify(rows, { bom: isFirst, escape_formulas: true, record_delimiter: 'windows' }),
    )
  const first = await read(undefined)
  const readAll = async function* () {
    yield toCsv([Object.values(exportTexts(customer.language).columns)], true)
    let list = first
    for (;;) {
      if (list.claims.length > 0)
        yield toCsv(list.claims.map((claim) => toCells(claim, list, customer)))
      if (list.nextCursor === null) return
      list = await read(list.nextCursor)
    }
  }
  return ReadableStream.from(readAll())
}
