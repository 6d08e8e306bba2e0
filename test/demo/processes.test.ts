import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { freePort } from '../support/postgres-server.ts'
import { type Processes, type Program, superviseProcesses } from './processes.ts'

let folder = ''
let processes: Processes
const said: string[] = []

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'claimbook-processes-'))
  writeFileSync(
    join(folder, 'answers.mjs'),
    `import { createServer } from 'node:http'
     createServer((request, response) => response.end(String(process.pid))).listen(process.env.PORT, '127.0.0.1')`,
  )
  writeFileSync(
    join(folder, 'refuses.mjs'),
    `console.error('SMTP_URL is not set'); process.exit(1)`,
  )
})
afterEach(() => processes.stopAll())
afterAll(() => rmSync(folder, { recursive: true }))

const program = async (main: string): Promise<Program> => {
  const port = await freePort()
  return {
    name: 'answerer',
    main: join(folder, main),
    environment: { PORT: String(port) },
    readyUrl: `http://127.0.0.1:${port}`,
    logFile: join(folder, `${port}.log`),
  }
}

const begin = () => {
  processes = superviseProcesses((line) => said.push(line))
  return processes
}

const pidAt = async ({ readyUrl }: Program) => Number(await (await fetch(readyUrl)).text())

test('a process that is killed is started again, and said to be', async () => {
  const answerer = await program('answers.mjs')
  await begin().start(answerer)
  const killed = await pidAt(answerer)
  process.kill(killed, 'SIGKILL')
  await vi.waitFor(async () => expect(await pidAt(answerer)).not.toBe(killed), 10_000)
  expect(said).toEqual(['answerer ended (SIGKILL) and is started again.'])
})

test('a process that refuses to start is quoted', async () => {
  await expect(begin().start(await program('refuses.mjs'))).rejects.toThrow(
    'answerer: SMTP_URL is not set',
  )
})

test('no process is left when all are stopped', async () => {
  const answerer = await program('answers.mjs')
  await begin().start(answerer)
  const pid = await pidAt(answerer)
  await processes.stopAll()
  expect(() => process.kill(pid, 0)).toThrow('ESRCH')
  expect(readFileSync(answerer.logFile, 'utf8')).toBe('')
})
