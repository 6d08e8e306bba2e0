import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { StartError } from '#shared/service-process.ts'
import { isRunning } from '../support/postgres-server.ts'
import { type DemoSettings, portVariables } from './settings.ts'

type Listener = keyof typeof portVariables

const errorOnListening = (host: string, port: number) =>
  new Promise<string | undefined>((done) => {
    const probe = createServer()
    probe.once('error', (error: NodeJS.ErrnoException) => done(error.code ?? error.message))
    probe.listen({ host, port, exclusive: true }, () => probe.close(() => done(undefined)))
  })

/**
 * Looks at every port before anything is started, and names the variable that moves a taken one.
 * Processes of a start that was killed may take `patienceSeconds` to end.
 */
export const refuseTakenPorts = async (
  { host, ports }: DemoSettings,
  patienceSeconds: number,
): Promise<void> => {
  const giveUp = Date.now() + patienceSeconds * 1000
  for (const listener of Object.keys(ports) as Listener[]) {
    const port = ports[listener]
    const variable = portVariables[listener]
    let error = await errorOnListening(host, port)
    while (error === 'EADDRINUSE' && Date.now() < giveUp) {
      await sleep(100)
      error = await errorOnListening(host, port)
    }
    if (error === 'EADDRINUSE') {
      throw new StartError(
        `Port ${port} is taken: stop the program that listens there, or set ${variable} to another port.`,
      )
    }
    if (error === 'EACCES') {
      throw new StartError(`Port ${port} is not allowed to this user: set ${variable} to another.`)
    }
    if (error) throw new StartError(`HOST ${host} is no address of this machine (${error}).`)
  }
}

/** Whether that process is an `npm start` rather than one that got its number after a kill -9. */
const isStart = (pid: number) => {
  if (!isRunning(pid)) return false
  const commandLine = `/proc/${pid}/cmdline`
  return !existsSync(commandLine) || readFileSync(commandLine, 'utf8').includes('demo/start')
}

interface TakenFolder {
  /** The start before this one had no time to give the folder free. */
  wasKilled: boolean
  release(): void
}

/** Keeps a second `npm start` off the same data. */
export const takeDataFolder = ({ dataFolder }: DemoSettings): TakenFolder => {
  const file = join(dataFolder, 'start.pid')
  try {
    mkdirSync(dataFolder, { recursive: true })
    const holder = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0
    if (holder && isStart(holder)) {
      throw new StartError(
        `npm start is running already on ${dataFolder} (process ${holder}): stop it, or set DATA_DIR to another folder.`,
      )
    }
    writeFileSync(file, String(process.pid))
    return { wasKilled: holder !== 0, release: () => rmSync(file, { force: true }) }
  } catch (error) {
    if (error instanceof StartError) throw error
    const { code } = error as NodeJS.ErrnoException
    throw new StartError(`DATA_DIR ${dataFolder} can't be written (${code}).`)
  }
}
