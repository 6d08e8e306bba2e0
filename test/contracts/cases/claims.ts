import { expect } from 'vitest'
import {
  acceptOrder,
  type ClaimSort,
  findClaim,
  findEntry,
  listClaims,
  quoteBasket,
} from '#shared/contracts/claim-server.ts'
import type { Sent } from '#shared/contracts/call.ts'
import {
  acceptance,
  accountOf,
  askAsShop,
  daniel,
  haruka,
  kenji,
  mei,
  order,
  pay,
  sendOrder,
  takumi,
  yuki,
} from '../acts.ts'
import type { Bench, ContractGroup } from '../side.ts'

const notFound = { code: 'not-found' }

export const entries: ContractGroup = {
  of: 'entry and acceptance',
  cases: [
    {
      rule: 'an entry link shows its order while it is open, and binds nobody',
      async run(bench) {
        const { entryToken, orderNumber } = await sendOrder(bench, 'shoes', {
          category: 'shoes',
          returnUrl: 'https://shop-a.example/orders/7?paid=1',
        })
        const entry = await bench.ask(findEntry, { params: { entryToken } })
        expect(entry).toMatchObject({
          orderNumber,
          open: true,
          amountMinor: 3150n,
          payee: { name: 'Shop A Shoes', mailAddress: 'help@shop-a.example' },
          returnUrl: 'https://shop-a.example/orders/7?paid=1',
        })
        const minutes = (entry.openUntil.getTime() - bench.clock.now().getTime()) / 60_000
        expect(Math.round(minutes)).toBe(30)
        const unknown = bench.ask(findEntry, { params: { entryToken: 'A'.repeat(22) } })
        await expect(unknown).rejects.toMatchObject(notFound)
        const bent = bench.ask(findEntry, { params: { entryToken: 'short' } })
        await expect(bent).rejects.toMatchObject({ errors: [{ pointer: ':entryToken' }] })
      },
    },
    {
      rule: 'the first customer to accept has it; a repeat is the same, anybody else comes too late',
      async run(bench) {
        const { entryToken } = await sendOrder(bench)
        const params = { entryToken }
        const accept = (customer: typeof haruka | typeof kenji) =>
          bench.ask(acceptOrder, { params, body: acceptance(customer) })
        const first = await accept(haruka)
        expect(first).toMatchObject({ outcome: 'accepted', order: { open: false } })
        expect(await accept(haruka)).toEqual(first)
        expect(await accept(kenji)).toEqual({ outcome: 'not-open' })
        expect((await bench.ask(findEntry, { params })).open).toBe(false)
      },
    },
    {
      rule: 'one accepts for oneself, with an account of this bank',
      async run(bench) {
        const { entryToken } = await sendOrder(bench)
        const params = { entryToken }
        const body = acceptance(haruka)
        const forOther = bench.ask(acceptOrder, { params, body }, { onBehalfOf: kenji.customerId })
        await expect(forOther).rejects.toMatchObject(notFound)
        const elsewhere = { ...body, account: '0905-101-1-0014471' }
        await expect(bench.ask(acceptOrder, { params, body: elsewhere })).rejects.toMatchObject({
          code: 'invalid',
          errors: [{ pointer: '#/account' }],
        })
        const hostile = { ...body, mailAddress: 'a@b.example\r\nBcc: c@d.example' }
        await expect(bench.ask(acceptOrder, { params, body: hostile })).rejects.toMatchObject({
          errors: [{ pointer: '#/mailAddress' }],
        })
      },
    },
    {
      rule: 'a cancelled order is not open any more',
      async run(bench) {
        const { entryToken, orderNumber } = await sendOrder(bench)
        await askAsShop(bench, 'shoes', `/v1/orders/${orderNumber}/cancel`, { method: 'POST' })
        const params = { entryToken }
        expect((await bench.ask(findEntry, { params })).open).toBe(false)
        const late = await bench.ask(acceptOrder, { params, body: acceptance(haruka) })
        expect(late).toEqual({ outcome: 'not-open' })
      },
    },
  ],
}

type Query = Sent<typeof listClaims>['query']

const list = ({ ask }: Bench, query: Query, customerId: string = yuki.customerId) =>
  ask(listClaims, { params: { customerId }, query })

/** Four claims of Yuki's: amounts, limits, shops and days in four different orders. */
const fill = async (bench: Bench): Promise<string[]> => [
  await order(bench, yuki, 'hats', { yen: 2100, description: 'Hat', timeLimit: '2026-12-10' }),
  await order(bench, yuki, 'shoes', { yen: 3150, description: 'Shoes', timeLimit: '2026-12-01' }),
  await order(bench, yuki, 'furniture', {
    yen: 8400,
    description: '椅子 100%',
    timeLimit: '2026-11-25',
  }),
  await order(bench, yuki, 'hats', { yen: 900, description: 'Band', timeLimit: '2026-12-10' }),
]

