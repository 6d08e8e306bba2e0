import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { cpuSecondsOf } from '../figures/process-use.ts'
import type { Driven } from './drive.ts'
import type { Order } from './load.main.ts'

export interface LoadRun extends Driven {
  /** Of the load's own process. */
  cpuSeconds: number
}

/** The customers' browsers: a process of its own. */
export interface Load {
  pid: number
  /** `measure` runs just before the first request and just after the last answer. */
  run(order: Order, measure?: { before(): void; after(): void }): Promise<LoadRun>
  stop(): void
}

const nextMessage = async (child: ChildProcess): Promise<unknown> => {
  const ended = new AbortController()
  const exit = () => ended.abort(new Error('the load’s process has ended'))
  child.once('exit', exit)
  try {
    const [message] = await once(child, 'message', { signal: ended.signal })
    return message
  } finally {
    child.off('exit', exit)
  }
}

export const startLoad = async (): Promise<Load> => {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', join(import.meta.dirname, 'load.main.ts')],
    {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      serialization: 'advanced',
    },
  )
  await nextMessage(child)
  const pid = child.pid ?? 0
  return {
    pid,
    async run(order, measure) {
      child.send(order)
      await nextMessage(child)
      const cpuBefore = cpuSecondsOf(pid)
      measure?.before()
      child.send('begin')
      const driven = (await nextMessage(child)) as Driven
      measure?.after()
      if (driven.unexpected)
        throw new Error(`an answer under load was not ${order.status}: ${driven.unexpected}`)
      return { ...driven, cpuSeconds: cpuSecondsOf(pid) - cpuBefore }
    },
    stop: () => {
      child.kill()
    },
  }
}
