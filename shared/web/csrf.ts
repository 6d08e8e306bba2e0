import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Context, MiddlewareHandler } from 'hono'
import { AppError } from '#shared/errors.ts'
import { dropCookie, readCookie, writeCookie, type Site } from './cookies.ts'
import { readForm } from './form.ts'

export interface CsrfVariables {
  /** For `CsrfField`. */
  csrfToken: string
}

export interface CsrfOptions {
  site: Site
  secret: string
  /** Paths that other servers post to (they carry their own proof). */
  exempt?: (path: string) => boolean
}

const purpose = 'form'
const visitPattern = /^[\w-]{22}$/

const seal = (secret: string, visit: string, nonce: string) =>
  createHmac('sha256', secret).update(`csrf ${visit} ${nonce}`).digest('base64url')

/** A fresh nonce in each token keeps its text different on every page (compressed pages leak repeats). */
const makeToken = (secret: string, visit: string): string => {
  const nonce = randomBytes(9).toString('base64url')
  return `${nonce}.${seal(secret, visit, nonce)}`
}

const isTokenOf = (secret: string, visit: string, token: unknown): boolean => {
  if (typeof token !== 'string') return false
  const [nonce = '', mac = ''] = token.split('.')
  const expected = Buffer.from(seal(secret, visit, nonce))
  const given = Buffer.from(mac)
  return expected.length === given.length && timingSafeEqual(expected, given)
}

const comesFromOwnPage = (c: Context, origin: string): boolean => {
  const sentOrigin = c.req.header('origin')
  const fetchSite = c.req.header('sec-fetch-site')
  if (sentOrigin !== undefined && sentOrigin !== origin) return false
  if (fetchSite !== undefined && fetchSite !== 'same-origin') return false
  return sentOrigin !== undefined || fetchSite !== undefined
}

/** A form that can't be read has none. */
const sentToken = async (c: Context): Promise<string | null | undefined> =>
  (await readForm(c).catch(() => undefined))?.get('_csrf')

const startVisit = (c: Context, site: Site): string => {
  const visit = randomBytes(16).toString('base64url')
  writeCookie(c, site, purpose, visit)
  return visit
}

/**
 * Refuses (`forbidden`) every changing request that is not a form post from a page of this site with
 * the token of this browser's visit: Origin and Sec-Fetch-Site, then the hidden field `_csrf`. Sets
 * `c.var.csrfToken`. `renewCsrf` ends the visit at sign-in and sign-out.
 */
export const csrf = ({
  site,
  secret,
  exempt,
}: CsrfOptions): MiddlewareHandler<{ Variables: CsrfVariables }> => {
  const origin = new URL(site.publicUrl).origin
  return async (c, next) => {
    const cookie = readCookie(c, site, purpose)
    const visit = cookie && visitPattern.test(cookie) ? cookie : undefined
    // Before the checks: the page of a refusal has forms, too.
    c.set('csrfToken', makeToken(secret, visit ?? startVisit(c, site)))
    const changes = !['GET', 'HEAD', 'OPTIONS'].includes(c.req.method)
    if (changes && !exempt?.(c.req.path)) {
      if (!comesFromOwnPage(c, origin)) throw new AppError('forbidden', { detail: 'cross-site' })
      if (!visit || !isTokenOf(secret, visit, await sentToken(c))) {
        throw new AppError('forbidden', { detail: 'form-out-of-date' })
      }
    }
    await next()
  }
}

/** New tokens from here on: forms of pages opened before no longer count. */
export const renewCsrf = (c: Context, site: Site): void => {
  dropCookie(c, site, purpose)
}
