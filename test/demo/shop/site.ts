import { createHash, randomBytes } from 'node:crypto'
import type { Context, MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { every } from 'hono/combine'
import type { RequestIdVariables } from 'hono/request-id'
import { requestId } from 'hono/request-id'
import { secureHeaders } from 'hono/secure-headers'
import { AppError } from '#shared/errors.ts'
import { isHttps, readCookie, type Site, writeCookie } from '#shared/web/cookies.ts'
import type { CsrfVariables } from '#shared/web/csrf.ts'
import type { LanguageVariables } from '#shared/web/language.ts'
import { pageContext } from '#shared/web/page-context.ts'
import { type BasketLine, countOf, readBasket, writeBasket } from './basket.ts'
import type { ShopDeps } from './deps.ts'
import type { ShopPage } from './layout.tsx'
import type { Shop } from './shops.ts'

export interface ShopEnv {
  Variables: RequestIdVariables & LanguageVariables & CsrfVariables & { shop: Shop }
}

export const siteOf = ({ config }: Pick<ShopDeps, 'config'>): Site => ({
  publicUrl: config.publicUrl,
  name: 'shop',
})

const largestFormBytes = 32 * 1024

/** Headers and limits of every page. The checkout's form leads to the claim server's entry screen. */
export const guardPages = ({ config }: ShopDeps): MiddlewareHandler =>
  every(
    requestId({ limitLength: 64 }),
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
        formAction: ["'self'", new URL(config.claimServerPublicUrl).origin],
      },
      xFrameOptions: 'DENY',
      referrerPolicy: 'same-origin',
      strictTransportSecurity: isHttps(config.publicUrl) ? 'max-age=63072000' : false,
    }),
    async (c, next) => {
      await next()
      if (!c.res.headers.has('cache-control')) c.header('cache-control', 'no-store')
    },
    bodyLimit({
      maxSize: largestFormBytes,
      onError: () => {
        throw new AppError('too-large')
      },
    }),
  )

const dayseconds = 24 * 3600
const basketDays = 14
const visitorDays = 365

export const basketOf = (deps: ShopDeps, c: Context, shop: Shop): BasketLine[] =>
  readBasket(shop.slug, readCookie(c, siteOf(deps), `basket-${shop.slug}`))

export const keepBasket = (
  deps: ShopDeps,
  c: Context,
  shop: Shop,
  lines: readonly BasketLine[],
): void =>
  writeCookie(c, siteOf(deps), `basket-${shop.slug}`, writeBasket(lines), {
    maxAgeSeconds: lines.length === 0 ? 0 : basketDays * dayseconds,
  })

const visitorPattern = /^[\w-]{22}$/

/** Who this browser is to the shop's books: the hash of a cookie. */
export const visitorOf = (deps: ShopDeps, c: Context): string | undefined => {
  const cookie = readCookie(c, siteOf(deps), 'visitor')
  if (!cookie || !visitorPattern.test(cookie)) return undefined
  return createHash('sha256').update(cookie).digest('base64url')
}

/** Gives this browser an identity, if it has none, before it orders. */
export const welcomeVisitor = (deps: ShopDeps, c: Context): void => {
  if (visitorOf(deps, c)) return
  writeCookie(c, siteOf(deps), 'visitor', randomBytes(16).toString('base64url'), {
    maxAgeSeconds: visitorDays * dayseconds,
  })
}

export const shopPage = (deps: ShopDeps, c: Context, shop: Shop): ShopPage => ({
  ...pageContext(c),
  shop,
  shops: deps.shops.all(),
  basketCount: countOf(basketOf(deps, c, shop)),
})
