import { lte } from 'drizzle-orm'
import { sweepSpentTokens } from '#shared/spent-tokens.ts'
import { accountChecks } from './accounts/accounts.table.ts'
import type { Deps } from './deps.ts'
import { withOperatorDeps } from './operator/operator-deps.ts'
import { spentTokens } from './spent-tokens.table.ts'

/** Drops what is past any use: spent tokens, counted questions and tries, ended sessions. */
export const sweep = async (deps: Deps): Promise<void> => {
  const { sessions, throttle } = withOperatorDeps(deps)
  await sweepSpentTokens(deps.db, spentTokens)
  await deps.db.delete(accountChecks).where(lte(accountChecks.fullUntil, new Date()))
  await sessions.deleteEnded()
  await throttle.deleteForgotten()
}
