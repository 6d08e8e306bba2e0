import { Hono } from 'hono'
import { expect, it } from 'vitest'
import type { Language } from '#shared/texts.ts'
import { acceptedLanguage, language, type LanguageVariables, languageRoute } from './language.ts'
import { localPath } from './local-path.ts'

const site = { publicUrl: 'https://bank.example', name: 'portal' }

const appWith = (stored?: Language) =>
  new Hono<{ Variables: LanguageVariables }>()
    .use(language({ site, stored: () => stored }))
    .route('/language', languageRoute({ site }))
    .get('/', (c) => c.text(c.var.language))

const spoken = async (headers: Record<string, string>, stored?: Language) =>
  (await appWith(stored).request('/', { headers })).text()

it.each([
  ['ja', 'ja'],
  ['ja-JP,ja;q=0.9,en;q=0.8', 'ja'],
  ['de, en;q=0.5, ja;q=0.7', 'ja'],
  ['en-GB;q=0.2, ja;q=0', 'en'],
  ['de', undefined],
  ['ja;q=x', undefined],
  ['', undefined],
])('Accept-Language "%s" asks for %s', (header, expected) => {
  expect(acceptedLanguage(header)).toBe(expected)
})

it('the explicit choice wins over the stored language, which wins over the browser', async () => {
  const cookie = '__Host-portal-language=en'
  expect(await spoken({ cookie, 'accept-language': 'ja' }, 'ja')).toBe('en')
  expect(await spoken({ 'accept-language': 'en' }, 'ja')).toBe('ja')
  expect(await spoken({ 'accept-language': 'ja' })).toBe('ja')
  expect(await spoken({ cookie: '__Host-portal-language=tlh' })).toBe('en')
})

it('a choice is kept in this browser and leads back to the page', async () => {
  const body = new URLSearchParams({ language: 'ja', to: '/list?sort=amount' })
  const response = await appWith().request('/language', { method: 'POST', body })
  expect(response.status).toBe(303)
  expect(response.headers.get('location')).toBe('/list?sort=amount')
  expect(response.headers.get('set-cookie')).toMatch(
    /^__Host-portal-language=ja; Max-Age=31536000; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
  )
})

it.each([
  '//evil.example',
  '/\\evil.example',
  '\\/evil.example',
  'https://evil.example/',
  'javascript:alert(1)',
  '/\t/evil.example',
  '/.//evil.example',
  '/a/..//evil.example',
  '/%0d%0aSet-Cookie:a\r\n',
  'list',
  '',
  undefined,
  ['/a'],
])('%s is no path to go back to', (value) => {
  expect(localPath(value, '/home')).toBe('/home')
})

it.each(['/', '/list?sort=amount&q=%E9%9D%B4', '/payments/0198#top'])('%s is a path', (path) => {
  expect(localPath(path)).toBe(path)
})
