import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createVisitor } from '../../support/visitor.ts'
import {
  goToCheckout,
  haruka,
  orderPathOf,
  sendCheckout as send,
  type ShopsUnderTest,
  startShopsUnderTest,
} from './shop-under-test.ts'

let shops: ShopsUnderTest

beforeEach(async () => {
  shops = await startShopsUnderTest()
})
afterEach(() => shops.stop())

describe('an order to be paid through the bank', () => {
  test('is placed at the claim server, and the browser goes on to its entry screen', async () => {
    const goods: [string, string?][] = [['leather-walking-shoes', '24'], ['shoe-care-set']]
    const { visitor, checkout } = await goToCheckout(shops, { goods })
    const entry = await send(visitor, checkout)
    const [order] = shops.claims.orders()
    expect(entry.url).toBe(order?.entryUrl)
    expect(order).toMatchObject({
      description: 'Leather walking shoes, size 24; Shoe care set',
      category: 'shoes',
      amount: { value: 4130n, currency: 'JPY' },
    })
    expect(order?.shopOrderRef).toMatch(/^A-\d{6}-[0-9A-Z]{10}$/)
    expect((await visitor.open(`${shops.url}/shop-a/basket`)).text).toContain(
      'Your basket is empty',
    )
  })

  test('carries the purchase’s id as Idempotency-Key and the way back to the shop', async () => {
    const { visitor, checkout } = await goToCheckout(shops, { language: 'ja' })
    await send(visitor, checkout)
    const [received] = shops.claims.received()
    const purchase = checkout.root.querySelector('[name=purchase]')?.getAttribute('value')
    expect(received).toMatchObject({ key: purchase, language: 'ja' })
    expect(received?.returnUrl).toBe(`${shops.url}/shop-a/orders/${received?.shopOrderRef}`)
  })

  test('tells the claim server nothing about who ordered', async () => {
    const { visitor, checkout } = await goToCheckout(shops)
    await send(visitor, checkout)
    const told = JSON.stringify(shops.claims.received())
    for (const word of ['佐藤', 'Yamashita', '0119']) expect(told).not.toContain(word)
    const [file = ''] = readdirSync(join(shops.folder, 'purchases'))
    const path = join(shops.folder, 'purchases', file)
    expect(readFileSync(path, 'utf8')).toContain('Yamashita')
    expect(statSync(path).mode & 0o077).toBe(0)
  })

  test('sent ten times at once is one order, and all ten go to its entry screen', async () => {
    const { visitor, checkout } = await goToCheckout(shops)
    const answers = await Promise.all(Array.from({ length: 10 }, () => send(visitor, checkout)))
    const [order] = shops.claims.orders()
    expect(shops.claims.orders()).toHaveLength(1)
    expect(new Set(answers.map(({ url }) => url))).toEqual(new Set([order?.entryUrl]))
  })

  test('sent again after it was accepted shows the order', async () => {
    const { visitor, checkout } = await goToCheckout(shops)
    await send(visitor, checkout)
    shops.claims.change({ status: 'unsettled', entryUrl: null })
    const again = await send(visitor, checkout)
    expect(again.url).toBe(shops.url + orderPathOf(shops))
    expect(shops.claims.orders()).toHaveLength(1)
  })

  test('is a new one when the basket changed after the form was sent in vain', async () => {
    const { visitor, checkout } = await goToCheckout(shops)
    shops.claims.state.weather = 'away'
    await send(visitor, checkout)
    await goToCheckout(shops, { visitor, goods: [['shoe-care-set']] })
    shops.claims.state.weather = 'fine'
    const answer = await send(visitor, checkout)
    expect(answer.status).toBe(409)
    expect(answer.text).toContain('This form was sent before')
    await send(visitor, answer)
    expect(shops.claims.orders()).toMatchObject([{ amount: { value: 4130n } }])
  })

  test('is worth what the shop asks, whatever the browser says', async () => {
    const { visitor, checkout } = await goToCheckout(shops)
    await send(visitor, checkout, { total: '1', amount: '1', price: '1' })
    expect(shops.claims.orders()).toMatchObject([{ amount: { value: 3150n } }])
  })
})