const numbers = (claims: readonly { orderNumber: string }[]) => claims.map((one) => one.orderNumber)

export const presentment: ContractGroup = {
  of: 'a customer’s claims',
  cases: [
    {
      rule: 'are nobody else’s, and none at first',
      async run(bench) {
        expect(await list(bench, { list: 'unsettled' })).toMatchObject({ claims: [], totals: [] })
        const stolen = bench.ask(
          listClaims,
          { params: { customerId: haruka.customerId }, query: { list: 'unsettled' } },
          { onBehalfOf: kenji.customerId },
        )
        await expect(stolen).rejects.toMatchObject(notFound)
      },
    },
    {
      rule: 'come in every order that is asked for, equal ones as they came, page by page',
      async run(bench) {
        const [hat, shoes, chair, band] = await fill(bench)
        const orders: [ClaimSort | undefined, (string | undefined)[]][] = [
          [undefined, [chair, shoes, hat, band]],
          ['time-limit', [chair, shoes, hat, band]],
          ['amount', [chair, shoes, hat, band]],
          ['shop', [shoes, hat, band, chair]],
          ['ordered-on', [band, chair, shoes, hat]],
        ]
        for (const [sort, expected] of orders) {
          const query: Query = { list: 'unsettled', ...(sort ? { sort } : {}) }
          expect(numbers((await list(bench, query)).claims)).toEqual(expected)
          const first = await list(bench, { ...query, limit: 3 })
          expect(numbers(first.claims)).toEqual(expected.slice(0, 3))
          const cursor = first.nextCursor ?? ''
          const second = await list(bench, { ...query, limit: 3, cursor })
          expect(numbers(second.claims)).toEqual(expected.slice(3))
          expect(second.nextCursor).toBeNull()
          expect(second.totals).toEqual(first.totals)
        }
      },
    },
    {
      rule: 'are summed, searched, filtered, by shop and by month',
      async run(bench) {
        const of = async (query: Omit<Query, 'list'>) =>
          (await list(bench, { list: 'unsettled', ...query })).claims.map((one) => one.description)
        const all = await list(bench, { list: 'unsettled' })
        expect(all.totals).toEqual([{ currency: 'JPY', count: 4, amountMinor: 14_550n, payees: 3 }])
        const [first] = all.claims
        expect(await of({ search: ' hat' })).toEqual(['Hat', 'Band'])
        expect(await of({ search: '帽子' })).toEqual(['Hat', 'Band'])
        expect(await of({ search: '%' })).toEqual(['椅子 100%'])
        expect(await of({ search: '_' })).toEqual([])
        expect(await of({ search: first?.orderNumber.toLowerCase().slice(0, 7) ?? '' })).toEqual([
          '椅子 100%',
        ])
        expect(await of({ search: ' ' })).toHaveLength(4)
        expect(await of({ shopId: bench.shopIds.furniture })).toEqual(['椅子 100%'])
        expect(await of({ month: '2026-11' })).toEqual(['椅子 100%'])
        expect(await of({ month: '2026-12' })).toHaveLength(3)
        expect(await of({ filter: 'payable' })).toHaveLength(4)
        expect(await of({ filter: 'in-progress' })).toEqual([])
        expect(await of({ filter: 'near-limit' })).toEqual(['椅子 100%'])
        expect(await of({ filter: 'new' })).toHaveLength(4)
      },
    },
    {
      rule: 'are refused to a question that is none',
      async run(bench) {
        const questions: [string, Query][] = [
          ['?sort', { list: 'unsettled', sort: 'settled-at' }],
          ['?month', { list: 'unsettled', month: '2026-13' }],
          ['?search', { list: 'unsettled', search: 'a\u0000b' }],
          ['?cursor', { list: 'unsettled', cursor: 'bm8' }],
          ['?limit', { list: 'unsettled', limit: 201 }],
        ]
        for (const [pointer, query] of questions)
          await expect(list(bench, query)).rejects.toMatchObject({
            code: 'invalid',
            errors: [{ pointer }],
          })
        const first = await list(bench, { list: 'unsettled', limit: 1 })
        const cursor = first.nextCursor ?? ''
        const other = list(bench, { list: 'unsettled', sort: 'amount', cursor })
        await expect(other).rejects.toMatchObject({ errors: [{ pointer: '?cursor' }] })
      },
    },
    {
      rule: 'each has its history, and its number can be typed',
      async run(bench) {
        const { customerId } = daniel
        const number = await order(bench, daniel, 'shoes', { category: 'shoes' })
        const find = (orderNumber: string, id: string = customerId) =>
          bench.ask(findClaim, { params: { customerId: id, orderNumber } })
        const found = await find(number.replaceAll('-', '').toLowerCase())
        expect(found.claim).toMatchObject({ orderNumber: number, status: 'unsettled' })
        expect(found.history.map((one) => [one.event, one.by])).toEqual([
          ['provisional', 'shop'],
          ['unsettled', 'customer'],
        ])
        await expect(find(number, kenji.customerId)).rejects.toMatchObject(notFound)
        await expect(find('3F8T-Q1ZD-0')).rejects.toMatchObject({ code: 'invalid' })
        const { entryToken, orderNumber } = await sendOrder(bench)
        expect(entryToken).toHaveLength(22)
        await expect(find(orderNumber)).rejects.toMatchObject(notFound)
      },
    },
    {
      rule: 'that are settled are listed apart, newest first, with how they were settled',
      async run(bench) {
        const first = await order(bench, takumi, 'shoes')
        const second = await order(bench, takumi, 'hats', { yen: 2100 })
        await pay(bench, [first], takumi)
        const { content } = await pay(bench, [second], takumi)
        const of = (query: Query) => list(bench, query, takumi.customerId)
        const settled = await of({ list: 'settled' })
        expect(numbers(settled.claims)).toEqual([second, first])
        expect(settled.claims[0]).toMatchObject({
          status: 'settled',
          payable: false,
          settlement: { paymentId: content.paymentId, account: accountOf(takumi) },
        })
        expect((await of({ list: 'settled', month: '2026-11' })).claims).toHaveLength(2)
        expect((await of({ list: 'settled', month: '2026-10' })).claims).toEqual([])
        expect(numbers((await of({ list: 'settled', sort: 'amount' })).claims)).toEqual([
          first,
          second,
        ])
        expect(await of({ list: 'unsettled' })).toMatchObject({ claims: [] })
      },
    },
  ],
}

