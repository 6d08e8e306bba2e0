import { Hono } from 'hono'
import { expect, it } from 'vitest'
import { knownDevice, rememberDevice } from './device.ts'

const site = { publicUrl: 'https://bank.example', name: 'portal' }
const options = { site, secret: 'secret' }
const app = new Hono()
  .post('/:account', (c) => {
    rememberDevice(c, options, c.req.param('account'))
    return c.text('')
  })
  .get('/:account', (c) => c.text(knownDevice(c, options, c.req.param('account')) ?? 'unknown'))

const signIn = async (account: string, cookie = '') => {
  const response = await app.request(`/${account}`, { method: 'POST', headers: { cookie } })
  return response.headers.get('set-cookie')?.split(';')[0] ?? ''
}
const known = async (account: string, cookie: string) =>
  (await app.request(`/${account}`, { headers: { cookie } })).text()

it('a browser is known for the accounts that signed in from it, and for no other', async () => {
  const cookie = await signIn('b', await signIn('a'))
  expect(await known('a', cookie)).not.toBe('unknown')
  expect(await known('a', cookie)).toBe(await known('b', cookie))
  expect(await known('c', cookie)).toBe('unknown')
  expect(await known('a', '')).toBe('unknown')
})

it('a device cookie can neither be made up nor extended to another account', async () => {
  const cookie = await signIn('a')
  const [name, value = ''] = cookie.split('=')
  const [id, tag = ''] = decodeURIComponent(value).split('~')
  expect(await known('b', cookie)).toBe('unknown')
  expect(await known('a', `${name}=${'x'.repeat(22)}~${tag}`)).toBe('unknown')
  expect(await known('a', `${name}=${id}`)).toBe('unknown')
  expect(await known('a', `${name}=${id}~${tag.slice(0, -1)}`)).toBe('unknown')
})

it('the oldest of more than five accounts is forgotten', async () => {
  let cookie = ''
  for (const account of ['a', 'b', 'c', 'd', 'e', 'f']) cookie = await signIn(account, cookie)
  expect(await known('a', cookie)).toBe('unknown')
  expect(await known('b', cookie)).not.toBe('unknown')
})