describe('while the claim server does not answer', () => {
  test.each(['away', 'answer-lost'] as const)(
    '(%s) the page says that nothing was paid, and trying again places exactly one order',
    async (weather) => {
      const { visitor, checkout } = await goToCheckout(shops)
      shops.claims.state.weather = weather
      const answer = await send(visitor, checkout)
      expect(answer.status).toBe(503)
      expect(answer.text).toContain('Your order is not placed yet')
      expect(answer.text).toContain('Nothing was paid')
      expect((await visitor.open(`${shops.url}/shop-a/basket`)).text).toContain('3,150 yen')

      const inVain = await visitor.submit(answer, 'form.actions')
      expect(inVain.status).toBe(503)
      shops.claims.state.weather = 'fine'
      const entry = await visitor.submit(inVain, 'form.actions')
      const [order] = shops.claims.orders()
      expect(entry.url).toBe(order?.entryUrl)
      expect(shops.claims.orders()).toHaveLength(1)
      const sent = shops.claims.received()
      expect(new Set(sent.map(({ key }) => key)).size).toBe(1)
      expect(new Set(sent.map(({ body }) => body)).size).toBe(1)
    },
  )

  test('the retry outlives a restart of the shop', async () => {
    // As a browser does when the connection that it kept turns out to be closed.
    const persistent: typeof fetch = (url, init) => fetch(url, init).catch(() => fetch(url, init))
    const browser = createVisitor({ fetch: persistent })
    const { visitor, checkout } = await goToCheckout(shops, { visitor: browser })
    shops.claims.state.weather = 'answer-lost'
    const answer = await send(visitor, checkout)
    await shops.restart()
    shops.claims.state.weather = 'fine'
    const entry = await visitor.submit(answer, 'form.actions')
    expect(entry.url).toBe(shops.claims.orders()[0]?.entryUrl)
    expect(shops.claims.orders()).toHaveLength(1)
  })

  test('the delivery address may be put right and the form sent again', async () => {
    const { visitor, checkout } = await goToCheckout(shops)
    shops.claims.state.weather = 'away'
    await send(visitor, checkout, { address: '1 Wrong Street' })
    shops.claims.state.weather = 'fine'
    await send(visitor, checkout)
    expect((await visitor.open(shops.url + orderPathOf(shops))).text).toContain('Yamashita')
    expect(shops.claims.orders()).toHaveLength(1)
  })

  test('an order shows what was last known of it, and when', async () => {
    const { visitor, checkout } = await goToCheckout(shops)
    await send(visitor, checkout)
    shops.claims.state.weather = 'away'
    const { status, text } = await visitor.open(shops.url + orderPathOf(shops))
    expect(status).toBe(200)
    expect(text).toContain('does not answer right now')
    expect(text).toContain('One step left')
  })

  test('cash on delivery still works', async () => {
    shops.claims.state.weather = 'away'
    const { visitor, checkout } = await goToCheckout(shops)
    const order = await send(visitor, checkout, { pay: 'cash' })
    expect(order.status).toBe(200)
    expect(order.text).toContain('Please pay the driver 3,150 yen')
    expect(shops.claims.received()).toHaveLength(0)
  })
})

test('an order that the claim server refuses is not placed, and the basket is kept', async () => {
  const { visitor, checkout } = await goToCheckout(shops)
  shops.claims.state.weather = 'refusing'
  const answer = await send(visitor, checkout)
  expect(answer.status).toBe(422)
  expect(answer.text).toContain('No order was placed and nothing was paid')
  expect((await visitor.open(`${shops.url}/shop-a/checkout`)).text).toContain('3,150 yen')
})

describe('the order page', () => {
  test.each([
    ['provisional', 'accept the order at your bank', '銀行でお支払いを予約してください'],
    ['unsettled', 'Pay by 30 November 2026', '2026年11月30日までにお支払いください'],
    ['paying', 'Please do not pay again', '重ねてお支払いにならないでください'],
    ['settled', 'We have received 3,150 yen', '3,150円を受領しました'],
    ['abandoned', 'not accepted in time', '期限内に予約されませんでした'],
    ['expired', 'The time to pay has passed', 'お支払期限が過ぎました'],
    ['cancelled', 'We cancelled this order', 'ご注文を取り消しました'],
    ['declined', 'You declined this order', 'ご請求をお断りになりました'],
  ] as const)(
    'says of a claim that is %s what to do, in both languages',
    async (status, en, ja) => {
      const { visitor, checkout } = await goToCheckout(shops)
      await send(visitor, checkout)
      shops.claims.change({ status })
      expect((await visitor.open(shops.url + orderPathOf(shops))).text).toContain(en)
      const inJapanese = createVisitor({ language: 'ja' })
      expect((await inJapanese.open(shops.url + orderPathOf(shops))).text).toContain(ja)
    },
  )

  test('shows name, address and phone only in the browser that ordered', async () => {
    const { visitor, checkout } = await goToCheckout(shops)
    await send(visitor, checkout)
    expect((await visitor.open(shops.url + orderPathOf(shops))).text).toContain(haruka.address)
    const stranger = await createVisitor().open(shops.url + orderPathOf(shops))
    expect(stranger.text).toContain('Leather walking shoes')
    for (const word of Object.values(haruka)) expect(stranger.text).not.toContain(word)
    expect((await createVisitor().open(`${shops.url}/shop-a/orders`)).text).toContain(
      'No orders from this browser yet',
    )
  })

  test('of one shop is not found in another', async () => {
    const { visitor, checkout } = await goToCheckout(shops)
    await send(visitor, checkout)
    const elsewhere = orderPathOf(shops).replace('shop-a', 'shop-b')
    expect((await visitor.open(shops.url + elsewhere)).status).toBe(404)
  })

  test('lets nobody else try again', async () => {
    const { visitor, checkout } = await goToCheckout(shops)
    shops.claims.state.weather = 'away'
    const answer = await send(visitor, checkout)
    const stranger = createVisitor()
    const page = await stranger.open(`${shops.url}/shop-a/checkout`)
    const token = page.root.querySelector('[name=_csrf]')?.getAttribute('value')
    const tried = await stranger.submit(answer, 'form.actions', { _csrf: token })
    expect(tried.status).toBe(404)
  })

  test('is on the list of the browser’s orders, newest first', async () => {
    const { visitor, checkout } = await goToCheckout(shops)
    await send(visitor, checkout)
    const { text } = await visitor.open(`${shops.url}/shop-a/orders`)
    expect(text).toContain('3,150 yen')
    expect(text).toContain('to be accepted')
  })
})
