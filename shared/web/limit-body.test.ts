import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { limitBody } from './limit-body.ts'

const app = new Hono()
  .use(limitBody(10, (c) => c.text('too large', 413)))
  .on(['GET', 'POST'], '/', async (c) => c.text(await c.req.text()))

const post = (body: string, headers: Record<string, string> = {}) =>
  app.request('/', { method: 'POST', body, headers })

test.each([
  ['that says its length', { 'content-length': '10' }],
  ['that does not', {}],
  ['that is sent in chunks', { 'transfer-encoding': 'chunked' }],
])('a body %s arrives whole when it fits', async (_how, headers) => {
  const response = await post('0123456789', headers)
  expect([response.status, await response.text()]).toEqual([200, '0123456789'])
})

test.each([
  ['that says its length', { 'content-length': '11' }],
  ['that does not', {}],
  ['that is sent in chunks', { 'transfer-encoding': 'chunked' }],
  [
    'in chunks that says a smaller length',
    { 'transfer-encoding': 'chunked', 'content-length': '3' },
  ],
])('a body %s is refused when it is too long', async (_how, headers) => {
  expect((await post('01234567890', headers)).status).toBe(413)
})

test('a request without a body passes', async () => {
  expect((await app.request('/')).status).toBe(200)
})
