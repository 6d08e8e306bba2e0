import { Hono } from 'hono'
import { expect, it } from 'vitest'
import { AppError } from '#shared/errors.ts'
import { csrf, type CsrfVariables, renewCsrf } from './csrf.ts'

const origin = 'https://bank.example'
const site = { publicUrl: `${origin}/`, name: 'portal' }
const app = new Hono<{ Variables: CsrfVariables }>()
  .use(csrf({ site, secret: 'secret', exempt: (path) => path === '/webhook' }))
  .get('/', (c) => c.text(c.var.csrfToken))
  .post('/pay', async (c) => c.json(await c.req.parseBody({ all: true })))
  .delete('/pay', (c) => c.text('deleted'))
  .post('/webhook', (c) => c.text('taken'))
  .post('/sign-in', (c) => {
    renewCsrf(c, site)
    return c.redirect('/', 303)
  })
app.onError((error, c) =>
  error instanceof AppError ? c.text(`${error.detail}`, error.status) : c.text(`${error}`, 500),
)

const visit = async () => {
  const response = await app.request('/')
  return {
    token: await response.text(),
    cookie: response.headers.get('set-cookie')?.split(';')[0] ?? '',
  }
}

const form = 'application/x-www-form-urlencoded'
const post = (
  path: string,
  { cookie = '', token, ...headers }: Record<string, string | undefined>,
  body = new URLSearchParams(token === undefined ? {} : { _csrf: token }).toString(),
) => {
  const all = new Headers({ 'content-type': form, cookie })
  for (const [name, value] of Object.entries(headers)) if (value) all.set(name, value)
  return app.request(path, { method: 'POST', headers: all, body })
}

it('a form of our own page is taken, and the handler can still read all of it', async () => {
  const { token, cookie } = await visit()
  const body = `_csrf=${token}&claim=a&claim=b`
  const response = await post('/pay', { cookie, origin, 'sec-fetch-site': 'same-origin' }, body)
  expect(response.status).toBe(200)
  expect(await response.json()).toMatchObject({ claim: ['a', 'b'] })
})

it('Origin alone is enough, for browsers that send no Sec-Fetch-Site', async () => {
  const { token, cookie } = await visit()
  expect((await post('/pay', { token, cookie, origin })).status).toBe(200)
  expect((await post('/pay', { token, cookie, 'sec-fetch-site': 'same-origin' })).status).toBe(200)
})

it.each([
  ['another origin', { origin: 'https://evil.example' }],
  ['another port', { origin: 'https://bank.example:444' }],
  ['an opaque origin', { origin: 'null' }],
  ['a cross-site fetch', { origin, 'sec-fetch-site': 'cross-site' }],
  ['a fetch of a sister site', { origin, 'sec-fetch-site': 'same-site' }],
  ['neither header', {}],
  ['a forged htmx header', { 'hx-request': 'true' }],
])('a post with %s is refused, even with a right token', async (_, headers) => {
  const response = await post('/pay', { ...(await visit()), ...headers })
  expect(response.status).toBe(403)
  expect(await response.text()).toBe('cross-site')
})

it('a post without a token, or with one of another visit, is refused', async () => {
  const [mine, other] = [await visit(), await visit()]
  for (const token of [
    undefined,
    '',
    '.',
    mine.token.slice(0, -1),
    `${mine.token}x`,
    other.token,
  ]) {
    const response = await post('/pay', { token, cookie: mine.cookie, origin })
    expect(response.status).toBe(403)
    expect(await response.text()).toBe('form-out-of-date')
  }
  expect((await post('/pay', { token: mine.token, origin })).status).toBe(403)
})

it('only form posts are taken: a body of another type carries no token', async () => {
  const { token, cookie } = await visit()
  for (const type of ['text/plain', 'application/json', ''])
    expect(
      (await post('/pay', { cookie, origin, 'content-type': type || 'x/y' }, `_csrf=${token}`))
        .status,
    ).toBe(403)
})

it('other changing methods are guarded as well', async () => {
  const { cookie } = await visit()
  const response = await app.request('/pay', { method: 'DELETE', headers: { cookie, origin } })
  expect(response.status).toBe(403)
})

it('an exempt path needs no token', async () => {
  expect((await post('/webhook', {})).status).toBe(200)
})

it('sign-in ends the visit: tokens from before no longer count', async () => {
  const before = await visit()
  const response = await post('/sign-in', { ...before, origin })
  expect(response.headers.get('set-cookie')).toMatch(/^__Host-portal-form=; Max-Age=0/)
  expect((await post('/pay', { token: before.token, origin })).status).toBe(403)
})

it('a token differs on every page, and each of them works', async () => {
  const { token, cookie } = await visit()
  const again = await (await app.request('/', { headers: { cookie } })).text()
  expect(again).not.toBe(token)
  for (const one of [token, again])
    expect((await post('/pay', { token: one, cookie, origin })).status).toBe(200)
})
