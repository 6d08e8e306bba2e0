import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { gunzipSync } from 'node:zlib'
import { createAdaptorServer } from '@hono/node-server'
import { Hono } from 'hono'
import { expect, it, test } from 'vitest'
import { compressPages } from './compress-pages.ts'

const page = `<p>${'A pair of shoes, 3,150 yen. '.repeat(100)}</p>`

const app = new Hono()
  .use(compressPages)
  .get('/', (c) => {
    c.header('set-cookie', 'a=1')
    c.header('set-cookie', 'b=2', { append: true })
    return c.html(page, 422)
  })
  .get('/small', (c) => c.html('<p>'))
  .get('/file', (c) => c.text(page))
  .get('/empty', (c) => c.body(null, 204))

const ask = (path: string, encodings?: string) =>
  app.request(path, { headers: encodings === undefined ? {} : { 'accept-encoding': encodings } })

it.each(['gzip', 'br, gzip', 'deflate, gzip;q=0.5', 'GZIP'])(
  'a page is compressed for %s',
  async (encodings) => {
    const answer = await ask('/', encodings)
    expect(answer.status).toBe(422)
    expect(answer.headers.get('content-encoding')).toBe('gzip')
    expect(answer.headers.get('vary')).toBe('accept-encoding')
    expect(answer.headers.getSetCookie()).toEqual(['a=1', 'b=2'])
    const sent = Buffer.from(await answer.arrayBuffer())
    expect(sent.length).toBeLessThan(page.length / 10)
    expect(gunzipSync(sent).toString()).toBe(page)
  },
)

it.each([undefined, '', 'br', 'gzip;q=0', 'gzip; q=0.0', 'gzipped'])(
  'a page is sent as it is to whoever accepts %s',
  async (encodings) => {
    const answer = await ask('/', encodings)
    expect(answer.headers.get('content-encoding')).toBeNull()
    expect(answer.headers.get('vary')).toBe('accept-encoding')
    expect(await answer.text()).toBe(page)
  },
)

test.each(['/small', '/file', '/empty'])('%s is left alone', async (path) => {
  const answer = await ask(path, 'gzip')
  expect(answer.headers.get('content-encoding')).toBeNull()
  expect([200, 204]).toContain(answer.status)
})

// The server's own kind of answer keeps headers and body apart until somebody looks.
it.each(['gzip', 'identity'])(
  'over a connection a page for %s has all its headers',
  async (encoding) => {
    const server = createAdaptorServer(app)
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    try {
      const answer = await fetch(`http://127.0.0.1:${port}/`, {
        headers: { 'accept-encoding': encoding },
      })
      expect(answer.headers.get('vary')).toBe('accept-encoding')
      expect(answer.headers.getSetCookie()).toEqual(['a=1', 'b=2'])
      expect(await answer.text()).toBe(page)
    } finally {
      server.close()
    }
  },
)
