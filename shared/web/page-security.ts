import type { MiddlewareHandler } from 'hono'
import { every } from 'hono/combine'
import { requestId } from 'hono/request-id'
import { secureHeaders } from 'hono/secure-headers'
import { AppError } from '#shared/errors.ts'
import { isHttps } from './cookies.ts'
import { limitBody } from './limit-body.ts'

const largestPageBodyBytes = 64 * 1024

export interface PageSecurityOptions {
  publicUrl: string
  maxBodyBytes?: number
}

const headers = (publicUrl: string) =>
  secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'self'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'"],
      connectSrc: ["'self'"],
      objectSrc: ["'none'"],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
      // Chromium applies this to redirects after a post as well: forms post to their own service only.
      formAction: ["'self'"],
    },
    xFrameOptions: 'DENY',
    // Not no-referrer: with that browsers send "Origin: null" on plain form posts.
    referrerPolicy: 'same-origin',
    strictTransportSecurity: isHttps(publicUrl) ? 'max-age=63072000' : false,
    permissionsPolicy: { camera: [], microphone: [], geolocation: [], payment: [] },
  })

const noStore: MiddlewareHandler = async (c, next) => {
  await next()
  const { headers } = c.res
  if (!headers.has('cache-control')) headers.set('cache-control', 'no-store')
}

/**
 * The first middleware of every page app: request id (taken over when well formed, echoed), security
 * headers with a CSP without inline code, `no-store` unless a handler says otherwise, body
 * limit (64 KiB; throws `too-large`).
 */
export const pageSecurity = ({
  publicUrl,
  maxBodyBytes = largestPageBodyBytes,
}: PageSecurityOptions): MiddlewareHandler => {
  const frame = every(requestId({ limitLength: 64 }), headers(publicUrl), noStore)
  const limit = limitBody(maxBodyBytes, () => {
    throw new AppError('too-large')
  })
  return async (c, next) => {
    let refusal: unknown
    // Held back until the headers are set, so that they are on the page of this error as well.
    await frame(c, () =>
      Promise.resolve(limit(c, next)).then(
        () => {},
        (error) => {
          refusal = error
        },
      ),
    )
    if (refusal) throw refusal
  }
}
