import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { RunPlace } from '../../faults/run-place.ts'
import { openConnection } from '../load/connection.ts'
import {
  logLinePrefix,
  readStatements,
  type Transaction,
  toTransactions,
  withoutIdle,
} from './read-log.ts'

const idleMs = 4000
/** Until the last answer's statements are in the log. */
const settledMs = 300

const logAll = async ({ cluster }: RunPlace, on: boolean): Promise<void> => {
  const settings = { log_line_prefix: `'${logLinePrefix}'`, log_statement: "'all'" }
  for (const [name, value] of Object.entries(settings))
    await cluster.run(on ? `alter system set ${name} = ${value}` : `alter system reset ${name}`)
  await cluster.run('select pg_reload_conf()')
}

/**
 * What the services ask PostgreSQL for while each of these requests is answered, one after the other,
 * without what their workers ask for anyway.
 */
export const captureTransactions = async (
  place: RunPlace,
  port: number,
  requests: readonly string[],
): Promise<Transaction[][]> => {
  const logFile = join(place.folder, 'postgres', 'log')
  const logFrom = (at: number) => readFileSync(logFile).subarray(at).toString()
  const connection = await openConnection(port)
  await logAll(place, true)
  try {
    const idleFrom = statSync(logFile).size
    await sleep(idleMs)
    const idle = new Set(readStatements(logFrom(idleFrom)).map(({ text }) => text))
    const captured: Transaction[][] = []
    for (const request of requests) {
      const from = statSync(logFile).size
      const { status, head } = await connection.send(Buffer.from(request))
      if (status !== 303) throw new Error(`the payment to watch was answered: ${head}`)
      await sleep(settledMs)
      captured.push(withoutIdle(toTransactions(readStatements(logFrom(from))), idle))
    }
    return captured
  } finally {
    await logAll(place, false)
    connection.close()
  }
}
