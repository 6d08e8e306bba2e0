import { expect } from 'vitest'
import { chooseAdvert } from '#shared/contracts/adverts.ts'
import { linkBiller, listBillers, unlinkBiller } from '#shared/contracts/billers.ts'
import { findClaim, listClaims } from '#shared/contracts/claim-server.ts'
import {
  chooseAccounts,
  chooseLanguage,
  declineClaim,
  findChoices,
  settledMonths,
  summariseClaims,
} from '#shared/contracts/customer-choices.ts'
import {
  accountOf,
  askAsShop,
  daniel,
  haruka,
  kenji,
  mei,
  newReference,
  order,
  pay,
  sendOrder,
  takumi,
} from '../acts.ts'
import type { Bench, ContractGroup } from '../side.ts'

const { customerId } = kenji
const params = { customerId }

export const choices: ContractGroup = {
  of: 'what a customer chooses',
  cases: [
    {
      rule: 'until then every account pays, and adverts are shown',
      async run({ ask }) {
        expect(await ask(findChoices, { params })).toEqual({
          accounts: [],
          defaultAccount: null,
          showAdverts: true,
          language: null,
        })
      },
    },
    {
      rule: 'replaces the choice before; language and accounts are apart',
      async run({ ask }) {
        const [salary, household] = [accountOf(kenji), accountOf(kenji, 1)]
        const body = { accounts: [salary, household, salary], defaultAccount: household }
        expect(
          await ask(chooseAccounts, { params, body: { ...body, showAdverts: false } }),
        ).toEqual({
          accounts: [salary, household],
          defaultAccount: household,
          showAdverts: false,
        })
        const english = { params, body: { language: 'en' as const } }
        expect(await ask(chooseLanguage, english)).toEqual({ language: 'en' })
        expect(await ask(findChoices, { params })).toEqual({
          accounts: [salary, household],
          defaultAccount: household,
          showAdverts: false,
          language: 'en',
        })
        const none = { accounts: [], defaultAccount: null, showAdverts: true }
        await ask(chooseAccounts, { params, body: none })
        expect(await ask(findChoices, { params })).toEqual({ ...none, language: 'en' })
      },
    },
    {
      rule: 'accounts of this bank, and a default among those that pay',
      async run({ ask }) {
        const own = accountOf(kenji)
        const wrong: [string, string[], string | null][] = [
          ['#/accounts/1', [own, '0905-101-1-0014471'], null],
          ['#/defaultAccount', [own], accountOf(kenji, 1)],
          ['#/defaultAccount', [], '0905-101-1-0014471'],
        ]
        for (const [pointer, accounts, defaultAccount] of wrong) {
          const body = { accounts, defaultAccount, showAdverts: true }
          await expect(ask(chooseAccounts, { params, body })).rejects.toMatchObject({
            code: 'invalid',
            errors: [{ pointer }],
          })
        }
        const stolen = ask(findChoices, { params }, { onBehalfOf: haruka.customerId })
        await expect(stolen).rejects.toMatchObject({ code: 'not-found' })
      },
    },
    {
      rule: 'a claim is declined with a reason, once',
      async run(bench) {
        const number = await order(bench, kenji)
        const decline = (orderNumber: string, text?: string) =>
          bench.ask(declineClaim, {
            params: { customerId, orderNumber },
            body: { reason: 'wrong-amount', ...(text ? { text } : {}) },
          })
        expect(await decline(number, 'it was 2,100')).toEqual({ status: 'declined' })
        expect(await decline(number)).toEqual({ status: 'declined' })
        const { history } = await bench.ask(findClaim, {
          params: { customerId, orderNumber: number },
        })
        expect(history.at(-1)).toMatchObject({
          event: 'declined',
          by: 'customer',
          reason: 'wrong-amount: it was 2,100',
        })
        const paid = await order(bench, kenji)
        await pay(bench, [paid], kenji)
        await expect(decline(paid)).rejects.toMatchObject({ code: 'claim-settled' })
        const cancelled = await order(bench, kenji)
        await askAsShop(bench, 'shoes', `/v1/orders/${cancelled}/cancel`, { method: 'POST' })
        await expect(decline(cancelled)).rejects.toMatchObject({ code: 'claim-not-open' })
        const foreign = await order(bench, haruka)
        await expect(decline(foreign)).rejects.toMatchObject({ code: 'not-found' })
      },
    },
  ],
}

