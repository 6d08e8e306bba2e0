import type { Context } from 'hono'
import { localPath } from './local-path.ts'
import { isHtmx } from './render.ts'

const pathOf = ({ pathname, search }: URL) => pathname + search

/**
 * Path and query of the page that the browser shows. A fragment is no page: its request names the page
 * around it (`HX-Current-URL`), of which no more than a path on this site is believed.
 */
export const shownPath = (c: Context, fallback?: string): string => {
  const own = pathOf(new URL(c.req.url))
  if (!isHtmx(c)) return own
  const shown = URL.parse(c.req.header('hx-current-url') ?? '')
  return localPath(shown && pathOf(shown), fallback ?? own)
}
