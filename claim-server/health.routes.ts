import type { AnyApp } from '#shared/any-app.ts'
import { AppError } from '#shared/errors.ts'
import { checkReady } from './check-ready.ts'
import type { Deps } from './deps.ts'

/** Live: the process answers. Ready: the database answers and the keys can be read. */
export const serveHealth = (app: AnyApp, deps: Deps): void => {
  app.get('/health/live', (c) => c.json({ status: 'live' }))
  app.get('/health/ready', async (c) => {
    if (!(await checkReady(deps))) throw new AppError('unavailable')
    return c.json({ status: 'ready' })
  })
}