export const summaries: ContractGroup = {
  of: 'what a customer is told',
  cases: [
    {
      rule: 'after sign-in: what waits, what is new, what is near its limit',
      async run(bench) {
        const { ask } = bench
        const own = { params: { customerId: daniel.customerId } }
        const before = await ask(summariseClaims, own)
        await order(bench, daniel, 'shoes', { timeLimit: '2026-11-24' })
        await order(bench, daniel, 'hats', { timeLimit: '2026-11-27' })
        await order(bench, daniel, 'hats', { timeLimit: '2026-12-28' })
        const after = await ask(summariseClaims, own)
        expect(after).toMatchObject({
          unsettled: before.unsettled + 3,
          new: before.new + 3,
          nearLimit: before.nearLimit + 2,
          limitToday: before.limitToday + 1,
          nextLimit: '2026-11-24',
          today: '2026-11-24',
        })
      },
    },
    {
      rule: 'of the past: sums by month and by shop',
      async run(bench) {
        const own = { params: { customerId: takumi.customerId } }
        const before = await bench.ask(settledMonths, own)
        const number = await order(bench, takumi, 'furniture', { yen: 500 })
        await pay(bench, [number], takumi)
        const { months, shops } = await bench.ask(settledMonths, own)
        expect(months[0]).toMatchObject({ month: '2026-11' })
        expect(months[0]?.count).toBe((before.months[0]?.count ?? 0) + 1)
        expect(shops.find((one) => one.name === 'Shop C Furniture')).toMatchObject({
          count: 1,
          totals: [{ currency: 'JPY', amountMinor: 500n }],
        })
        expect(shops.map((one) => one.name)).toEqual(shops.map((one) => one.name).toSorted())
      },
    },
  ],
}

const batch = (bench: Bench, body: unknown, shop: 'water' | 'shoes' = 'water') =>
  askAsShop(bench, shop, '/v1/claim-batches', { body })

const row = (bench: Bench, customerNumber: string, more: Record<string, unknown> = {}) => ({
  shopOrderRef: newReference(bench),
  customerNumber,
  secondFact: '4711',
  description: 'Water, October and November',
  category: 'water',
  amount: { value: 5_830, currency: 'JPY' },
  ...more,
})

const link = (
  bench: Bench,
  { customerNumber, secondFact = '4711' }: { customerNumber: string; secondFact?: string },
  customer: typeof mei | typeof daniel | typeof kenji = mei,
) => {
  const { customerId: id, name: customerName, mailAddress, language } = customer
  return bench.ask(linkBiller, {
    params: { customerId: id, shopId: bench.shopIds.water },
    body: { customerNumber, secondFact, customerName, mailAddress, language },
  })
}

const ofMei = { params: { customerId: mei.customerId } }

