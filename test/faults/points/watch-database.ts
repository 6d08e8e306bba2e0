import type { Database } from '#shared/database.ts'
import type { Points } from './points.ts'

interface Statement {
  sql: string
}
interface Prepared {
  execute(...values: unknown[]): Promise<unknown>
}
interface Session {
  prepareQuery(statement: Statement, ...more: unknown[]): Prepared
}
/** What drizzle keeps to itself: its builders take the session from the database that made them. */
interface Inside {
  session: Session
  [method: string]: unknown
}

const writes = /\b(insert into|update|delete from)\b/i

/** A session of which every writing statement, each a commit of its own, passes the two points. */
const watchStatements = (session: Session, points: Points, verb: string): Session =>
  Object.create(session, {
    prepareQuery: {
      value: (statement: Statement, ...more: unknown[]) => {
        const prepared = session.prepareQuery(statement, ...more)
        if (!writes.test(statement.sql)) return prepared
        const execute = prepared.execute.bind(prepared)
        prepared.execute = async (...values) => {
          points.reach(`before-${verb}-commit`)
          const result = await execute(...values)
          points.reach(`after-${verb}-commit`)
          return result
        }
        return prepared
      },
    },
  })

/**
 * The database with a point before and after every commit: of a transaction, its statements sent and
 * COMMIT not; of a single statement, the statement itself. Named for the verb that made the change.
 */
export const watchDatabase = (db: Database, points: Points): Database => {
  const inside = db as unknown as Inside
  const commits: Database['transaction'] = async (work, config) => {
    const verb = points.verb()
    const result = await db.transaction(async (tx) => {
      const done = await work(tx)
      points.reach(`before-${verb}-commit`)
      return done
    }, config)
    points.reach(`after-${verb}-commit`)
    return result
  }
  // The verb is read where the statement is made: once it is awaited, its maker is off the stack.
  const watched =
    (method: string) =>
    (...given: unknown[]) => {
      const session = watchStatements(inside.session, points, points.verb({ withFunction: true }))
      const labelled = Object.create(db, { session: { value: session } })
      return (inside[method] as (...all: unknown[]) => unknown).apply(labelled, given)
    }
  const methods = ['insert', 'update', 'delete', 'execute', 'with'].map((method) => [
    method,
    { value: watched(method) },
  ])
  return Object.create(db, { transaction: { value: commits }, ...Object.fromEntries(methods) })
}
