import { readFileSync } from 'node:fs'
import { readFrames, type SourceLines, verbOf } from './label-of-stack.ts'

/** What the runner tells a process: die when this point is reached for the nth time from now on. */
export interface Arm {
  arm: { point: string; nth: number } | null
}

/** What a process tells the runner. */
/** `ageMs`: how long the process had run when it first passed the point. */
export type Told = { ready: true } | { reached: string; ageMs: number }

export interface Points {
  /** Passes a labelled point, or dies there at once. */
  reach(label: string): void
  /** The verb that is at work here, for a label. */
  verb(options?: { withFunction?: boolean }): string
}

/** The points of a process that the runner has started: it listens to the runner by IPC. */
export const openPoints = (sourcesFile: string): Points => {
  Error.stackTraceLimit = 40
  const sources = JSON.parse(readFileSync(sourcesFile, 'utf8')) as SourceLines
  const told = new Set<string>()
  const born = process.env.FAULTS_BORN_WITH
  let armed = born ? (JSON.parse(born) as Arm).arm : null
  process.on('message', (message: Arm) => {
    armed = message.arm
  })
  return {
    reach(label) {
      if (!told.has(label)) {
        told.add(label)
        process.send?.({ reached: label, ageMs: process.uptime() * 1000 } satisfies Told)
      }
      if (armed?.point !== label) return
      armed.nth--
      if (armed.nth <= 0) process.kill(process.pid, 'SIGKILL')
    },
    verb: (options) => verbOf(readFrames(new Error().stack ?? '', sources), options),
  }
}
