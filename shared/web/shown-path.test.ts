import { Hono } from 'hono'
import { expect, it } from 'vitest'
import { pageContext } from './page-context.ts'
import { shownPath } from './shown-path.ts'

const app = new Hono()
  .get('/part', (c) => c.text(shownPath(c, '/home')))
  .all('/page', (c) => c.text(pageContext(c, '/form').path))

const ask = async (path: string, shown?: string, method = 'GET') => {
  const headers = { 'hx-request': 'true', 'hx-current-url': shown ?? '' }
  return (await app.request(path, { method, ...(shown === undefined ? {} : { headers }) })).text()
}

it('a page is shown at its own address, a fragment at that of the page around it', async () => {
  expect(await ask('/part?a=b')).toBe('/part?a=b')
  expect(await ask('/part?a=b', 'http://localhost/list?search=x#row')).toBe('/list?search=x')
})

it('the page around a fragment is one of this site, whatever the request says', async () => {
  expect(await ask('/part', 'https://evil.example/list')).toBe('/list')
  for (const shown of ['', 'nonsense', 'https://evil.example//evil.example', 'javascript:alert(1)'])
    expect(await ask('/part', shown)).toBe('/home')
})

it('the answer to a post is loaded where its form stood', async () => {
  expect(await ask('/page?a=b')).toBe('/page?a=b')
  expect(await ask('/page', undefined, 'POST')).toBe('/form')
  expect(await ask('/page', 'http://localhost/list')).toBe('/list')
})
