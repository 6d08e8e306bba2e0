import { randomBytes } from 'node:crypto'
import { chownSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ChildProcess } from 'node:child_process'
import postgres from 'postgres'
import {
  findOwner,
  freePort,
  initCluster,
  makeDataFolder,
  spawnServer,
  stopServer,
  waitUntilUp,
} from '../support/postgres-server.ts'

/** A PostgreSQL of the run's own. It flushes every commit, as in production. */
export interface Cluster {
  urlOf(database: string): string
  /** Of the server, whose children are its backends. */
  pid(): number
  /** kill -9 of the server, and a start on what is on the disk. */
  crash(): Promise<void>
  run(statement: string): Promise<void>
  stop(): Promise<void>
}

const settings = {
  max_connections: '300',
  // Tells to the microsecond when a payment was decided.
  track_commit_timestamp: 'on',
}

const mostTries = 100

const hasEnded = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null

export const startCluster = async (
  runFolder: string,
  more: Record<string, string> = {},
): Promise<Cluster> => {
  const owner = findOwner()
  const folder = join(runFolder, 'postgres')
  makeDataFolder(folder, owner)
  const password = randomBytes(12).toString('base64url')
  const passwordFile = join(folder, 'password')
  writeFileSync(passwordFile, password, { mode: 0o600 })
  if (owner.uid !== undefined && owner.gid !== undefined)
    chownSync(passwordFile, owner.uid, owner.gid)
  const data = join(folder, 'data')
  const logFile = join(folder, 'log')
  await initCluster({ data, superuser: 'faults', passwordFile, owner, flags: ['--no-sync'] })
  const port = await freePort()
  const urlOf = (database: string) => `postgres://faults:${password}@127.0.0.1:${port}/${database}`

  const start = async (): Promise<ChildProcess> => {
    // After kill -9 its children hold the memory until they notice: try again.
    for (let tries = 0; tries < mostTries; tries++) {
      const child = await spawnServer({
        data,
        port,
        owner,
        logFile,
        settings: { ...settings, ...more },
      })
      if (await waitUntilUp(child, urlOf('postgres'))) return child
      await sleep(50)
    }
    throw new Error(`PostgreSQL did not start:\n${readFileSync(logFile, 'utf8').slice(-2000)}`)
  }

  let server = await start()
  return {
    urlOf,
    pid: () => server.pid ?? 0,
    crash: async () => {
      server.kill('SIGKILL')
      while (!hasEnded(server)) await sleep(5)
      server = await start()
    },
    run: async (statement) => {
      const sql = postgres(urlOf('postgres'), { max: 1, onnotice: () => {} })
      try {
        await sql.unsafe(statement)
      } finally {
        await sql.end()
      }
    },
    stop: () => stopServer(data),
  }
}
