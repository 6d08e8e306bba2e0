import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { assets, assetUrls } from './assets.ts'

const get = (url: string, encoding?: string) =>
  assets.request(url, encoding ? { headers: { 'accept-encoding': encoding } } : {})

const bytes = async (response: Response) => Buffer.from(await response.arrayBuffer())

it.each(Object.values(assetUrls))('%s is kept by browsers for ever', async (url) => {
  const response = await get(url)
  expect(response.status).toBe(200)
  expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  expect(url).toMatch(/\.[0-9a-f]{12}\./)
})

it('assets come compressed as the browser accepts it, and are the same', async () => {
  const plain = await bytes(await get(assetUrls.css))
  const br = await get(assetUrls.css, 'gzip, deflate, br')
  expect(br.headers.get('content-encoding')).toBe('br')
  expect(brotliDecompressSync(await bytes(br))).toEqual(plain)
  const gzip = await get(assetUrls.css, 'br;q=0, gzip')
  expect(gzip.headers.get('content-encoding')).toBe('gzip')
  expect(gunzipSync(await bytes(gzip))).toEqual(plain)
  expect((await get(assetUrls.css, 'br;q=0')).headers.has('content-encoding')).toBe(false)
})

it('stylesheet and scripts weigh less than 25 kB on the wire', async () => {
  const sizes = await Promise.all(
    [assetUrls.css, assetUrls.js].map(async (url) => (await bytes(await get(url, 'br'))).length),
  )
  expect(sizes.reduce((a, b) => a + b, 0)).toBeLessThan(25_000)
})

it('an address that is not an asset is not found', async () => {
  expect((await get('/assets/../claimbook.css')).status).toBe(404)
  expect((await get('/assets/page.000000000000.js')).status).toBe(404)
})
