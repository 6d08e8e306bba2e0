import type { Hono } from 'hono'
import { accountParts } from '#shared/accounts.ts'
import type { Received, ReplyOf } from '#shared/contracts/call.ts'
import {
  acceptOrder,
  type ClaimSort,
  type ClaimStatus,
  findClaim,
  findEntry,
  listClaims,
  quoteBasket,
} from '#shared/contracts/claim-server.ts'
import { dateIn } from '#shared/dates.ts'
import { AppError, fieldError } from '#shared/errors.ts'
import { sumMinor } from '#shared/money.ts'
import { priceGroups } from '../../claim-server/quotes/price-groups.ts'
import { answerCall, type MockOptions } from './answer-call.ts'
import { bindClaim } from './claim-orders.ts'
import {
  type ClaimServerState,
  findOwn,
  isNearLimit,
  isNew,
  isPayable,
  type MockClaim,
  todayOf,
} from './claim-server-state.ts'
import { isOpen, toClaim, toEntry } from './claim-views.ts'
import { feesOn } from './fee-table.ts'

const findByToken = ({ claims }: ClaimServerState, entryToken: string): MockClaim => {
  const found = [...claims.values()].find((one) => one.entryToken === entryToken)
  if (!found) throw new AppError('not-found')
  return found
}

/** Entry and acceptance. */
export const serveEntries = (app: Hono, options: MockOptions, state: ClaimServerState): void => {
  answerCall(app, options, findEntry, async ({ params: { entryToken } }) =>
    toEntry(state, findByToken(state, entryToken)),
  )

  answerCall(
    app,
    options,
    acceptOrder,
    async ({
      params: { entryToken },
      body: { customerId, customerName: name, mailAddress, account },
      caller,
    }): Promise<ReplyOf<typeof acceptOrder>> => {
      if (caller.onBehalfOf !== customerId) throw new AppError('not-found')
      if (accountParts(account).bank !== state.bank)
        throw fieldError('#/account', 'this account is not with the customer’s bank')
      const claim = findByToken(state, entryToken)
      if (isOpen(state, claim)) {
        state.customers.set(customerId, { name, mailAddress })
        bindClaim(state, claim, { customerId, account })
      }
      return claim.customerId === customerId
        ? { outcome: 'accepted', order: toEntry(state, claim) }
        : { outcome: 'not-open' }
    },
  )
}

type Query = Received<typeof listClaims>['query']

const matches = ({ orderNumber, description, shop }: MockClaim, search = ''): boolean => {
  const text = search.normalize('NFC').trim()
  if (/\p{Cc}/u.test(text)) throw fieldError('?search', 'remove control characters')
  const number = text.replaceAll(/[\s-]/g, '').toUpperCase()
  const isNumber = number !== '' && orderNumber.replaceAll('-', '').includes(number)
  const words = [description, shop.name, shop.nameJa ?? '']
  return isNumber || words.some((one) => one.toLowerCase().includes(text.toLowerCase()))
}

const monthOf = (state: ClaimServerState, { settledAt, timeLimit, status }: MockClaim) =>
  (status === 'settled' && settledAt ? dateIn(state.timeZone, settledAt) : timeLimit).slice(0, 7)

const isAsked = (state: ClaimServerState, claim: MockClaim, query: Query): boolean => {
  const { filter, shopId, month } = query
  const filters = {
    payable: () => isPayable(state, claim),
    'in-progress': () => claim.status === 'paying',
    'near-limit': () => isPayable(state, claim) && isNearLimit(state, claim),
    new: () => isNew(state, claim),
  }
  return (
    (filter === undefined || filters[filter]()) &&
    (shopId === undefined || claim.shop.shopId === shopId) &&
    (month === undefined || monthOf(state, claim) === month) &&
    matches(claim, query.search)
  )
}

const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
const upwards = (a: MockClaim, b: MockClaim) => a.sequence - b.sequence
const downwards = (a: MockClaim, b: MockClaim) => b.sequence - a.sequence

const orders: Record<ClaimSort, (a: MockClaim, b: MockClaim) => number> = {
  'time-limit': (a, b) => byText(a.timeLimit, b.timeLimit) || upwards(a, b),
  amount: (a, b) => Number(b.amountMinor - a.amountMinor) || downwards(a, b),
  shop: (a, b) => byText(a.shop.name.toLowerCase(), b.shop.name.toLowerCase()) || upwards(a, b),
  'ordered-on': (a, b) => byText(b.orderedOn, a.orderedOn) || downwards(a, b),
  'settled-at': (a, b) =>
    (b.settledAt?.getTime() ?? 0) - (a.settledAt?.getTime() ?? 0) || downwards(a, b),
}

