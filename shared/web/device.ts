import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Context } from 'hono'
import { readCookie, type Site, writeCookie } from './cookies.ts'

export interface DeviceOptions {
  site: Site
  secret: string
}

const purpose = 'device'
const yearSeconds = 365 * 24 * 3600
const mostAccounts = 5

const tagOf = (secret: string, device: string, account: string) =>
  createHmac('sha256', secret)
    .update(`device ${device} ${account}`)
    .digest('base64url')
    .slice(0, 22)

const isSame = (a: string, b: string) =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))

const readDevice = (c: Context, site: Site) => {
  const [id = '', ...tags] = (readCookie(c, site, purpose) ?? '').split('~')
  return /^[\w-]{22}$/.test(id) ? { id, tags: tags.slice(0, mostAccounts) } : undefined
}

/** The id of this browser if somebody signed in to `account` from it before; else undefined. */
export const knownDevice = (
  c: Context,
  { site, secret }: DeviceOptions,
  account: string,
): string | undefined => {
  const device = readDevice(c, site)
  const tag = device && tagOf(secret, device.id, account)
  return tag && device.tags.some((one) => isSame(one, tag)) ? device.id : undefined
}

/** After a sign-in: this browser is known for `account` for a year. Up to five accounts a browser. */
export const rememberDevice = (
  c: Context,
  { site, secret }: DeviceOptions,
  account: string,
): void => {
  const device = readDevice(c, site) ?? { id: randomBytes(16).toString('base64url'), tags: [] }
  const tag = tagOf(secret, device.id, account)
  const tags = [tag, ...device.tags.filter((one) => one !== tag)].slice(0, mostAccounts)
  writeCookie(c, site, purpose, [device.id, ...tags].join('~'), { maxAgeSeconds: yearSeconds })
}
