import type { Fleet } from './fleet.ts'
import type { Doubt, RunReport } from './report.ts'
import type { System } from './system.ts'

interface Decided {
  status: string
  ms: number
}

const summarise = (times: readonly number[]): Doubt => {
  const sorted = times.toSorted((a, b) => a - b)
  const at = (share: number) =>
    Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0)
  return { payments: sorted.length, p50Ms: at(0.5), p99Ms: at(0.99), mostMs: at(1) }
}

/** How long the payments were in doubt that the resolver had to ask for, by PostgreSQL's own commit times. */
export const measureDoubt = async ({ sql }: Pick<System, 'sql'>): Promise<RunReport['doubt']> => {
  const rows = await sql.claims<Decided[]>`
    select status,
      (extract(epoch from pg_xact_commit_timestamp(xmin) - created_at) * 1000)::float8 as ms
    from claim_server.payments where status <> 'paying' and times_asked > 0`
  const timesOf = (isExecuted: boolean) =>
    rows.filter((row) => (row.status === 'executed') === isExecuted).map((row) => row.ms)
  return { executed: summarise(timesOf(true)), notExecuted: summarise(timesOf(false)) }
}

export const countKills = ({ deaths }: Pick<Fleet, 'deaths'>): RunReport['kills'] => {
  const byPoint: Record<string, number> = {}
  for (const { point } of deaths) if (point) byPoint[point] = (byPoint[point] ?? 0) + 1
  return {
    random: deaths.filter((death) => !death.point).length,
    byPoint: Object.fromEntries(Object.entries(byPoint).sort(([a], [b]) => (a < b ? -1 : 1))),
  }
}

/** Totals of both databases and of the mail server. */
export const countTotals = async ({
  sql,
  mails,
}: Pick<System, 'sql' | 'mails'>): Promise<Record<string, number>> => {
  const [claims] = await sql.claims<[Record<string, number>]>`
    select
      (select count(*)::int from claim_server.payments) as "payments",
      (select count(*)::int from claim_server.payments where status = 'executed') as "executed",
      (select count(*)::int from claim_server.payments where status = 'refused') as "refused",
      (select count(*)::int from claim_server.payments where status = 'voided') as "voided",
      (select count(*)::int from claim_server.claims where status = 'settled') as "settled claims",
      (select count(*)::int from claim_server.claims where status = 'expired') as "expired claims",
      (select count(*)::int from claim_server.claims where status = 'cancelled') as "cancelled claims",
      (select count(*)::int from claim_server.exceptions) as "exceptions"`
  return {
    ...claims,
    'mails accepted': mails.accepted.size,
    'duplicate SMTP accepts': mails.duplicates(),
  }
}
