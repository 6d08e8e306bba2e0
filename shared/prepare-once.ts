import { type Placeholder, sql } from 'drizzle-orm'
import type { Database } from './database.ts'

interface Prepared<Rows> {
  execute(values: Record<string, unknown>): Promise<Rows>
}

/** Names a value that is to come. */
export type ValueOf<Values> = (name: keyof Values & string) => Placeholder

/**
 * A query whose text is made once for each database, with named values to come: of what a customer's
 * list cost the claim server, drizzle's making of the same texts was a quarter. For queries outside
 * transactions; values go to the driver as they are.
 */
export const prepareOnce = <Values extends Record<string, unknown>, Rows>(
  build: (db: Database, value: ValueOf<Values>) => { prepare(name: string): Prepared<Rows> },
): ((db: Database, values: Values) => Promise<Rows>) => {
  const prepared = new WeakMap<Database, Prepared<Rows>>()
  const make = (db: Database) => {
    const query = build(db, (name) => sql.placeholder(name)).prepare('once')
    prepared.set(db, query)
    return query
  }
  return (db, values) => (prepared.get(db) ?? make(db)).execute(values)
}
