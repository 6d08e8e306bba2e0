import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'

/** Where a page app is reached and what it is called: cookies ignore ports, so names must differ. */
export interface Site {
  publicUrl: string
  /** Short name of the service, the first part of its cookies' names: "portal". */
  name: string
}

export const isHttps = (publicUrl: string): boolean => new URL(publicUrl).protocol === 'https:'

/** `__Host-` binds a cookie to this host alone; browsers take that prefix over https only. */
export const cookieName = (site: Site, purpose: string): string =>
  `${isHttps(site.publicUrl) ? '__Host-' : ''}${site.name}-${purpose}`

export const readCookie = (c: Context, site: Site, purpose: string): string | undefined =>
  getCookie(c, cookieName(site, purpose))

/** Sets a cookie that scripts can't read; without `maxAgeSeconds` it ends with the browser. */
export const writeCookie = (
  c: Context,
  site: Site,
  purpose: string,
  value: string,
  { maxAgeSeconds }: { maxAgeSeconds?: number } = {},
): void =>
  setCookie(c, cookieName(site, purpose), value, {
    path: '/',
    httpOnly: true,
    secure: isHttps(site.publicUrl),
    // Lax, not Strict: the customer arrives from a shop's page and must still be signed in.
    sameSite: 'Lax',
    ...(maxAgeSeconds === undefined ? {} : { maxAge: maxAgeSeconds }),
  })

export const dropCookie = (c: Context, site: Site, purpose: string): void => {
  deleteCookie(c, cookieName(site, purpose), { path: '/', secure: isHttps(site.publicUrl) })
}
