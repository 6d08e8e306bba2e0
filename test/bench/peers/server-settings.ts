import postgres from 'postgres'
import type { Cluster } from '../../faults/cluster.ts'

/** What the run's PostgreSQL has over its own defaults: room for both sides, every commit flushed. */
export const serverSettings = ({
  withStatements,
}: {
  withStatements: boolean
}): Record<string, string> => ({
  shared_buffers: '512MB',
  max_wal_size: '4GB',
  checkpoint_timeout: '30min',
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  track_commit_timestamp: 'off',
  ...(withStatements
    ? {
        shared_preload_libraries: 'pg_stat_statements',
        'pg_stat_statements.track_planning': 'on',
      }
    : {}),
})

const told = [
  'server_version',
  'fsync',
  'synchronous_commit',
  'full_page_writes',
  'wal_sync_method',
  'shared_buffers',
  'max_wal_size',
  'checkpoint_timeout',
  'max_connections',
  'shared_preload_libraries',
]

/** The settings as the server has them: the same for ours and for the peer. */
export const readServerSettings = async (cluster: Cluster): Promise<Record<string, string>> => {
  const sql = postgres(cluster.urlOf('postgres'), { max: 1, onnotice: () => {} })
  try {
    const rows = await sql<{ name: string; setting: string }[]>`
      select name, current_setting(name) as setting from pg_settings where name in ${sql(told)}`
    return Object.fromEntries(rows.map(({ name, setting }) => [name, setting]))
  } finally {
    await sql.end()
  }
}
