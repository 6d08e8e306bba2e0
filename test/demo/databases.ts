import postgres from 'postgres'
import { migrateDatabase, type ServiceName, sqlState } from '#shared/database.ts'
import { StartError } from '#shared/service-process.ts'
import { startEmbeddedPostgres } from './embedded-postgres.ts'
import { databaseVariables, type DemoSettings, serviceNames } from './settings.ts'

export interface DemoDatabases {
  urls: Record<ServiceName, string>
  /** Whether the demo world is still to be made. */
  isNew: boolean
  /** Remembers, in the claim server's database, that the world is whole. */
  worldIsMade(): Promise<void>
  stop(): Promise<void>
}

const oldestVersion = 15

const withConnection = async <Result>(
  url: string,
  use: (sql: postgres.Sql) => Promise<Result>,
): Promise<Result> => {
  const sql = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => {} })
  try {
    return await use(sql)
  } finally {
    await sql.end({ timeout: 1 })
  }
}

const reasons: Record<string, string> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'there is no such host',
  CONNECT_TIMEOUT: 'it does not answer',
  '28P01': 'it refuses the user or the password',
  '28000': 'it refuses the user',
  '3D000': 'it has no such database',
}

const refuseUnusable = async (service: ServiceName, url: string) => {
  const variable = databaseVariables[service]
  const { host, pathname } = new URL(url)
  let version: number
  try {
    version = await withConnection(url, async (sql) => {
      const [row] = await sql`select current_setting('server_version_num')::int / 10000 as version`
      return row?.version as number
    })
  } catch (error) {
    const code = sqlState(error) ?? ''
    throw new StartError(
      `${variable}: the database ${host}${pathname} can't be used: ${reasons[code] ?? code}.`,
    )
  }
  if (version < oldestVersion) {
    throw new StartError(
      `${variable}: ${host} is PostgreSQL ${version}, and ${oldestVersion} is the oldest that works.`,
    )
  }
}

type WorldState = 'none' | 'half made' | 'made' | 'not ours'

const readWorldState = (url: string): Promise<WorldState> =>
  withConnection(url, async (sql) => {
    const [found] = await sql`
      select to_regclass('demo.world') is not null as marked,
             to_regnamespace('claim_server') is not null as used`
    if (found?.marked) {
      const [world] = await sql`select made_at from demo.world`
      return world?.made_at ? 'made' : 'half made'
    }
    return found?.used ? 'not ours' : 'none'
  })

/** Marked before the first migration, so that a start that is killed half-way is seen by the next. */
const beginWorld = (url: string) =>
  withConnection(url, async (sql) => {
    await sql`create schema demo`
    await sql`create table demo.world (made_at timestamptz)`
    await sql`insert into demo.world values (null)`
  })

const endWorld = (url: string) =>
  withConnection(url, async (sql) => {
    await sql`update demo.world set made_at = now()`
  })

const openGiven = async (urls: Record<ServiceName, string>) => {
  for (const service of serviceNames) await refuseUnusable(service, urls[service])
  const recreateDatabases = async () => {
    throw new StartError(
      `The demo world in ${databaseVariables['claim-server']} is half made: empty the three databases and start again.`,
    )
  }
  return { urls, recreateDatabases, stop: async () => {} }
}

/** The three databases, given or embedded, migrated; tells whether they still lack the demo world. */
export const openDatabases = async (settings: DemoSettings): Promise<DemoDatabases> => {
  const server = settings.givenDatabases
    ? await openGiven(settings.givenDatabases)
    : await startEmbeddedPostgres(settings.dataFolder)
  try {
    const { urls } = server
    let state = await readWorldState(urls['claim-server'])
    if (state === 'half made') {
      await server.recreateDatabases()
      state = 'none'
    }
    if (state === 'none') await beginWorld(urls['claim-server'])
    await Promise.all(serviceNames.map((service) => migrateDatabase(urls[service], service)))
    return {
      urls,
      isNew: state === 'none',
      worldIsMade: () => endWorld(urls['claim-server']),
      stop: server.stop,
    }
  } catch (error) {
    await server.stop()
    throw error
  }
}
