import { readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createVisitor, type VisitedPage, type Visitor } from '../../support/visitor.ts'
import { readConfig } from './config.ts'
import { goodsOf, shopSlugs } from './goods.ts'
import {
  goToCheckout,
  haruka,
  type ShopsUnderTest,
  startShopsUnderTest,
} from './shop-under-test.ts'

let shops: ShopsUnderTest

beforeEach(async () => {
  shops = await startShopsUnderTest()
})
afterEach(() => shops.stop())

const form = 'form.checkout'
const get = (path: string) => fetch(shops.url + path, { redirect: 'manual' })
const send = (visitor: Visitor, checkout: VisitedPage, fields: Record<string, string> = {}) =>
  visitor.submit(checkout, form, { ...haruka, pay: 'bank', ...fields })

const orderPathOf = () => new URL(shops.claims.received().at(-1)?.returnUrl ?? '').pathname
const formType = 'application/x-www-form-urlencoded'
const bodyOf = ({ body }: RequestInit) => (typeof body === 'string' ? body : '')
const purchaseFiles = () => readdirSync(join(shops.folder, 'purchases'))

describe('the shelves', () => {
  test.each(shopSlugs)('of %s show every good with its picture, price and page', async (shop) => {
    for (const language of ['en', 'ja'] as const) {
      const visitor = createVisitor({ language })
      const { text } = await visitor.open(`${shops.url}/${shop}`)
      for (const good of goodsOf(shop)) {
        expect(text).toContain(good.name[language])
        const page = await visitor.open(`${shops.url}/${shop}/goods/${good.id}`)
        expect(page.text).toContain(good.about[language])
        const picture = page.root.querySelector('.good img')?.getAttribute('src') ?? ''
        expect((await get(picture)).headers.get('content-type')).toBe('image/svg+xml')
      }
    }
  })

  test('are one page per category, and a category that does not exist is not found', async () => {
    const { text } = await createVisitor().open(`${shops.url}/shop-a?shelf=boots`)
    expect(text).toContain('Rain boots')
    expect(text).not.toContain('Canvas sneakers')
    expect((await get('/shop-a?shelf=hats')).status).toBe(404)
  })

  test.each(['/shop-d', '/shop-a/goods/felt-hat', '/shop-a/orders/A-1-2', '/shop-a/x', '/x/y/z'])(
    'have nothing at %s',
    async (path) => {
      const answer = await get(path)
      expect(answer.status).toBe(404)
      expect(answer.headers.get('content-type')).toMatch('text/html')
    },
  )

  test('do not put a shoe without a size into the basket', async () => {
    const visitor = createVisitor()
    const page = await visitor.open(`${shops.url}/shop-a/goods/leather-walking-shoes`)
    const answer = await visitor.submit(page, 'form.add')
    expect(answer.status).toBe(422)
    expect(answer.text).toContain('Choose a size first.')
  })
})

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
    const [file = ''] = purchaseFiles()
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
    expect(again.url).toBe(shops.url + orderPathOf())
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
    expect((await visitor.open(shops.url + orderPathOf())).text).toContain('Yamashita')
    expect(shops.claims.orders()).toHaveLength(1)
  })

  test('an order shows what was last known of it, and when', async () => {
    const { visitor, checkout } = await goToCheckout(shops)
    await send(visitor, checkout)
    shops.claims.state.weather = 'away'
    const { status, text } = await visitor.open(shops.url + orderPathOf())
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
    ['provisional', 'accept the order at your bank', '銀行で注文を承諾してください'],
    ['unsettled', 'Pay by 30 November 2026', '2026年11月30日までにお支払いください'],
    ['paying', 'Please do not pay again', '重ねてお支払いにならないでください'],
    ['settled', 'We have received 3,150 yen', '3,150円を受領しました'],
    ['abandoned', 'not accepted in time', '期限内に承諾されませんでした'],
    ['expired', 'The time to pay has passed', 'お支払期限が過ぎました'],
    ['cancelled', 'We cancelled this order', 'ご注文を取り消しました'],
    ['declined', 'You declined this order', 'お支払いを辞退されました'],
  ] as const)(
    'says of a claim that is %s what to do, in both languages',
    async (status, en, ja) => {
      const { visitor, checkout } = await goToCheckout(shops)
      await send(visitor, checkout)
      shops.claims.change({ status })
      expect((await visitor.open(shops.url + orderPathOf())).text).toContain(en)
      const inJapanese = createVisitor({ language: 'ja' })
      expect((await inJapanese.open(shops.url + orderPathOf())).text).toContain(ja)
    },
  )

  test('shows name, address and phone only in the browser that ordered', async () => {
    const { visitor, checkout } = await goToCheckout(shops)
    await send(visitor, checkout)
    expect((await visitor.open(shops.url + orderPathOf())).text).toContain(haruka.address)
    const stranger = await createVisitor().open(shops.url + orderPathOf())
    expect(stranger.text).toContain('Leather walking shoes')
    for (const word of Object.values(haruka)) expect(stranger.text).not.toContain(word)
    expect((await createVisitor().open(`${shops.url}/shop-a/orders`)).text).toContain(
      'No orders from this browser yet',
    )
  })

  test('of one shop is not found in another', async () => {
    const { visitor, checkout } = await goToCheckout(shops)
    await send(visitor, checkout)
    const elsewhere = orderPathOf().replace('shop-a', 'shop-b')
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

describe('the checkout', () => {
  test.each([
    ['an empty name', 'name', '', 'Please fill this in.'],
    ['a name of blanks', 'name', '   ', 'Please fill this in.'],
    ['a name of 61 characters', 'name', 'x'.repeat(61), 'At most 60 characters'],
    ['a name of 10,000 characters', 'name', 'x'.repeat(10_000), 'At most 60 characters'],
    ['a control character', 'name', 'Haruka\u0000Sato', 'can’t be printed'],
    ['a right-to-left mark', 'address', 'Yoko\u202ehama', 'can’t be printed'],
    ['a line break', 'address', 'Yokohama\r\nNaka-ku', 'can’t be printed'],
    ['a phone number in words', 'phone', 'call me', 'Please write a phone number'],
    ['a phone number of dashes', 'phone', '---------', 'Please write a phone number'],
    ['a phone number of 21 digits', 'phone', '1'.repeat(21), 'Please write a phone number'],
    ['a way to pay that is not offered', 'pay', 'card', 'Please choose how to pay.'],
    ['no way to pay', 'pay', '', 'Please choose how to pay.'],
  ])('refuses %s and says so at the field', async (_, field, value, message) => {
    const { visitor, checkout } = await goToCheckout(shops)
    const answer = await send(visitor, checkout, { [field]: value })
    expect(answer.status).toBe(422)
    expect(answer.root.querySelector(`#${field}-error`)?.text).toContain(message)
    expect(purchaseFiles()).toEqual([])
    expect(shops.claims.received()).toHaveLength(0)
  })

  test('keeps what was typed when something else is wrong', async () => {
    const { visitor, checkout } = await goToCheckout(shops)
    const answer = await send(visitor, checkout, { phone: '' })
    expect(answer.root.querySelector('#name')?.getAttribute('value')).toBe(haruka.name)
    const purchase = '[name=purchase]'
    expect(answer.root.querySelector(purchase)?.getAttribute('value')).toBe(
      checkout.root.querySelector(purchase)?.getAttribute('value'),
    )
  })

  test('takes digits as a Japanese keyboard writes them', async () => {
    const { visitor, checkout } = await goToCheckout(shops)
    await send(visitor, checkout, { phone: '０４５－５５５－０１１９' })
    expect((await visitor.open(shops.url + orderPathOf())).text).toContain('045-555-0119')
  })

  test('shows hostile entries as text, on the form and on the order', async () => {
    const hostile = '"><script>alert(1)</script>'
    const { visitor, checkout } = await goToCheckout(shops)
    const refused = await send(visitor, checkout, { name: hostile, phone: '' })
    expect(refused.root.querySelector('#name')?.getAttribute('value')).toBe(hostile)
    expect(refused.root.querySelectorAll('script')).toHaveLength(0)
    await send(visitor, checkout, { name: hostile, address: hostile })
    const order = await visitor.open(shops.url + orderPathOf())
    expect(order.text).toContain(hostile)
    expect(order.root.querySelectorAll('script')).toHaveLength(0)
  })

  test('refuses a form that comes from elsewhere or without its token', async () => {
    const { visitor, checkout } = await goToCheckout(shops)
    const { url, init } = visitor.formRequest(checkout, form, { ...haruka, pay: 'bank' })
    const cookie = [...visitor.cookies].map((pair) => pair.join('=')).join('; ')
    const sent = bodyOf(init)
    const post = (headers: Record<string, string>, body = sent) =>
      fetch(url, {
        method: 'POST',
        body,
        headers: { 'content-type': formType, cookie, ...headers },
      })
    const bare = sent.replace(/_csrf=[^&]*/, '')
    expect((await post({ origin: 'https://elsewhere.example' })).status).toBe(403)
    expect((await post({})).status).toBe(403)
    expect((await post({ origin: shops.url }, bare)).status).toBe(403)
    expect((await post({ origin: shops.url, 'content-type': 'text/plain' })).status).toBe(403)
    expect(shops.claims.received()).toHaveLength(0)
  })

  test('refuses a form that is too large', async () => {
    const { visitor, checkout } = await goToCheckout(shops)
    expect((await send(visitor, checkout, { name: 'x'.repeat(100_000) })).status).toBe(413)
  })

  test('refuses bytes that are no UTF-8', async () => {
    const { visitor, checkout } = await goToCheckout(shops)
    const { url, init } = visitor.formRequest(checkout, form, { ...haruka, pay: 'bank' })
    const body = bodyOf(init).replace('Yamashita', '%ff%fe')
    const answer = await visitor.send(url, { ...init, body })
    expect(answer.status).toBe(422)
    expect(answer.text).toContain('can’t be printed')
  })
})

describe('the shops’ settings', () => {
  const write = (settings: unknown, file = join(shops.folder, 'shops.json')) => {
    writeFileSync(file, typeof settings === 'string' ? settings : JSON.stringify(settings))
    utimesSync(file, new Date(), new Date(Date.now() + Math.random() * 1e6))
    return file
  }
  const wayOfBank = async () => {
    const { checkout } = await goToCheckout(shops)
    return checkout.root.querySelector('[value=bank]')
  }

  test('are read again when their file changes, and a broken file changes nothing', async () => {
    const shopsFile = write({ shops: [] })
    const before = shops
    shops = await startShopsUnderTest({ shopsFile, apiKeys: {} as never })
    try {
      expect((await wayOfBank())?.hasAttribute('disabled')).toBe(true)
      const name = '<b>Tama</b> Leather'
      write({ shops: [{ slug: 'shop-a', apiKey: 'k', name, nameJa: '多摩革靴店' }] }, shopsFile)
      await vi.waitFor(async () =>
        expect((await wayOfBank())?.hasAttribute('disabled')).toBe(false),
      )
      const front = await createVisitor().open(`${shops.url}/shop-a`)
      expect(front.root.querySelector('.wordmark')?.text).toContain(name)
      write('{"shops": [', shopsFile)
      await new Promise((later) => setTimeout(later, 300))
      expect((await wayOfBank())?.hasAttribute('disabled')).toBe(false)
    } finally {
      await before.stop()
    }
  })

  test('name the variable that is missing or bad', () => {
    const env = { PORT: '1', PUBLIC_URL: 'http://a.example', DATA_DIR: '/tmp/x' }
    expect(() => readConfig(env)).toThrow('CLAIM_SERVER_URL is not set')
    expect(() => readConfig({ ...env, CLAIM_SERVER_URL: 'ftp://x' })).toThrow('CLAIM_SERVER_URL')
  })

  test('with a key that the claim server does not know leave the order unplaced, not lost', async () => {
    await shops.stop()
    shops = await startShopsUnderTest({
      apiKeys: { 'shop-a': 'revoked', 'shop-b': undefined, 'shop-c': undefined },
    })
    const { visitor, checkout } = await goToCheckout(shops)
    expect((await send(visitor, checkout)).status).toBe(503)
    expect(shops.claims.orders()).toHaveLength(0)
  })
})

test('the site is ready, and its pages forbid scripts, frames and foreign forms', async () => {
  expect((await get('/health/live')).status).toBe(200)
  expect((await get('/health/ready')).status).toBe(200)
  const policy = (await get('/shop-a')).headers.get('content-security-policy')
  expect(policy).toContain("default-src 'none'")
  expect(policy).toContain("frame-ancestors 'none'")
  expect(policy).toContain(`form-action 'self' ${shops.claims.state.url}`)
  expect(policy).not.toMatch(/script-src|unsafe/)
})
