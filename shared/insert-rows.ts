import { getTableColumns, sql } from 'drizzle-orm'
import { toSnakeCase } from 'drizzle-orm/casing'
import type { PgTable } from 'drizzle-orm/pg-core'
import type { Transaction } from './database.ts'
import { toJson } from './json.ts'

/** A row as `insert().values()` takes it, with values alone: no SQL in it. */
type Row<Table extends PgTable> = Table['$inferInsert']

const byText = (one: string, other: string) => (one < other ? -1 : 1)

const toColumns = (columns: ReadonlySet<string>, row: object) =>
  Object.fromEntries(
    Object.entries(row).flatMap(([key, value]) =>
      columns.has(key) && value !== undefined ? [[toSnakeCase(key), value]] : [],
    ),
  )

/**
 * Inserts rows that all have the same columns, by one statement that reads the same for any number of
 * them: `values (...), (...)` is another for each number, which is built, parsed and planned anew.
 */
export const insertRows = async <Table extends PgTable>(
  tx: Transaction,
  table: Table,
  rows: readonly Row<Table>[],
): Promise<void> => {
  const [first] = rows
  if (!first) return
  const known = new Set(Object.keys(getTableColumns(table)))
  const given = rows.map((row) => toColumns(known, row))
  const [columns = '', ...others] = new Set(
    given.map((row) => Object.keys(row).toSorted(byText).join()),
  )
  if (others.length > 0) throw new TypeError('rows of different columns')
  const names = sql.raw(
    columns
      .split(',')
      .map((name) => `"${name}"`)
      .join(', '),
  )
  await tx.execute(sql`
    insert into ${table} (${names})
    select ${names} from jsonb_populate_recordset(null::${table}, ${toJson(given)}::jsonb)`)
}
