import type { Context, MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'

/** By what the request says of itself: to look at its body makes a whole stream of it. */
const isKnownToFit = ({ req }: Context, maxBytes: number): boolean => {
  if (req.method === 'GET' || req.method === 'HEAD') return true
  const length = req.header('content-length')
  return (
    length !== undefined &&
    req.header('transfer-encoding') === undefined &&
    /^\d+$/.test(length) &&
    Number(length) <= maxBytes
  )
}

/** Refuses bodies of more bytes, whether or not the request says how long its own is. */
export const limitBody = (
  maxBytes: number,
  onTooLarge: (c: Context) => Response | Promise<Response>,
): MiddlewareHandler => {
  const count = bodyLimit({ maxSize: maxBytes, onError: onTooLarge })
  return (c, next) => (isKnownToFit(c, maxBytes) ? next() : count(c, next))
}
