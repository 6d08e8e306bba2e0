import { Hono } from 'hono'
import { expect, it } from 'vitest'
import { AppError } from '#shared/errors.ts'
import { pageSecurity } from './page-security.ts'

const appAt = (publicUrl: string) => {
  const app = new Hono()
    .use(pageSecurity({ publicUrl }))
    .get('/', (c) => c.html('<p>'))
    .get('/kept', (c) => c.text('', 200, { 'cache-control': 'public, max-age=60' }))
    .get('/broken', () => {
      throw new Error('broken')
    })
    .post('/', async (c) => c.text(`${(await c.req.text()).length}`))
  app.onError((error, c) => c.text('', error instanceof AppError ? error.status : 500))
  return app
}

it('pages run no inline code, are framed by nobody and post only to themselves', async () => {
  const { headers } = await appAt('https://bank.example').request('/')
  const policy = headers.get('content-security-policy') ?? ''
  expect(policy.split('; ').toSorted()).toEqual([
    "base-uri 'none'",
    "connect-src 'self'",
    "default-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "img-src 'self'",
    "object-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
  ])
  expect(headers.get('x-frame-options')).toBe('DENY')
  expect(headers.get('x-content-type-options')).toBe('nosniff')
  expect(headers.get('referrer-policy')).toBe('same-origin')
})

it('pages are not stored, unless a handler says so', async () => {
  const app = appAt('https://bank.example')
  expect((await app.request('/')).headers.get('cache-control')).toBe('no-store')
  expect((await app.request('/kept')).headers.get('cache-control')).toBe('public, max-age=60')
})

it('HSTS is sent only where the site is reached over https', async () => {
  const hsts = async (url: string) =>
    (await appAt(url).request('/')).headers.get('strict-transport-security')
  expect(await hsts('https://bank.example')).toBe('max-age=63072000')
  expect(await hsts('http://localhost:3000')).toBeNull()
})

it('a request id is taken over when well formed, else made, and echoed', async () => {
  const idFor = async (id: string) =>
    (await appAt('http://localhost').request('/', { headers: { 'x-request-id': id } })).headers.get(
      'x-request-id',
    )
  expect(await idFor('abc-123')).toBe('abc-123')
  for (const bad of ['<script>', 'a b', 'x'.repeat(65)]) expect(await idFor(bad)).not.toBe(bad)
})

it('a body over 64 KiB is refused, announced or streamed', async () => {
  const app = appAt('http://localhost')
  const post = (body: string, headers: Record<string, string> = {}) =>
    app.request('/', { method: 'POST', body, headers })
  expect((await post('x'.repeat(65_536))).status).toBe(200)
  expect((await post('x'.repeat(65_537))).status).toBe(413)
  expect((await post('x'.repeat(65_537), { 'transfer-encoding': 'chunked' })).status).toBe(413)
})

it.each([
  ['an unknown page', '/none', {}, 404],
  ['a broken page', '/broken', {}, 500],
  ['a body that is too large', '/', { method: 'POST', body: 'x'.repeat(65_537) }, 413],
])('security headers are on the answer to %s', async (_, path, init, status) => {
  const response = await appAt('http://localhost').request(path, init)
  expect(response.status).toBe(status)
  expect(response.headers.get('content-security-policy')).toContain("default-src 'self'")
  expect(response.headers.get('cache-control')).toBe('no-store')
  expect(response.headers.has('x-request-id')).toBe(true)
})