const quote = (
  { ask }: Bench,
  orderNumbers: string[],
  accounts: string[] = [accountOf(mei)],
  customerId: string = mei.customerId,
) => ask(quoteBasket, { params: { customerId }, body: { orderNumbers, accounts } })

export const quotes: ContractGroup = {
  of: 'quotes',
  cases: [
    {
      rule: 'price a basket for each account, lowest fee first, one group and one fee per payee',
      async run(bench) {
        const hats = [
          await order(bench, mei, 'hats', { yen: 2100 }),
          await order(bench, mei, 'hats', { yen: 900 }),
        ]
        const shoes = await order(bench, mei, 'shoes', { yen: 29_999 })
        const chair = await order(bench, mei, 'furniture', { yen: 30_000 })
        const harbour = accountOf(mei)
        const station = accountOf(haruka, 1)
        const basket = [...hats, shoes, chair]
        const { quotes, amountMinor, currency, claims } = await quote(bench, basket, [
          station,
          harbour,
          station,
        ])
        expect({ amountMinor, currency }).toEqual({ amountMinor: 62_999n, currency: 'JPY' })
        expect(claims.map((one) => one.orderNumber)).toEqual(basket)
        expect(quotes.map((one) => [one.account, one.feeMinor, one.totalMinor])).toEqual([
          [station, 110n, 63_109n],
          [harbour, 110n, 63_109n],
        ])
        const [, fromHarbour] = quotes
        expect(
          fromHarbour?.groups.map((one) => [one.payeeAccount, one.feeMinor, one.savedMinor]),
        ).toEqual([
          ['0901-202-2-1100202', 110n, 110n],
          ['0901-101-2-1100101', 0n, 0n],
          ['0901-101-2-1100303', 0n, 0n],
        ])
      },
    },
    {
      rule: 'name what can’t be paid, and leave it out',
      async run(bench) {
        const paid = await order(bench, mei, 'shoes')
        await pay(bench, [paid], mei)
        const open = await order(bench, mei, 'shoes')
        const both = await quote(bench, [paid, open, open])
        expect(both.notPayable).toEqual([paid])
        expect(both.amountMinor).toBe(3150n)
        expect(await quote(bench, [paid])).toMatchObject({
          currency: null,
          amountMinor: 0n,
          quotes: [],
          notPayable: [paid],
        })
      },
    },
    {
      rule: 'are given for own claims alone',
      async run(bench) {
        const foreign = await order(bench, kenji, 'shoes')
        await expect(quote(bench, [foreign])).rejects.toMatchObject(notFound)
        const stolen = bench.ask(
          quoteBasket,
          {
            params: { customerId: kenji.customerId },
            body: { orderNumbers: [foreign], accounts: [accountOf(kenji)] },
          },
          { onBehalfOf: mei.customerId },
        )
        await expect(stolen).rejects.toMatchObject(notFound)
        await expect(quote(bench, [])).rejects.toMatchObject({
          errors: [{ pointer: '#/orderNumbers' }],
        })
      },
    },
  ],
}
