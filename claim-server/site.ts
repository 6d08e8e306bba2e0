import type { Site } from '#shared/web/index.ts'
import type { Deps } from './deps.ts'

/** Where browsers find the claim server, and what its cookies are called. */
export const siteOf = ({ config }: Pick<Deps, 'config'>): Site => ({
  publicUrl: config.PUBLIC_URL,
  name: 'claims',
})
