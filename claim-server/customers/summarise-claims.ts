import { and, eq, lte, type SQL, sql } from 'drizzle-orm'
import { dateIn } from '#shared/dates.ts'
import { prepareOnce, type ValueOf } from '#shared/prepare-once.ts'
import type { ReplyOf } from '#shared/contracts/call.ts'
import type { summariseClaims as summariseClaimsCall } from '#shared/contracts/customer-choices.ts'
import type { Bank } from '../banks/find-bank.ts'
import {
  isListedAs,
  isNew,
  isOf,
  isPayableOn,
  newSince,
  type ReadDeps,
} from '../claims/claims.queries.ts'
import { claims } from '../claims/claims.table.ts'

const counted = (which: SQL | undefined) =>
  sql<number>`(count(*) filter (where ${which}))::int`.mapWith(Number)

type Values = Record<'bank' | 'customerId' | 'newSince' | 'today', string>

const count = prepareOnce((db, value: ValueOf<Values>) => {
  const payable = isPayableOn(value('today'))
  return db
    .select({
      unsettled: counted(eq(claims.status, 'unsettled')),
      inProgress: counted(eq(claims.status, 'paying')),
      new: counted(isNew(value('newSince'))),
      nearLimit: counted(and(payable, lte(claims.warnOn, value('today')))),
      limitToday: counted(and(payable, eq(claims.timeLimit, value('today')))),
      nextLimit: sql<string | null>`min(${claims.timeLimit}) filter (where ${payable})`,
    })
    .from(claims)
    .where(
      and(isOf({ bank: value('bank'), customerId: value('customerId') }), isListedAs('unsettled')),
    )
})

/**
 * How many claims wait, are new, or are near their limit: what is said after sign-in (Fig. 17). Near
 * its limit is a claim whose warning date has come, by the predicate of the warning mails.
 */
export const summariseClaims = async (
  { db, clock }: ReadDeps,
  { bank, customerId }: { bank: Bank; customerId: string },
): Promise<ReplyOf<typeof summariseClaimsCall>> => {
  const now = clock.now()
  const today = dateIn(bank.timeZone, now)
  const [row] = await count(db, {
    bank: bank.code,
    customerId,
    newSince: newSince(now).toISOString(),
    today,
  })
  if (!row) throw new Error('a count without a row')
  return { ...row, today }
}
