import { Hono } from 'hono'
import { expect, it } from 'vitest'
import { addressBlock, clientAddress } from './client-address.ts'

const seen = async (socket: string, forwarded: string | undefined, trusted: string[]) => {
  const app = new Hono().get('/', (c) => c.text(clientAddress(c, trusted)))
  const incoming = { socket: { remoteAddress: socket, remotePort: 1, remoteFamily: 'IPv4' } }
  const headers: Record<string, string> = forwarded ? { 'x-forwarded-for': forwarded } : {}
  return (await app.request('/', { headers }, { incoming })).text()
}

it('without a trusted proxy the header counts for nothing', async () => {
  expect(await seen('203.0.113.9', '198.51.100.1', [])).toBe('203.0.113.9')
})

it.each([
  ['198.51.100.1', '198.51.100.1'],
  ['6.6.6.6, 198.51.100.1', '198.51.100.1'],
  ['198.51.100.1, 10.0.0.2', '198.51.100.1'],
  ['rubbish', '10.0.0.1'],
  ['198.51.100.1, rubbish', '10.0.0.1'],
  [undefined, '10.0.0.1'],
])('behind trusted proxies "%s" means %s', async (forwarded, expected) => {
  expect(await seen('10.0.0.1', forwarded, ['10.0.0.0/8'])).toBe(expected)
})

it('an IPv4 address written as IPv6 is the same address', async () => {
  expect(await seen('::ffff:10.0.0.1', '2001:db8::7', ['10.0.0.1', '::1'])).toBe('2001:db8::7')
})

it('without a socket the address is unknown', async () => {
  const app = new Hono().get('/', (c) => c.text(clientAddress(c)))
  expect(await (await app.request('/')).text()).toBe('unknown')
})

it.each([
  ['203.0.113.9', '203.0.113.9'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0db8:0001:0002::6', '2001:db8:1:2::/64'],
  ['2001:db8::6', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['unknown', 'unknown'],
])('%s is throttled as %s', (address, block) => {
  expect(addressBlock(address)).toBe(block)
})
