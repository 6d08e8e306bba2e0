import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { cpuSecondsOf } from '../figures/process-use.ts'
import { own } from '../own-children.ts'
import type { Driven } from './run-callers.ts'

export interface LoadRun extends Driven {
  /** Of the load's own process. */
  cpuSeconds: number
}

/** Those who ask the services for something, all at once: a process of its own. */
export interface Load<Order> {
  /** `measure` runs just before the first request and just after the last answer. */
  run(order: Order, measure: { before(): void; after(): void }): Promise<LoadRun>
  stop(): void
}

const nextMessage = async (child: ChildProcess): Promise<unknown> => {
  const ended = new AbortController()
  const exit = () => ended.abort()
  child.once('exit', exit)
  try {
    const [message] = await once(child, 'message', { signal: ended.signal })
    return message
  } catch (error) {
    throw ended.signal.aborted ? new Error('the load’s process has ended') : error
  } finally {
    child.off('exit', exit)
  }
}

/** Starts one of the programs beside this file. */
export const startLoad = async <Order extends object>(program: string): Promise<Load<Order>> => {
  const args = ['--import', 'tsx', join(import.meta.dirname, program)]
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    serialization: 'advanced',
  })
  own(child)
  await nextMessage(child)
  const pid = child.pid ?? 0
  return {
    async run(order, measure) {
      child.send(order)
      await nextMessage(child)
      const cpuBefore = cpuSecondsOf(pid)
      measure.before()
      child.send('begin')
      const driven = (await nextMessage(child)) as Driven
      measure.after()
      if (driven.unexpected) throw new Error(`under load: ${driven.unexpected}`)
      return { ...driven, cpuSeconds: cpuSecondsOf(pid) - cpuBefore }
    },
    stop: () => {
      child.kill()
    },
  }
}
