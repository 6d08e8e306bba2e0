import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isRunning } from '../support/postgres-server.ts'
import { type Cluster, startCluster } from './cluster.ts'

/** What outlasts one system: the run's folder and its PostgreSQL. */
export interface RunPlace {
  folder: string
  cluster: Cluster
  close(): Promise<void>
}

/** A runner that was itself killed leaves its folder; its PostgreSQL ends when that has gone. */
const removeLeftovers = (prefix: string) => {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(prefix))) {
    const folder = join(tmpdir(), name)
    let pid: number
    try {
      pid = Number(readFileSync(join(folder, 'runner.pid'), 'utf8'))
    } catch {
      continue
    }
    if (!isRunning(pid)) rmSync(folder, { recursive: true, force: true })
  }
}

export const openRunPlace = async ({
  name = 'faults',
  settings = {},
}: {
  name?: string
  /** Of PostgreSQL, over the runner's own. */
  settings?: Record<string, string>
} = {}): Promise<RunPlace> => {
  const prefix = `claimbook-${name}-`
  removeLeftovers(prefix)
  const folder = mkdtempSync(join(tmpdir(), prefix))
  writeFileSync(join(folder, 'runner.pid'), String(process.pid))
  const cluster = await startCluster(folder, settings)
  return {
    folder,
    cluster,
    close: async () => {
      await cluster.stop()
      // A run that was stopped has processes that write until they have heard of it.
      rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
    },
  }
}
