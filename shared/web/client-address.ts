import { BlockList, isIP } from 'node:net'
import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context } from 'hono'

const lists = new WeakMap<readonly string[], BlockList>()

const family = (address: string) => (isIP(address) === 6 ? 'ipv6' : 'ipv4')

const blockList = (proxies: readonly string[]): BlockList => {
  const known = lists.get(proxies)
  if (known) return known
  const list = new BlockList()
  for (const proxy of proxies) {
    const [address = '', prefix] = proxy.split('/')
    if (prefix === undefined) list.addAddress(address, family(address))
    else list.addSubnet(address, Number(prefix), family(address))
  }
  lists.set(proxies, list)
  return list
}

/** "::ffff:10.0.0.1" and "10.0.0.1" are one address. */
const plain = (address: string) => address.replace(/^::ffff:(?=\d+\.)/i, '')

const socketAddress = (c: Context): string | undefined => {
  try {
    return getConnInfo(c).remote.address
  } catch {
    return undefined
  }
}

/**
 * The address of who asks. X-Forwarded-For is read from its right end, and only as far as it was
 * written by proxies that are trusted (addresses or CIDR ranges); "unknown" without a socket.
 */
export const clientAddress = (c: Context, trustedProxies: readonly string[] = []): string => {
  const list = blockList(trustedProxies)
  let address = plain(socketAddress(c) ?? 'unknown')
  const hops = (c.req.header('x-forwarded-for') ?? '').split(',').map((hop) => plain(hop.trim()))
  while (isIP(address) && list.check(address, family(address))) {
    const hop = hops.pop()
    if (!hop || !isIP(hop)) break
    address = hop
  }
  return address
}

/** What throttling counts by: an IPv6 customer owns a /64, not one address. */
export const addressBlock = (address: string): string => {
  if (isIP(address) !== 6) return address
  const [head = '', tail] = address.split('::')
  const before = head.split(':').filter(Boolean)
  const after = tail === undefined ? [] : tail.split(':').filter(Boolean)
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length)
  const groups = [...before, ...Array<string>(zeros).fill('0'), ...after]
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`
}
