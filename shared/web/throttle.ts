import { createHash } from 'node:crypto'
import { eq, lte, sql } from 'drizzle-orm'
import { type PgSchema, text, timestamp } from 'drizzle-orm/pg-core'
import type { Database } from '#shared/database.ts'
import { addressBlock } from './client-address.ts'

export const throttleColumns = () => ({
  /** Hash of what is counted: no address or account is kept in clear. */
  key: text('key').primaryKey(),
  /** When the tries counted so far are all forgotten: one timestamp is the whole leaky bucket. */
  fullUntil: timestamp('full_until', { withTimezone: true }).notNull(),
})

/** `export const signInTries = throttleTable(portal)` in a service's own schema. */
export const throttleTable = <Name extends string = string>(schema: PgSchema<Name>) =>
  schema.table('sign_in_tries', throttleColumns())

type ThrottleTable = ReturnType<typeof throttleTable>

/** So many tries at once, then one more every `seconds`. */
export interface Limit {
  tries: number
  seconds: number
}

export interface SignInLimits {
  address: Limit
  accountFromAddress: Limit
  /** All unknown browsers together: slows guessing from many addresses. */
  account: Limit
  /** A browser that signed in to this account before; exempt from the other three. */
  knownDevice: Limit
}

const signInLimits: SignInLimits = {
  address: { tries: 30, seconds: 20 },
  accountFromAddress: { tries: 5, seconds: 120 },
  account: { tries: 20, seconds: 300 },
  knownDevice: { tries: 5, seconds: 60 },
}

export interface SignInTry {
  address: string
  /** As typed and normalised, whether or not it exists. */
  account: string
  /** From `knownDevice`. */
  device?: string | undefined
}

export type TryOutcome =
  | { allowed: true /** After success: the try no longer counts. */; giveBack(): Promise<void> }
  | { allowed: false; retryAfterSeconds: number }

export interface ThrottleOptions {
  db: Database
  table: ThrottleTable
  limits?: SignInLimits
  /** Real time. */
  now?: () => Date
}

export interface Throttle {
  count(attempt: SignInTry): Promise<TryOutcome>
  deleteForgotten(): Promise<void>
}

interface Bucket {
  key: string
  limit: Limit
}

const bucket = (kind: string, parts: string[], limit: Limit): Bucket => ({
  key: createHash('sha256')
    .update(JSON.stringify([kind, ...parts]))
    .digest('base64url'),
  limit,
})

const bucketsOf = ({ address, account, device }: SignInTry, limits: SignInLimits): Bucket[] => {
  if (device) return [bucket('device', [device, account], limits.knownDevice)]
  const block = addressBlock(address)
  return [
    bucket('address', [block], limits.address),
    bucket('account-address', [account, block], limits.accountFromAddress),
    bucket('account', [account], limits.account),
  ]
}

/**
 * Counts tries to sign in before the password is looked at, so that parallel guesses count too. What
 * it answers depends on the try alone, never on whether the account exists. A stranger can use up an
 * account's tries for unknown browsers, never those of a browser that signed in before.
 */
export const createThrottle = ({
  db,
  table,
  limits = signInLimits,
  now = () => new Date(),
}: ThrottleOptions): Throttle => {
  /** One statement: concurrent tries queue on the row, and the limit holds exactly. */
  const fill = async ({ key, limit }: Bucket): Promise<boolean> => {
    const at = now()
    const step = sql`make_interval(secs => ${limit.seconds})`
    const level = sql`greatest(${table.fullUntil}, ${at.toISOString()}::timestamptz)`
    const room = new Date(at.getTime() + (limit.tries - 1) * limit.seconds * 1000)
    const rows = await db
      .insert(table)
      .values({ key, fullUntil: new Date(at.getTime() + limit.seconds * 1000) })
      .onConflictDoUpdate({
        target: table.key,
        set: { fullUntil: sql`${level} + ${step}` },
        setWhere: sql`${level} <= ${room.toISOString()}::timestamptz`,
      })
      .returning({ key: table.key })
    return rows.length === 1
  }

  const drain = async (buckets: Bucket[]) => {
    for (const { key, limit } of buckets) {
      const step = sql`make_interval(secs => ${limit.seconds})`
      await db
        .update(table)
        .set({ fullUntil: sql`${table.fullUntil} - ${step}` })
        .where(eq(table.key, key))
    }
  }

  const waitFor = async ({ key, limit }: Bucket): Promise<number> => {
    const [row] = await db.select().from(table).where(eq(table.key, key))
    const freeAt = (row?.fullUntil.getTime() ?? 0) - (limit.tries - 1) * limit.seconds * 1000
    return Math.max(1, Math.ceil((freeAt - now().getTime()) / 1000))
  }

  return {
    count: async (attempt) => {
      const filled: Bucket[] = []
      for (const one of bucketsOf(attempt, limits)) {
        if (await fill(one)) filled.push(one)
        else {
          await drain(filled)
          return { allowed: false, retryAfterSeconds: await waitFor(one) }
        }
      }
      return { allowed: true, giveBack: () => drain(filled) }
    },
    deleteForgotten: async () => {
      await db.delete(table).where(lte(table.fullUntil, now()))
    },
  }
}
