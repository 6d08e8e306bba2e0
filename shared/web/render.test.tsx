import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { gunzipSync } from 'node:zlib'
import { createAdaptorServer } from '@hono/node-server'
import { Hono } from 'hono'
import { expect, it, test } from 'vitest'
import { renderFragment, renderPage, renderPart } from './render.ts'

const Goods = () => <p>{'A pair of shoes, 3,150 yen. '.repeat(100)}</p>
const fragment = `<p>${'A pair of shoes, 3,150 yen. '.repeat(100)}</p>`
const page = `<!doctype html>${fragment}`

const app = new Hono()
  .get('/', (c) => {
    c.header('set-cookie', 'a=1')
    c.header('set-cookie', 'b=2', { append: true })
    return renderPage(c, <Goods />, 422)
  })
  .get('/small', (c) => renderPage(c, <p />))
  .get('/fragment', (c) => renderFragment(c, <Goods />))
  .get('/part', (c) => renderPart(c, { part: <p>part</p>, page: () => <p>page</p> }))

const ask = (path: string, encodings?: string) =>
  app.request(path, { headers: encodings === undefined ? {} : { 'accept-encoding': encodings } })

it.each(['gzip', 'br, gzip', 'deflate, gzip;q=0.5', 'GZIP'])(
  'a page is compressed for %s',
  async (encodings) => {
    const answer = await ask('/', encodings)
    expect(answer.status).toBe(422)
    expect(answer.headers.get('content-type')).toBe('text/html; charset=UTF-8')
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

test('a small page is not worth compressing', async () => {
  const answer = await ask('/small', 'gzip')
  expect(answer.headers.get('content-encoding')).toBeNull()
  expect(await answer.text()).toBe('<!doctype html><p></p>')
})

test('a fragment is compressed as pages are, and has no doctype', async () => {
  const answer = await ask('/fragment', 'gzip')
  expect(gunzipSync(Buffer.from(await answer.arrayBuffer())).toString()).toBe(fragment)
})

test('htmx gets the part that it asks for, everybody else the page', async () => {
  const part = await app.request('/part', { headers: { 'hx-request': 'true' } })
  expect(await part.text()).toBe('<p>part</p>')
  expect(await (await ask('/part')).text()).toBe('<!doctype html><p>page</p>')
})

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
      expect(answer.headers.get('content-encoding')).toBe(encoding === 'gzip' ? 'gzip' : null)
      expect(answer.headers.getSetCookie()).toEqual(['a=1', 'b=2'])
      expect(await answer.text()).toBe(page)
    } finally {
      server.close()
    }
  },
)
