import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import type { ServiceName } from '#shared/database.ts'
import { readPidFile } from '../support/postgres-server.ts'
import { startEmbeddedPostgres } from './embedded-postgres.ts'

let folder = ''

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'claimbook-embedded-'))
  chmodSync(folder, 0o755)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const query = async (url: string, text: string) => {
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  try {
    return await sql.unsafe(text)
  } finally {
    await sql.end({ timeout: 1 })
  }
}

const serverPid = () => readPidFile(join(folder, 'postgres/data'))?.pid ?? 0

describe('the demo’s own PostgreSQL', () => {
  let stop: () => Promise<void> = async () => {}
  afterEach(() => stop())

  const begin = async () => {
    const embedded = await startEmbeddedPostgres(folder)
    stop = embedded.stop
    return embedded
  }

  test('gives each service a database that no other service may enter', async () => {
    const { urls } = await begin()
    await query(urls['claim-server'], 'create table kept (id int)')
    const portal = new URL(urls['bank-portal'])
    portal.pathname = '/claim_server'
    await expect(query(portal.href, 'select 1')).rejects.toThrow('permission denied')
  })

  test('keeps each password in a file that only its owner reads', async () => {
    const { urls } = await begin()
    const passwords = Object.values(urls).map((url) => new URL(url).password)
    expect(new Set(passwords).size).toBe(3)
    for (const service of Object.keys(urls) as ServiceName[]) {
      expect(statSync(join(folder, 'credentials', `${service}.password`)).mode & 0o777).toBe(0o600)
    }
    expect(statSync(join(folder, 'postgres/superuser.password')).mode & 0o777).toBe(0o600)
  })

  test('still has its data after a clean stop', async () => {
    const { urls } = await begin()
    expect(await query(urls['claim-server'], 'select * from kept')).toEqual([])
  })

  test('is taken over by the next start when the one before was killed', async () => {
    await begin()
    const pid = serverPid()
    await begin()
    expect(serverPid()).toBe(pid)
  })

  test('comes back with its data after a kill -9 of the server itself', async () => {
    const { urls } = await begin()
    await query(urls['claim-server'], 'insert into kept values (1)')
    const killed = serverPid()
    process.kill(killed, 'SIGKILL')
    const again = await begin()
    expect(serverPid()).not.toBe(killed)
    expect(await query(again.urls['claim-server'], 'select * from kept')).toEqual([{ id: 1 }])
  })

  test('is emptied when its databases are made again', async () => {
    const { urls, recreateDatabases } = await begin()
    await recreateDatabases()
    await expect(query(urls['claim-server'], 'select * from kept')).rejects.toThrow(
      'does not exist',
    )
  })

  test('leaves nothing running once it is stopped', async () => {
    const { stop: end } = await begin()
    const pid = serverPid()
    await end()
    expect(() => process.kill(pid, 0)).toThrow('ESRCH')
  })
})

test('a data folder that can’t be written is named', async () => {
  writeFileSync(join(folder, 'file'), '')
  await expect(startEmbeddedPostgres(join(folder, 'file'))).rejects.toThrow(
    /The data folder .*file.postgres can't be written/,
  )
})

describe.runIf(process.getuid?.() === 0)('run by root in a folder that only root may enter', () => {
  let closed = ''
  beforeAll(() => {
    closed = join(folder, 'closed')
    mkdirSync(closed, { mode: 0o700 })
  })
  afterEach(() => vi.unstubAllEnvs())

  test('it works all the same', async () => {
    const { urls, stop } = await startEmbeddedPostgres(join(closed, 'data'))
    expect(await query(urls['bank-portal'], 'select 1 as one')).toEqual([{ one: 1 }])
    await stop()
  })

  test('that folder is named where the system can’t help', async () => {
    const commands = join(folder, 'bin')
    mkdirSync(commands)
    symlinkSync('/usr/bin/id', join(commands, 'id'))
    vi.stubEnv('PATH', commands)
    await expect(startEmbeddedPostgres(join(closed, 'other'))).rejects.toThrow(
      /the user postgres may not enter \/.+: move the project/,
    )
  })
})
