import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freePort, readPidFile, stopServer } from '../support/postgres-server.ts'
import { portVariables } from './settings.ts'

const project = join(import.meta.dirname, '..', '..')
const aStart = 240_000

let folder = ''
let ports: Record<string, string> = {}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'claimbook-start-'))
  chmodSync(folder, 0o755)
  const variables = Object.values(portVariables)
  const free = await Promise.all(variables.map(freePort))
  ports = Object.fromEntries(variables.map((name, index) => [name, String(free[index])]))
})
afterAll(async () => {
  await stopServer(join(folder, 'postgres/data'))
  rmSync(folder, { recursive: true, force: true })
})

interface Start {
  process: ChildProcess
  printed(): string
  /** Resolves when that text is printed, fails when the start ends before. */
  says(text: string): Promise<void>
  ended: Promise<number | null>
}

const start = (args: string[] = [], env: Record<string, string> = {}): Start => {
  const child = spawn(process.execPath, ['--import', 'tsx', 'test/demo/start.ts', ...args], {
    cwd: project,
    env: { ...process.env, ...ports, DATA_DIR: folder, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      printed += text
    })
  }
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  return {
    process: child,
    printed: () => printed,
    says: (text) =>
      new Promise((resolve, reject) => {
        child.stdout.on('data', () => {
          if (printed.includes(text)) resolve()
        })
        void ended.then(() => reject(new Error(`npm start ended, having said: ${printed}`)))
      }),
    ended,
  }
}

const stop = async ({ process, ended }: Start) => {
  process.kill('SIGINT')
  return ended
}

const isAnswered = async (variable: string, path = '/') => {
  const response = await fetch(`http://127.0.0.1:${ports[variable]}${path}`)
  await response.body?.cancel()
  return response.ok
}

const running = 'Claimbook is running.'
const makingWorld = 'Making the demo world'

/** The tests of this group are one story, told in order. */
describe('npm start', { timeout: aStart }, () => {
  let demo: Start

  test('makes the demo world and says where everything is and who can sign in', async () => {
    demo = start()
    await demo.says('begins anew')
    expect(demo.printed()).toContain(makingWorld)
    expect(demo.printed()).toMatch(/Bank portal +http:\/\/127\.0\.0\.1:\d+\n/)
    expect(demo.printed()).toMatch(/password \S+\n/)
    for (const page of ['BANK_PORTAL_PORT', 'SHOP_PORT', 'INBOX_PORT']) {
      expect(await isAnswered(page), page).toBe(true)
    }
  })

  test('is refused in one line while another runs on the same data', async () => {
    const second = start()
    expect(await second.ended).toBe(1)
    expect(second.printed()).toMatch(/^npm start is running already on .+\n$/)
  })

  test('stops everything on Ctrl-C', async () => {
    expect(await stop(demo), demo.printed()).toBe(0)
    expect(readPidFile(join(folder, 'postgres/data'))).toBeUndefined()
    for (const variable of Object.keys(ports)) {
      await expect(isAnswered(variable), variable).rejects.toThrow('fetch failed')
    }
  })

  test('finds its world again', async () => {
    demo = start()
    await demo.says(running)
    expect(demo.printed()).not.toContain(makingWorld)
  })

  test.runIf(process.platform === 'linux')(
    'works by itself after a kill -9 of everything',
    async () => {
      const supervisor = demo.process.pid as number
      const services = readFileSync(`/proc/${supervisor}/task/${supervisor}/children`, 'utf8')
      const database = readPidFile(join(folder, 'postgres/data'))
      for (const pid of [supervisor, ...services.trim().split(' '), database?.pid]) {
        if (Number(pid)) process.kill(Number(pid), 'SIGKILL')
      }
      await demo.ended
      demo = start()
      await demo.says(running)
      expect(demo.printed()).not.toContain(makingWorld)
    },
  )

  test('with --fresh begins anew, and can be stopped half-way', async () => {
    await stop(demo)
    demo = start(['--fresh'])
    await demo.says(makingWorld)
    expect(await stop(demo), demo.printed()).toBe(0)
  })
})

test('a start that can’t be is one line that names the variable, and exit code 1', async () => {
  const refused = start([], { SHOP_PORT: 'abc' })
  expect(await refused.ended).toBe(1)
  expect(refused.printed()).toMatch(/^SHOP_PORT can't be used: .+\n$/)
})

test('a setting that only a service knows is named as well', { timeout: aStart }, async () => {
  const refused = start(['--fresh'], { PROVISIONAL_MINUTES: 'soon' })
  expect(await refused.ended).toBe(1)
  expect(refused.printed()).toMatch(/^claim-server: PROVISIONAL_MINUTES can't be used: .+\n$/)
})
