/**
 * What every page app mounts, in this order:
 *
 *   const site = { publicUrl: config.publicUrl, name: 'portal' }
 *   new Hono<PageEnv<PortalSession>>()
 *     .route('/', assets)                                   // #shared/ui/assets.ts, before the rest
 *     .use(pageSecurity({ publicUrl }))                     // id, headers, no-store, 64 KiB
 *     .use(sessions.load)                                   // c.var.session, c.var.sessionEnded
 *     .use(language({ site, stored: (c) => c.var.session?.data.language }))   // c.var.language
 *     .use(csrf({ site, secret }))                          // c.var.csrfToken; throws 'forbidden'
 *     .route('/language', languageRoute({ site }))
 *
 * Tables: `sessionTable<Data>(schema)`, `throttleTable(schema)`. Verbs: `createSessions(options)` with
 * `load start save end endAllOf deleteEnded`; `createThrottle(options)` with `count deleteForgotten`;
 * `knownDevice` and `rememberDevice(c, { site, secret }, account)`.
 * Helpers: `readForm(c)`, `readFields(c)`, `clientAddress(c, trustedProxies)`, `isHtmx(c)`, `renderPage(c, page, status?)`,
 * `renderPart(c, { part, page, status? })`, `renderFragment(c, part, status?)`, `renderErrorPage(c, page, status)`,
 * `renderToString(node)`, `localPath(value, fallback?)`, `pageContext(c, afterPost?)`, `shownPath(c, fallback?)`. After `start` and `end` redirect: forms get their new tokens with the next page.
 * A path that answers posts with a page should answer GET too, or name one that does (`afterPost`): the
 * language switch returns to it.
 */
import type { RequestIdVariables } from 'hono/request-id'
import type { CsrfVariables } from './csrf.ts'
import type { LanguageVariables } from './language.ts'
import type { SessionVariables } from './sessions.ts'

export * from './client-address.ts'
export * from './cookies.ts'
export * from './csrf.ts'
export * from './device.ts'
export * from './form.ts'
export * from './language.ts'
export * from './limit-body.ts'
export * from './local-path.ts'
export * from './page-context.ts'
export * from './page-security.ts'
export * from './render.ts'
export * from './sessions.ts'
export * from './shown-path.ts'
export * from './throttle.ts'

export interface PageEnv<Data = never> {
  Variables: RequestIdVariables & LanguageVariables & CsrfVariables & SessionVariables<Data>
}
