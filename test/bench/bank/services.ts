import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { own } from '../own-children.ts'

export interface ProgramToStart {
  name: string
  /** The built program. */
  program: string
  port: number
  environment: Record<string, string>
  logFolder: string
  /** Where the process writes its CPU profile when it ends. */
  profileFolder?: string | undefined
}

export interface StartedProgram {
  name: string
  pid: number
  /** From the start of the process to its first answer. */
  firstAnswerMs: number
  /** Ends it as an operator would. */
  stop(): Promise<void>
}

const longestStartMs = 30_000
const longestStopMs = 25_000

const answers = async (url: string): Promise<boolean> => {
  try {
    return (await fetch(url)).ok
  } catch {
    return false
  }
}

const hasEnded = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null

/** Starts a program as production does: one process from its built file. Resolves with its first answer. */
export const startProgram = async (wanted: ProgramToStart): Promise<StartedProgram> => {
  const { name, program, port, environment, logFolder, profileFolder } = wanted
  mkdirSync(logFolder, { recursive: true })
  const logFile = join(logFolder, `${name}.log`)
  const log = openSync(logFile, 'a')
  const profile = profileFolder
    ? ['--cpu-prof', `--cpu-prof-dir=${profileFolder}`, `--cpu-prof-name=${name}.cpuprofile`]
    : []
  const startedAt = performance.now()
  const child = spawn(process.execPath, [...profile, program], {
    env: { PATH: process.env.PATH, ...environment },
    stdio: ['ignore', log, log],
    // Ctrl-C reaches the bench alone, which then ends the processes before their database.
    detached: true,
  })
  closeSync(log)
  own(child)
  const ended = new Promise<void>((end) => child.once('exit', () => end()))
  const url = `http://127.0.0.1:${port}/health/ready`
  while (!(await answers(url))) {
    if (hasEnded(child) || performance.now() - startedAt > longestStartMs) {
      child.kill('SIGKILL')
      throw new Error(`${name} did not start:\n${readFileSync(logFile, 'utf8').slice(-2000)}`)
    }
    await sleep(5)
  }
  return {
    name,
    pid: child.pid ?? 0,
    firstAnswerMs: performance.now() - startedAt,
    stop: async () => {
      child.kill('SIGTERM')
      const late = setTimeout(() => child.kill('SIGKILL'), longestStopMs)
      await ended
      clearTimeout(late)
    },
  }
}
