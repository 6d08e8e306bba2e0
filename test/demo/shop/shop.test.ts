import { readdirSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createVisitor } from '../../support/visitor.ts'
import { readConfig } from './config.ts'
import { goodsOf, shopSlugs } from './goods.ts'
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

const form = 'form.checkout'
const get = (path: string) => fetch(shops.url + path, { redirect: 'manual' })
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
    expect((await visitor.open(shops.url + orderPathOf(shops))).text).toContain('045-555-0119')
  })

  test('shows hostile entries as text, on the form and on the order', async () => {
    const hostile = '"><script>alert(1)</script>'
    const { visitor, checkout } = await goToCheckout(shops)
    const refused = await send(visitor, checkout, { name: hostile, phone: '' })
    expect(refused.root.querySelector('#name')?.getAttribute('value')).toBe(hostile)
    expect(refused.root.querySelectorAll('script')).toHaveLength(0)
    await send(visitor, checkout, { name: hostile, address: hostile })
    const order = await visitor.open(shops.url + orderPathOf(shops))
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
