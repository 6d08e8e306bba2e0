import { join } from 'node:path'
import { type SQL, sql as statement } from 'drizzle-orm'
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import { migrate } from 'drizzle-orm/postgres-js/migrator'
import postgres from 'postgres'

export type ServiceName = 'claim-server' | 'bank-portal' | 'mock-core-banking'

/** A service's database, or an open transaction of it. Inside a transaction always pass the transaction. */
export type Database = PostgresJsDatabase
export type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0]

export interface OpenDatabase {
  db: Database
  close(): Promise<void>
}

/**
 * The driver's own wait grows to 20 s with the connections that were lost together: a database that is
 * back after a crash would not be used for so long.
 */
export const reconnectSeconds = (retries: number): number =>
  (0.5 + Math.random() / 2) * Math.min(3 ** retries / 100, 1)

const client = (url: string, max: number) =>
  postgres(url, {
    max,
    onnotice: () => {},
    connect_timeout: 5,
    backoff: reconnectSeconds,
    connection: { application_name: 'claimbook' },
  })

type Statement = Parameters<postgres.Sql['unsafe']>

interface OpenTransaction {
  isOver: boolean
}

/**
 * The server keeps what is prepared for as long as the connection lives. A statement of so many values
 * is one of rows: another text for each number of them, and large.
 */
const mostPreparedValues = 100

/**
 * Has statements prepared, once for each connection: drizzle asks the driver not to, and then each is
 * parsed and planned anew whenever it is sent. And refuses a statement whose transaction is over:
 * after a lost connection the driver would run it by itself on the next one, and commit it.
 */
const guarded = <Client extends object>(client: Client, transaction?: OpenTransaction): Client =>
  new Proxy(client, {
    get(target, name, receiver) {
      const value: unknown = Reflect.get(target, name, receiver)
      if (typeof value !== 'function') return value
      const method = value as (...given: unknown[]) => unknown
      if (name === 'unsafe')
        return (...[query, values, options]: Statement) => {
          if (transaction?.isOver) throw new Error('a statement after the end of its transaction')
          const prepare = (values?.length ?? 0) <= mostPreparedValues
          return method.call(target, query, values, { ...options, prepare })
        }
      if (name === 'begin')
        return (...given: unknown[]) => runGuarded(method.bind(target), given, { isOver: false })
      if (name === 'savepoint' && transaction)
        return (...given: unknown[]) => method.call(target, ...inside(given, transaction))
      return value
    },
  })

const inside = (given: unknown[], transaction: OpenTransaction) =>
  given.map((one) =>
    typeof one === 'function'
      ? (inner: object) => (one as (client: object) => unknown)(guarded(inner, transaction))
      : one,
  )

const runGuarded = async (
  begin: (...given: unknown[]) => unknown,
  given: unknown[],
  transaction: OpenTransaction,
) => {
  try {
    return await begin(...inside(given, transaction))
  } finally {
    transaction.isOver = true
  }
}

/**
 * A pool of at most `max` connections, made when they are needed: a database that can't be reached shows
 * with the first query. `close` lets running queries end, five seconds at most.
 */
export const openDatabase = (url: string, { max = 10 }: { max?: number } = {}): OpenDatabase => {
  const sql = client(url, max)
  return {
    db: drizzle({ client: guarded(sql), casing: 'snake_case' }),
    close: () => sql.end({ timeout: 5 }),
  }
}

/**
 * Brings the database of one service up to date. Safe when replicas start together, and services that
 * share a database: without the advisory lock two of three concurrent runs fail on each other's CREATE.
 */
export const migrateDatabase = async (url: string, service: ServiceName): Promise<void> => {
  const sql = client(url, 1)
  try {
    await sql`select pg_advisory_lock(hashtext('migrate'))`
    await migrate(drizzle({ client: sql, casing: 'snake_case' }), {
      migrationsFolder: join(import.meta.dirname, '..', service, 'migrations'),
      migrationsSchema: 'drizzle',
      migrationsTable: `${service.replaceAll('-', '_')}_migrations`,
    })
  } finally {
    await sql.end({ timeout: 5 })
  }
}

/**
 * Ids as one array: one statement for any number of them, and a plan that looks each of them up, which
 * a join with rows of unknown number does not promise.
 */
export const uuidArray = (ids: readonly string[]): SQL => statement`${`{${ids.join(',')}}`}::uuid[]`

/** The same for texts. */
export const textArray = (texts: readonly string[]): SQL =>
  statement`${`{${texts.map((text) => `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`).join(',')}}`}::text[]`

/** The same for whole numbers. */
export const bigintArray = (numbers: readonly (bigint | number)[]): SQL =>
  statement`${`{${numbers.join(',')}}`}::bigint[]`

interface PostgresError {
  code: string
  constraint_name?: string
}

const postgresError = (error: unknown): PostgresError | undefined => {
  const candidate = error instanceof Error && error.cause ? error.cause : error
  return typeof candidate === 'object' && candidate !== null && 'code' in candidate
    ? (candidate as PostgresError)
    : undefined
}

/** Whether the database refused the row because of that named unique constraint or index. */
export const violatesUnique = (error: unknown, constraint: string): boolean => {
  const found = postgresError(error)
  return found?.code === '23505' && found.constraint_name === constraint
}

/** The SQLSTATE of a database error; the message is never logged, since it holds the parameters. */
export const sqlState = (error: unknown): string | undefined => postgresError(error)?.code
