import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import postgres from 'postgres'
import type { Cluster } from '../../faults/cluster.ts'
import type { Measured } from '../figures/report.ts'
import { runPgbench } from './pgbench.ts'

const folder = join(import.meta.dirname, 'sql')
const database = 'double_entry'

export interface Ledger {
  payers: number
  payees: number
}

/** A plain double-entry function on the run's server, with as many accounts as ours has. */
export const makeDoubleEntry = async (cluster: Cluster, { payers, payees }: Ledger) => {
  await cluster.run(`drop database if exists ${database} with (force)`)
  await cluster.run(`create database ${database}`)
  const sql = postgres(cluster.urlOf(database), { max: 1, onnotice: () => {} })
  try {
    await sql.unsafe(readFileSync(join(folder, 'double-entry.sql'), 'utf8'))
    await sql`
      insert into accounts
      select account, case when account between 1 and ${payers} then 1000000000000 else 0 end, account > 0
      from generate_series(0, ${payers + payees}) as account`
    await sql.unsafe('vacuum analyze')
  } finally {
    await sql.end()
  }
}

/** Its payments, called by pgbench. */
export const runDoubleEntry = async (
  cluster: Cluster,
  { payers, payees }: Ledger,
  { clients, seconds }: { clients: number; seconds: number },
): Promise<Measured> => {
  await cluster.run('checkpoint')
  return runPgbench(cluster, {
    clients,
    until: { seconds },
    database,
    threads: 2,
    scripts: [join(folder, 'double-entry.pgbench')],
    variables: { payers, payees },
  })
}
