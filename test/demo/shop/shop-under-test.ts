import { mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serve } from '@hono/node-server'
import type { Listening } from '#shared/service-process.ts'
import { freePort } from '../../support/postgres-server.ts'
import { createVisitor, type VisitedPage, type Visitor } from '../../support/visitor.ts'
import type { ShopConfig } from './config.ts'
import { createFakeClaimServer } from './fake-claim-server.ts'
import type { ShopSlug } from './goods.ts'
import { startShops } from './start-shops.ts'

const apiKey = 'key-of-the-shops'

/** The shops' site over real HTTP, and a claim server that does as it is told. */
export const startShopsUnderTest = async (changes: Partial<ShopConfig> = {}) => {
  const claims = createFakeClaimServer({ apiKey })
  const server = serve({ fetch: claims.app.fetch, hostname: '127.0.0.1', port: 0 })
  await new Promise((listening) => server.once('listening', listening))
  claims.state.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const folder = mkdtempSync(join(tmpdir(), 'shops-'))
  const port = await freePort()
  const config: ShopConfig = {
    host: '127.0.0.1',
    port,
    publicUrl: `http://127.0.0.1:${port}`,
    dataDir: folder,
    claimServerUrl: claims.state.url,
    claimServerPublicUrl: claims.state.url,
    shopsFile: undefined,
    apiKeys: { 'shop-a': apiKey, 'shop-b': apiKey, 'shop-c': apiKey },
    clockFile: undefined,
    timeZone: 'Asia/Tokyo',
    logLevel: 'silent',
    ...changes,
  }
  let shops: Listening = await startShops(config)
  return {
    url: config.publicUrl,
    folder,
    claims,
    restart: async () => {
      await shops.close()
      shops = await startShops(config)
    },
    stop: async () => {
      await shops.close()
      await new Promise((closed) => server.close(closed))
      rmSync(folder, { recursive: true })
    },
  }
}
export type ShopsUnderTest = Awaited<ReturnType<typeof startShopsUnderTest>>

/** What the customer of these tests types. */
export const haruka = {
  name: '佐藤 遥',
  address: '12-3 Yamashita-cho, Naka-ku, Yokohama',
  phone: '045-555-0119',
}

/** A visitor on the checkout page with these goods in the basket. */
export const goToCheckout = async (
  { url }: ShopsUnderTest,
  {
    shop = 'shop-a',
    goods = [['leather-walking-shoes', '24']],
    language = 'en',
    visitor = createVisitor({ language }),
  }: {
    shop?: ShopSlug
    goods?: [id: string, size?: string][]
    language?: string
    visitor?: Visitor
  } = {},
): Promise<{ visitor: Visitor; checkout: VisitedPage }> => {
  for (const [id, size] of goods) {
    const page = await visitor.open(`${url}/${shop}/goods/${id}`)
    await visitor.submit(page, 'form.add', size ? { size } : {})
  }
  return { visitor, checkout: await visitor.open(`${url}/${shop}/checkout`) }
}

/** Sends the checkout form as its button would. */
export const sendCheckout = (
  visitor: Visitor,
  checkout: VisitedPage,
  fields: Record<string, string> = {},
): Promise<VisitedPage> =>
  visitor.submit(checkout, 'form.checkout', { ...haruka, pay: 'bank', ...fields })

/** The path of the page that the newest order leads back to. */
export const orderPathOf = ({ claims }: ShopsUnderTest): string =>
  new URL(claims.received().at(-1)?.returnUrl ?? '').pathname
