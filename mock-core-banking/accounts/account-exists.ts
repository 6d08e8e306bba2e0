import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { eq, sql } from 'drizzle-orm'
import { AppError } from '#shared/errors.ts'
import type { Deps } from '../deps.ts'
import { isOpen } from './account-rules.ts'
import { accountChecks, accounts } from './accounts.table.ts'

type CheckDeps = Pick<Deps, 'config' | 'db'>

const plainName = (name: string) =>
  name.normalize('NFKC').trim().replaceAll(/\s+/g, ' ').toLowerCase()

/** Fills a leaky bucket by one question; false when it is full. Concurrent ones queue on the row. */
const countQuestion = async ({ config, db }: CheckDeps, subject: string): Promise<boolean> => {
  const { key, fullUntil } = accountChecks
  const stepMs = (3600 * 1000) / config.ACCOUNT_CHECKS_PER_HOUR
  const level = sql`greatest(${fullUntil}, ${new Date().toISOString()}::timestamptz)`
  const room = new Date(Date.now() + 3600 * 1000 - stepMs)
  const rows = await db
    .insert(accountChecks)
    .values({
      key: createHash('sha256').update(subject).digest('base64url'),
      fullUntil: new Date(Date.now() + stepMs),
    })
    .onConflictDoUpdate({
      target: key,
      set: { fullUntil: sql`${level} + make_interval(secs => ${stepMs / 1000})` },
      setWhere: sql`${level} <= ${room.toISOString()}::timestamptz`,
    })
    .returning({ key })
  return rows.length === 1
}

const answer = async (deps: CheckDeps, { account, holder }: AccountQuestion) => {
  const name = plainName(holder)
  const counted = [
    await countQuestion(deps, `account ${account}`),
    await countQuestion(deps, `holder ${name}`),
  ]
  const [found] = await deps.db.select().from(accounts).where(eq(accounts.account, account))
  if (counted.includes(false)) return undefined
  return { exists: isOpen(found) && plainName(found.holder) === name }
}

export interface AccountQuestion {
  account: string
  holder: string
}

/**
 * Whether an account exists and belongs to that holder: true only when both match (Fig. 3). So that
 * nobody can find out accounts or holders by trying, questions about one account or one holder are
 * few an hour (`too-many-requests`), and every answer takes the same time.
 */
export const accountExists = async (
  deps: CheckDeps,
  question: AccountQuestion,
): Promise<{ exists: boolean }> => {
  const [answered] = await Promise.all([
    answer(deps, question),
    sleep(deps.config.ACCOUNT_CHECK_MS),
  ])
  if (!answered) throw new AppError('too-many-requests', { headers: { 'retry-after': '360' } })
  return answered
}