export const billers: ContractGroup = {
  of: 'billers',
  cases: [
    {
      rule: 'batches of claims have a result per row, and the same answer for ever',
      async run(bench) {
        const again = row(bench, 'W-100')
        const sent = {
          batchRef: newReference(bench),
          claims: [
            again,
            row(bench, 'W-100', { amount: { value: 0, currency: 'JPY' } }),
            row(bench, 'W-101', { timeLimit: '2026-11-23' }),
            row(bench, ' - ', {}),
            row(bench, 'W-101', { amount: { value: 1, currency: 'EUR' } }),
            { nothing: 'of a claim' },
            again,
            { ...again, description: 'Another' },
          ],
        }
        const first = await batch(bench, sent)
        expect(first.status).toBe(200)
        expect(first.body).toMatchObject({ received: 2, refused: 6 })
        const { results } = first.body as { results: { outcome: string }[] }
        expect(results.map((one) => one.outcome)).toEqual([
          'received',
          ...Array(5).fill('refused'),
          'existing',
          'refused',
        ])
        const repeat = await batch(bench, sent)
        expect(repeat.body).toEqual(first.body)
        expect(repeat.headers).toHaveProperty('idempotency-replayed', 'true')
        const read = await askAsShop(
          bench,
          'water',
          `/v1/claim-batches/${encodeURIComponent(sent.batchRef)}`,
        )
        expect(read.body).toEqual(first.body)
        const other = await batch(bench, { ...sent, claims: sent.claims.slice(1) })
        expect(other.status).toBe(409)
        expect((await batch(bench, sent, 'shoes')).status).toBe(403)
        const unknown = await askAsShop(bench, 'water', '/v1/claim-batches/unknown')
        expect(unknown.status).toBe(404)
      },
    },
    {
      rule: 'are linked by a number and a fact of any bill; what waited comes',
      async run(bench) {
        await batch(bench, {
          batchRef: newReference(bench),
          claims: [
            row(bench, 'W-200', { timeLimit: '2026-12-10' }),
            row(bench, 'w 200', { timeLimit: '2026-12-09', secondFact: 'ab 12' }),
          ],
        })
        expect(await link(bench, { customerNumber: 'W-200', secondFact: 'AB-12' })).toEqual({
          outcome: 'linked',
          newClaims: 2,
        })
        const { billers: known } = await bench.ask(listBillers, ofMei)
        expect(known.map((one) => [one.payee.name, one.link?.customerNumber])).toEqual([
          ['Minato Waterworks', 'W-200'],
        ])
        const query = { list: 'unsettled' as const, search: 'Water, October' }
        const listed = await bench.ask(listClaims, { ...ofMei, query })
        expect(listed.claims.map((one) => one.isNew)).toEqual([true, true])
        await batch(bench, { batchRef: newReference(bench), claims: [row(bench, 'W200')] })
        expect((await bench.ask(listClaims, { ...ofMei, query })).claims).toHaveLength(3)
        expect(await link(bench, { customerNumber: 'W200' })).toEqual({
          outcome: 'linked',
          newClaims: 0,
        })
      },
    },
    {
      rule: 'a number belongs to one customer, until its link ends',
      async run(bench) {
        const taken = { customerNumber: 'W-200' }
        expect(await link(bench, taken, daniel)).toEqual({ outcome: 'linked-elsewhere' })
        const ended = { params: { ...ofMei.params, shopId: bench.shopIds.water } }
        expect(await bench.ask(unlinkBiller, ended)).toEqual({ unlinked: true })
        expect(await bench.ask(unlinkBiller, ended)).toEqual({ unlinked: false })
        expect((await link(bench, taken, daniel)).outcome).toBe('linked')
      },
    },
    {
      rule: 'five wrong tries lock for a day, the right one too',
      async run(bench) {
        const wrong = { customerNumber: 'W-200', secondFact: 'wrong' }
        const lefts = []
        for (let tried = 0; tried < 5; tried++) {
          const answer = await link(bench, wrong, kenji)
          if (answer.outcome === 'not-accepted') lefts.push(answer.triesLeft)
        }
        expect(lefts).toEqual([4, 3, 2, 1, 0])
        const locked = await link(bench, { customerNumber: 'W-100' }, kenji)
        if (locked.outcome !== 'locked') throw new Error(locked.outcome)
        const hours = (locked.lockedUntil.getTime() - Date.now()) / 3600_000
        expect(Math.round(hours)).toBe(24)
      },
    },
    {
      rule: 'a right try does not wipe out the wrong ones before it',
      async run(bench) {
        const number = 'W-100'
        const wrong = () => link(bench, { customerNumber: number, secondFact: 'wrong' }, mei)
        expect(await wrong()).toEqual({ outcome: 'not-accepted', triesLeft: 4 })
        expect((await link(bench, { customerNumber: number }, mei)).outcome).toBe('linked')
        expect(await wrong()).toEqual({ outcome: 'not-accepted', triesLeft: 3 })
        const shop = { params: { ...ofMei.params, shopId: bench.shopIds.shoes } }
        const body = {
          customerNumber: number,
          secondFact: '4711',
          customerName: mei.name,
          mailAddress: mei.mailAddress,
          language: mei.language,
        }
        const noBiller = bench.ask(linkBiller, { ...shop, body })
        await expect(noBiller).rejects.toMatchObject({ code: 'not-found' })
      },
    },
  ],
}

export const adverts: ContractGroup = {
  of: 'adverts',
  cases: [
    {
      rule: 'by category in either language, else by a related word, else any, each in its turn',
      async run(bench) {
        const { ask } = bench
        const advertFor = async (sent: Record<string, unknown>[]) => {
          const orderNumbers = []
          for (const one of sent) orderNumbers.push(await order(bench, kenji, 'hats', one))
          const { advert } = await ask(chooseAdvert, { params, body: { orderNumbers } })
          return [advert?.text.en, advert?.because?.en]
        }
        const care = 'Shoe care, 980 yen'
        const umbrellas = 'Umbrellas from 1,200 yen'
        expect(await advertFor([{ category: '靴' }])).toEqual([care, 'shoes'])
        expect(await advertFor([{ description: 'Rain coat' }])).toEqual([umbrellas, 'rain'])
        expect(await advertFor([{ description: 'Train set' }])).toEqual([care, undefined])
        expect(await advertFor([])).toEqual([umbrellas, undefined])
        const foreign = await order(bench, haruka, 'shoes', { category: 'shoes' })
        const other = await ask(chooseAdvert, { params, body: { orderNumbers: [foreign] } })
        expect(other.advert?.because).toBeNull()
      },
    },
    {
      rule: 'none for a customer who switched them off',
      async run({ ask }) {
        const body = { accounts: [], defaultAccount: null, showAdverts: false }
        await ask(chooseAccounts, { params, body })
        expect(await ask(chooseAdvert, { params, body: { orderNumbers: [] } })).toEqual({
          advert: null,
        })
        await ask(chooseAccounts, { params, body: { ...body, showAdverts: true } })
      },
    },
  ],
}

