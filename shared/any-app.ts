import type { Hono } from 'hono'

/** An app of whatever variables: each service has its own. */
// oxlint-disable-next-line typescript/no-explicit-any -- Hono's type takes no other word for it.
export type AnyApp = Hono<any>
