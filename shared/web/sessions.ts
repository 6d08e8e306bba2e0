import { createHash, randomBytes } from 'node:crypto'
import { and, eq, gt, lte, or, sql } from 'drizzle-orm'
import { jsonb, type PgSchema, text, timestamp } from 'drizzle-orm/pg-core'
import type { Context, MiddlewareHandler } from 'hono'
import { type Database, textArray } from '#shared/database.ts'
import { gatherLookups } from '#shared/gather-lookups.ts'
import { dropCookie, readCookie, type Site, writeCookie } from './cookies.ts'
import { renewCsrf } from './csrf.ts'

/** The columns of a session table; `Data` is what the service keeps in a session. */
export const sessionColumns = <Data>() => ({
  /** SHA-256 of the id in the cookie: who reads this table can't use a session. */
  idHash: text('id_hash').primaryKey(),
  /** Whose session it is, in the service's own terms: a customer id, a shop id. */
  subject: text('subject').notNull(),
  data: jsonb('data').$type<Data>().notNull(),
  startedAt: timestamp('started_at', { withTimezone: true }).notNull(),
  seenAt: timestamp('seen_at', { withTimezone: true }).notNull(),
})

/** `export const sessions = sessionTable<PortalSession>(portal)` in a service's own schema. */
export const sessionTable = <Data, Name extends string = string>(
  schema: PgSchema<Name>,
  /** Another kind of people signs in to the same service: a table of their own. */
  name = 'sessions',
) => schema.table(name as 'sessions', sessionColumns<Data>())

type SessionTable<Data> = ReturnType<typeof sessionTable<Data>>

export interface Session<Data> {
  subject: string
  data: Data
}

export interface SessionVariables<Data> {
  session: Session<Data> | undefined
  /** The browser showed a session that is over: the sign-in page says so. */
  sessionEnded: boolean
}

export interface SessionOptions<Data> {
  db: Database
  table: SessionTable<Data>
  site: Site
  idleSeconds?: number
  absoluteSeconds?: number
  /** Requests that show nobody is there, such as a page's polling: they don't put off the idle end. */
  passive?: (c: Context) => boolean
  /** Real time, also where the business clock is moved. */
  now?: () => Date
}

export interface Sessions<Data> {
  load: MiddlewareHandler<{ Variables: SessionVariables<Data> }>
  start(c: Context, session: Session<Data>): Promise<void>
  save(c: Context, data: Data): Promise<void>
  end(c: Context): Promise<void>
  endAllOf(subject: string): Promise<void>
  deleteEnded(): Promise<void>
}

interface Found<Data> extends Session<Data>, Record<string, unknown> {
  idHash: string
  /** This visit need not be written down. */
  isNoted: boolean
}

const purpose = 'session'

/**
 * A visit is written down again only so long after the last one, so that most requests write nothing:
 * idleness is noticed up to so much too early, never too late.
 */
const noteVisitEvery = (idleSeconds: number) => Math.min(5, idleSeconds / 60)

const hashOf = (id: string) => createHash('sha256').update(id).digest('base64url')

/**
 * Server-side sessions: an opaque random id in the cookie, its hash in the service's table, ended by
 * idleness (5 min), age (30 min) or sign-out. `start` always makes a new id and ends the one before,
 * so that an id planted before sign-in is worth nothing.
 */
export const createSessions = <Data>({
  db,
  table,
  site,
  idleSeconds = 300,
  absoluteSeconds = 1800,
  passive = () => false,
  now = () => new Date(),
}: SessionOptions<Data>): Sessions<Data> => {
  const before = (seconds: number) => new Date(now().getTime() - seconds * 1000)
  const isLive = (idHash: string) =>
    and(
      eq(table.idHash, idHash),
      gt(table.seenAt, before(idleSeconds)),
      gt(table.startedAt, before(absoluteSeconds)),
    )
  const noteVisit = async (id: string): Promise<boolean> => {
    const noted = await db
      .update(table)
      .set({ seenAt: now() })
      .where(isLive(hashOf(id)))
      .returning({ subject: table.subject })
    return noted.length > 0
  }

  const findLive = gatherLookups(async (idHashes: string[]) => {
    const since = (seconds: number) => sql`${before(seconds).toISOString()}::timestamptz`
    const rows = await db.execute<Found<Data>>(sql`
      select id_hash as "idHash", subject, data,
        seen_at > ${since(noteVisitEvery(idleSeconds))} as "isNoted"
      from ${table}
      where id_hash = any(${textArray(idHashes)})
        and seen_at > ${since(idleSeconds)} and started_at > ${since(absoluteSeconds)}`)
    return new Map(rows.map((row) => [row.idHash, row]))
  })

  const findSession = async (c: Context, id: string): Promise<Session<Data> | undefined> => {
    const found = await findLive(hashOf(id))
    if (!found) return undefined
    const { subject, data, isNoted } = found
    // Ended meanwhile on another replica: over here too.
    return isNoted || passive(c) || (await noteVisit(id)) ? { subject, data } : undefined
  }

  const forget = async (c: Context) => {
    const id = readCookie(c, site, purpose)
    if (id) await db.delete(table).where(eq(table.idHash, hashOf(id)))
  }

  return {
    load: async (c, next) => {
      const id = readCookie(c, site, purpose)
      const session = id ? await findSession(c, id) : undefined
      c.set('session', session)
      c.set('sessionEnded', id !== undefined && session === undefined)
      await next()
    },
    start: async (c, session) => {
      await forget(c)
      const id = randomBytes(32).toString('base64url')
      const at = now()
      await db.insert(table).values({ ...session, idHash: hashOf(id), startedAt: at, seenAt: at })
      writeCookie(c, site, purpose, id)
      renewCsrf(c, site)
      c.set('session', session)
    },
    save: async (c, data) => {
      const id = readCookie(c, site, purpose)
      if (id)
        await db
          .update(table)
          .set({ data })
          .where(isLive(hashOf(id)))
    },
    end: async (c) => {
      await forget(c)
      dropCookie(c, site, purpose)
      renewCsrf(c, site)
      c.set('session', undefined)
    },
    endAllOf: async (subject) => {
      await db.delete(table).where(eq(table.subject, subject))
    },
    deleteEnded: async () => {
      await db
        .delete(table)
        .where(
          or(lte(table.seenAt, before(idleSeconds)), lte(table.startedAt, before(absoluteSeconds))),
        )
    },
  }
}