export const time: ContractGroup = {
  of: 'time',
  cases: [
    {
      rule: 'an order that nobody accepts in half an hour is abandoned',
      async run(bench) {
        const { orderNumber } = await sendOrder(bench)
        bench.clock.advance({ minutes: 31 })
        await bench.letTimePass()
        const read = await askAsShop(bench, 'shoes', `/v1/orders/${orderNumber}`)
        expect(read.body).toMatchObject({ status: 'abandoned', entryUrl: null })
      },
    },
    {
      rule: 'what was shown for the first time is new for half an hour',
      async run(bench) {
        const number = await order(bench, daniel)
        const isNew = async () => {
          const found = await bench.ask(findClaim, {
            params: { customerId: daniel.customerId, orderNumber: number },
          })
          return found.claim.isNew
        }
        expect(await isNew()).toBe(true)
        bench.clock.advance({ minutes: 31 })
        expect(await isNew()).toBe(false)
      },
    },
    {
      rule: 'a claim is payable through its limit, expired after it, and can be revived by its shop',
      async run(bench) {
        const number = await order(bench, daniel, 'shoes', { timeLimit: '2026-11-30' })
        const find = () =>
          bench.ask(findClaim, { params: { customerId: daniel.customerId, orderNumber: number } })
        const revive = (timeLimit: string, headers = {}) =>
          askAsShop(bench, 'shoes', `/v1/orders/${number}/revive`, { body: { timeLimit }, headers })
        bench.clock.moveTo(new Date('2026-11-30T23:59:30+09:00'))
        await bench.letTimePass()
        expect((await find()).claim).toMatchObject({ status: 'unsettled', payable: true })
        expect((await revive('2026-12-07')).status).toBe(409)
        bench.clock.moveTo(new Date('2026-12-01T00:05:00+09:00'))
        await bench.letTimePass()
        expect((await find()).claim).toMatchObject({ status: 'unsettled', payable: false })
        bench.clock.moveTo(new Date('2026-12-01T00:07:00+09:00'))
        await bench.letTimePass()
        expect((await find()).claim.status).toBe('expired')
        const cancel = await askAsShop(bench, 'shoes', `/v1/orders/${number}/cancel`, {
          method: 'POST',
        })
        expect(cancel.status).toBe(410)
        expect((await revive('2026-11-30')).status).toBe(422)
        expect((await revive('2026-12-06', { 'if-match': '"1"' })).status).toBe(412)
        const revived = await revive('2026-12-06', { 'idempotency-key': 'revival 1' })
        expect(revived).toMatchObject({
          status: 200,
          body: { status: 'unsettled', timeLimit: '2026-12-07', originalTimeLimit: '2026-12-06' },
        })
        const repeat = await revive('2026-12-06', { 'idempotency-key': 'revival 1' })
        expect(repeat.headers).toHaveProperty('idempotency-replayed', 'true')
        expect((await revive('2026-12-06')).status).toBe(200)
        const { history } = await find()
        expect(history.at(-1)).toMatchObject({
          event: 'revived',
          reason: '2026-11-30 → 2026-12-07',
        })
      },
    },
    {
      rule: 'thirty-one days after its limit it stays expired',
      async run(bench) {
        const number = await order(bench, daniel, 'hats', { timeLimit: '2026-12-02' })
        bench.clock.moveTo(new Date('2026-12-03T01:00:00+09:00'))
        await bench.letTimePass()
        bench.clock.moveTo(new Date('2027-01-03T01:00:00+09:00'))
        const answer = await askAsShop(bench, 'hats', `/v1/orders/${number}/revive`, {
          body: { timeLimit: '2027-01-12' },
        })
        expect(answer.status).toBe(410)
      },
    },
  ],
}