const totalsOf = (claims: readonly MockClaim[]) =>
  [...Map.groupBy(claims, (one) => one.currency)]
    .map(([currency, own]) => ({
      currency,
      count: own.length,
      amountMinor: sumMinor(own.map((one) => one.amountMinor)),
      payees: new Set(own.map((one) => one.shop.shopId)).size,
    }))
    .sort((a, b) => byText(a.currency, b.currency))

const listed: Record<Query['list'], ClaimStatus[]> = {
  unsettled: ['unsettled', 'paying'],
  settled: ['settled'],
}

const toCursor = (sort: ClaimSort, { orderNumber }: MockClaim) =>
  Buffer.from(JSON.stringify({ sort, after: orderNumber })).toString('base64url')

/** The claim after which the page begins. */
const readCursor = ({ claims }: ClaimServerState, sort: ClaimSort, cursor: string): MockClaim => {
  try {
    const place = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    const claim = claims.get(place.after)
    if (place.sort === sort && claim) return claim
  } catch {}
  throw fieldError('?cursor', 'this cursor is not from this list')
}

const checkQuery = ({ list, sort, month }: Query) => {
  if (sort === 'settled-at' && list === 'unsettled')
    throw fieldError('?sort', 'unsettled claims have no date of settlement')
  const at = Number(month?.slice(5) ?? '1')
  if (at < 1 || at > 12 || (month ?? '1900') < '1900')
    throw fieldError('?month', 'this is no month')
}

const list = (
  state: ClaimServerState,
  { params: { customerId }, query }: Received<typeof listClaims>,
): ReplyOf<typeof listClaims> => {
  checkQuery(query)
  const sort = query.sort ?? (query.list === 'settled' ? 'settled-at' : 'time-limit')
  const found = [...state.claims.values()]
    .filter((one) => one.customerId === customerId && listed[query.list].includes(one.status))
    .filter((one) => isAsked(state, one, query))
    .sort(orders[sort])
  const after = query.cursor === undefined ? undefined : readCursor(state, sort, query.cursor)
  const rest = after ? found.filter((one) => orders[sort](one, after) > 0) : found
  const page = rest.slice(0, query.limit)
  const last = page.at(-1)
  const claims = page.map((one) => toClaim(state, one))
  if (query.list === 'unsettled') for (const one of page) one.seenAt ??= state.clock.now()
  return {
    claims,
    nextCursor: last && rest.length > query.limit ? toCursor(sort, last) : null,
    totals: totalsOf(found),
    today: todayOf(state),
    timeZone: state.timeZone,
  }
}

const toPriced = ({ orderNumber, shop: { shopId }, amountMinor }: MockClaim) => ({
  orderNumber,
  shopId,
  amountMinor,
})

/** Prices claims for each account, lowest fee first. */
const priceAccounts = (
  state: ClaimServerState,
  accounts: readonly string[],
  payable: readonly MockClaim[],
) => {
  const fees = feesOn(state, todayOf(state))
  const accountsOf = new Map(state.shops.map((one) => [one.shopId, one.accounts]))
  const amountMinor = sumMinor(payable.map((one) => one.amountMinor))
  return [...new Set(accounts)]
    .flatMap((account) => {
      const groups = priceGroups(fees, account, payable.map(toPriced), accountsOf)
      if (!groups) return []
      const feeMinor = sumMinor(groups.map((one) => one.feeMinor))
      return [{ account, groups, feeMinor, totalMinor: amountMinor + feeMinor }]
    })
    .sort((a, b) => Number(a.feeMinor - b.feeMinor))
}

const quote = (
  state: ClaimServerState,
  { params: { customerId }, body }: Received<typeof quoteBasket>,
): ReplyOf<typeof quoteBasket> => {
  const numbers = [...new Set(body.orderNumbers)]
  const own = numbers.map((number) => findOwn(state, customerId, number))
  const payable = own.filter((one) => isPayable(state, one))
  const [currency, ...others] = new Set(payable.map((one) => one.currency))
  const isOne = currency !== undefined && others.length === 0
  return {
    claims: own.map((one) => toClaim(state, one)),
    notPayable: own.filter((one) => !isPayable(state, one)).map((one) => one.orderNumber),
    currency: isOne ? currency : null,
    amountMinor: isOne ? sumMinor(payable.map((one) => one.amountMinor)) : 0n,
    quotes: isOne ? priceAccounts(state, body.accounts, payable) : [],
    today: todayOf(state),
  }
}

/** A customer's claims, and what a basket of them costs. */
export const serveClaims = (app: Hono, options: MockOptions, state: ClaimServerState): void => {
  answerCall(app, options, listClaims, async (input) => list(state, input))

  answerCall(app, options, findClaim, async ({ params: { customerId, orderNumber } }) => {
    const claim = findOwn(state, customerId, orderNumber)
    return { claim: toClaim(state, claim), history: [...claim.history], today: todayOf(state) }
  })

  answerCall(app, options, quoteBasket, async (input) => quote(state, input))
}
