import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Sql } from 'postgres'
import type { BenchBank } from './start-bank.ts'

interface Statement {
  calls: bigint
  total_ms: number
  mean_ms: number
  plans: bigint
  planning_ms: number
  query: string
}

const readStatements = (sql: Sql) => sql<Statement[]>`
  select calls, total_exec_time as total_ms, mean_exec_time as mean_ms,
    plans, total_plan_time as planning_ms, query
  from bench.pg_stat_statements
  where dbid = (select oid from pg_database where datname = current_database())
  order by total_exec_time + total_plan_time desc
  limit 60`

const makeExtension =
  'create schema if not exists bench; create extension if not exists pg_stat_statements schema bench'

/** What was asked until now counts no more: warming up, and the filling of tables. */
export const forgetStatements = async ({ sql }: Pick<BenchBank, 'sql'>): Promise<void> => {
  await sql.claims.unsafe(makeExtension)
  await sql.claims`select bench.pg_stat_statements_reset()`
}

/** What PostgreSQL was asked most of its time in the last measured run, by database. */
export const writeStatements = async ({ sql }: BenchBank, folder: string): Promise<void> => {
  const files = { 'core-banking': sql.core, 'claim-server': sql.claims, 'bank-portal': sql.portal }
  for (const [name, database] of Object.entries(files)) {
    await database.unsafe(makeExtension)
    const rows = await readStatements(database)
    const lines = rows.map(
      ({ calls, total_ms, mean_ms, plans, planning_ms, query }) =>
        `${calls} calls, ${total_ms.toFixed(0)} ms, ${mean_ms.toFixed(3)} ms each, planned ${plans} times in ${planning_ms.toFixed(0)} ms\n${query}\n`,
    )
    writeFileSync(join(folder, `${name}.statements.txt`), lines.join('\n'))
  }
}
