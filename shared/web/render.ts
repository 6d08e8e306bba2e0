import type { Context } from 'hono'
import { html } from 'hono/html'
import type { Child } from 'hono/jsx'
import type { ContentfulStatusCode } from 'hono/utils/http-status'

/** Whether htmx asks for a fragment; a history restore or a plain request gets the whole page. */
export const isHtmx = (c: Context): boolean => c.req.header('hx-request') === 'true'

/** JSX as text: for mails and tests. */
export const renderToString = async (node: Child): Promise<string> => `${await html`${node}`}`

/** A whole page (`<Layout>`), with its doctype. */
export const renderPage = (
  c: Context,
  page: Child,
  status: ContentfulStatusCode = 200,
): Response | Promise<Response> => c.html(html`<!doctype html>${page}`, status)

/** The fragment for htmx, the whole page for everybody else; both from the same component. */
export const renderPart = (
  c: Context,
  { part, page, status = 200 }: { part: Child; page: () => Child; status?: ContentfulStatusCode },
): Response | Promise<Response> =>
  isHtmx(c) ? c.html(html`${part}`, status) : renderPage(c, page(), status)
