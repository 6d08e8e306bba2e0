import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { StartError } from '#shared/service-process.ts'

const project = join(import.meta.dirname, '..', '..')
const followSupervisor = join(import.meta.dirname, 'follow-supervisor.ts')

export interface Program {
  name: string
  /** Path of the file that Node runs. */
  main: string
  environment: Record<string, string>
  /** Answers 200 once the process can do its work. */
  readyUrl: string
  logFile: string
}

const secondsToGetReady = 30
const secondsToStop = 10
const mostRestarts = 5

const launch = ({ main, environment, logFile }: Program): ChildProcess => {
  const log = openSync(logFile, 'a')
  const child = spawn(process.execPath, ['--import', followSupervisor, main], {
    cwd: project,
    env: { ...process.env, ...environment },
    stdio: ['ignore', log, log, 'ipc'],
    // Ctrl-C reaches the supervisor alone, which then stops the processes before their database.
    detached: true,
  })
  closeSync(log)
  return child
}

const hasEnded = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null

const untilEnded = (child: ChildProcess) =>
  new Promise<void>((ended) => {
    if (hasEnded(child)) ended()
    else child.once('exit', () => ended())
  })

/** Why a process did not start, in one line: the sentence it ended with, or the error that it crashed with. */
const lastWords = (logFile: string) => {
  const sentences = readFileSync(logFile, 'utf8')
    .split('\n')
    .filter((line) => line.trim() && !/^([{ ]|Node\.js v)/.test(line))
  return sentences.findLast((line) => line.includes('Error')) ?? sentences.at(-1)
}

const isReady = async (url: string) => {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2000) })
    await response.body?.cancel()
    return response.ok
  } catch {
    return false
  }
}

const waitUntilReady = async (program: Program, child: ChildProcess) => {
  const { name, readyUrl, logFile } = program
  const giveUp = Date.now() + secondsToGetReady * 1000
  while (!(await isReady(readyUrl))) {
    if (hasEnded(child)) throw new StartError(`${name}: ${lastWords(logFile) ?? `see ${logFile}`}`)
    if (Date.now() > giveUp) {
      throw new StartError(`${name} did not get ready at ${readyUrl}: see ${logFile}`)
    }
    await sleep(50)
  }
}

const stop = async (child: ChildProcess) => {
  child.kill('SIGTERM')
  await Promise.race([untilEnded(child), sleep(secondsToStop * 1000, undefined, { ref: false })])
  child.kill('SIGKILL')
  await untilEnded(child)
}

export interface Processes {
  /** Starts a process and waits until it is ready; throws what it said when it ends instead. */
  start(program: Program): Promise<void>
  /** Settles, with an error, when a process has ended too often to be started again. */
  gaveUp: Promise<never>
  stopAll(): Promise<void>
}

/** Keeps processes running: one that dies, of a kill -9 say, is started again. */
export const superviseProcesses = (say: (line: string) => void): Processes => {
  const running = new Map<string, ChildProcess>()
  const { promise: gaveUp, reject: giveUp } = Promise.withResolvers<never>()
  gaveUp.catch(() => {}) // Heard by whoever waits for it, if anybody does by then.
  let stopping = false

  const begin = (program: Program) => {
    const child = launch(program)
    running.set(program.name, child)
    return child
  }

  const keepRunning = (program: Program, child: ChildProcess, restarts: number) => {
    child.once('exit', (code, signal) => {
      if (stopping) return
      if (restarts === mostRestarts) {
        giveUp(new StartError(`${program.name} ended ${restarts} times: see ${program.logFile}`))
        return
      }
      say(`${program.name} ended (${signal ?? `exit code ${code}`}) and is started again.`)
      keepRunning(program, begin(program), restarts + 1)
    })
  }

  return {
    start: async (program) => {
      const child = begin(program)
      await waitUntilReady(program, child)
      keepRunning(program, child, 0)
    },
    gaveUp,
    stopAll: async () => {
      stopping = true
      await Promise.all([...running.values()].map(stop))
    },
  }
}
