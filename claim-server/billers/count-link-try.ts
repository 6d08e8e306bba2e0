import { and, eq } from 'drizzle-orm'
import type { Transaction } from '#shared/database.ts'
import type { Customer } from '../claims/claims.queries.ts'
import { linkTries } from './billers.table.ts'

const mostTries = 5
const dayMs = 24 * 3600_000

export type CountedTry =
  | { outcome: 'locked'; lockedUntil: Date }
  | { outcome: 'counted'; triesLeft: number; giveBack(): Promise<void> }

const isOver = ({ lockedUntil, lastTryAt }: typeof linkTries.$inferSelect, now: Date) =>
  lockedUntil ? lockedUntil <= now : now.getTime() - lastTryAt.getTime() > dayMs

/**
 * Counts a try of the customer at the biller before anything is compared; the fifth locks for a day of
 * real time. A right one is given back alone: it does not wipe out the wrong ones before it, or whoever
 * holds one bill could guess at others' for ever. Tries of one customer wait for each other.
 */
export const countLinkTry = async (
  tx: Transaction,
  { shopId, bank, customerId }: Customer & { shopId: string },
): Promise<CountedTry> => {
  const now = new Date()
  const ofCustomer = and(
    eq(linkTries.shopId, shopId),
    eq(linkTries.bank, bank),
    eq(linkTries.customerId, customerId),
  )
  await tx
    .insert(linkTries)
    .values({ shopId, bank, customerId, tries: 0, lastTryAt: now })
    .onConflictDoNothing()
  const [before] = await tx.select().from(linkTries).where(ofCustomer).for('update')
  if (!before) throw new Error('a row that was just stored is not there')
  const over = isOver(before, now)
  if (before.lockedUntil && !over) return { outcome: 'locked', lockedUntil: before.lockedUntil }
  const earlier = over ? 0 : before.tries
  const tries = earlier + 1
  const lockedUntil = tries >= mostTries ? new Date(now.getTime() + dayMs) : null
  await tx.update(linkTries).set({ tries, lastTryAt: now, lockedUntil }).where(ofCustomer)
  return {
    outcome: 'counted',
    triesLeft: mostTries - tries,
    async giveBack() {
      await tx.update(linkTries).set({ tries: earlier, lockedUntil: null }).where(ofCustomer)
    },
  }
}
