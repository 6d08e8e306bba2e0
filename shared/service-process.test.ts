import { spawn } from 'node:child_process'
import { Hono } from 'hono'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { silentLog } from './log.ts'
import { commonSettings, listen, readSettings, repeat, StartError } from './service-process.ts'
import { recordLog } from './testing/key-rings.ts'

const enough = {
  PORT: '0',
  PUBLIC_URL: 'http://127.0.0.1:3000',
  DATABASE_URL: 'postgres://localhost/claims',
  KEYS_DIR: '/keys',
}

describe('settings', () => {
  test('that name nothing wrong are read with their defaults', () => {
    expect(readSettings(z.object(commonSettings), enough)).toMatchObject({
      HOST: '127.0.0.1',
      PORT: 0,
      TIME_ZONE: 'Asia/Tokyo',
      ALLOW_UNSAFE_DATABASE: false,
      TRUSTED_PROXIES: [],
    })
  })

  test.each([
    ['PORT', undefined, /^PORT is not set$/],
    ['PORT', 'http', /^PORT can't be used: /],
    ['PORT', '70000', /^PORT can't be used: /],
    ['PUBLIC_URL', 'ftp://a.test', /^PUBLIC_URL can't be used: /],
    ['DATABASE_URL', 'mysql://a', /^DATABASE_URL can't be used: /],
    ['TIME_ZONE', 'Asia/Edo', /^TIME_ZONE can't be used: it is no time zone such as Asia\/Tokyo$/],
    ['ALLOW_UNSAFE_DATABASE', 'perhaps', /^ALLOW_UNSAFE_DATABASE can't be used: /],
    ['LOG_LEVEL', 'loud', /^LOG_LEVEL can't be used: /],
  ])('%s=%s is named in one line', (name, value, message) => {
    const read = () => readSettings(z.object(commonSettings), { ...enough, [name]: value })
    expect(read).toThrow(StartError)
    expect(read).toThrow(message)
  })
})

describe('listening', () => {
  const app = new Hono()
  let arrived = 0
  app.get('/slow', async (c) => {
    arrived += 1
    await sleep(300)
    return c.text('done')
  })
  const on = (host: string, port: number) => listen(app, { host, port, log: silentLog })

  test('on a port that is taken names the variable', async () => {
    const first = await on('127.0.0.1', 0)
    await expect(on('127.0.0.1', first.port)).rejects.toThrow(
      new StartError(`PORT ${first.port} on 127.0.0.1 is taken: set PORT to another`),
    )
    await first.close()
  })

  test('on an address of another machine names the variable', async () => {
    await expect(on('192.0.2.1', 0)).rejects.toThrow(/^HOST 192\.0\.2\.1 is no address/)
  })

  test('ends after the requests that run, and takes no new ones', async () => {
    const server = await on('127.0.0.1', 0)
    const url = `http://127.0.0.1:${server.port}/slow`
    const running = fetch(url).then((answer) => answer.text())
    await expect.poll(() => arrived).toBe(1)
    const closed = server.close()
    await expect(fetch(url)).rejects.toThrow('fetch failed')
    expect(await running).toBe('done')
    await closed
  })
})

describe('a worker', () => {
  test('goes on after a turn that failed, whose message is not logged', async () => {
    const recorded = recordLog()
    let turns = 0
    const worker = repeat(
      'mailer',
      1,
      () => {
        turns += 1
        throw new Error('Failed query, params: Haruka Sato')
      },
      recorded.log,
    )
    await expect.poll(() => turns).toBeGreaterThan(3)
    await worker.stop()
    const stopped = turns
    await sleep(20)
    expect(turns).toBe(stopped)
    expect(recorded.last()).toMatchObject({ worker: 'mailer', error: { name: 'Error' } })
    expect(recorded.lines.join()).not.toContain('Haruka')
  })

  test('that is stopped ends its turn first', async () => {
    let ended = false
    const worker = repeat('slow', 1, () => sleep(50).then(() => (ended = true)), silentLog)
    await sleep(10)
    await worker.stop()
    expect(ended).toBe(true)
  })
})

describe('a process', () => {
  const run = (start: string, signal?: NodeJS.Signals) =>
    new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) => {
      const module = JSON.stringify(`${import.meta.dirname}/service-process.ts`)
      const child = spawn(process.execPath, [
        '--import',
        'tsx',
        '--input-type=module',
        '--eval',
        `const { runProcess, StartError } = await import(${module})
         setInterval(() => {}, 1000)
         await runProcess(async () => { ${start} })
         console.log('up')`,
      ])
      let stdout = ''
      let stderr = ''
      child.stdout.on('data', (data) => {
        stdout += String(data)
        if (signal) child.kill(signal)
      })
      child.stderr.on('data', (data) => {
        stderr += String(data)
      })
      child.on('close', (code) => resolve({ code, stdout, stderr }))
    })

  test('with a bad start prints one line and ends with 1', async () => {
    const ended = await run(`throw new StartError('PORT is not set')`)
    expect(ended).toEqual({ code: 1, stdout: '', stderr: 'PORT is not set\n' })
  })

  test.each(['SIGINT', 'SIGTERM'] as const)('closes on %s and ends with 0', async (signal) => {
    const ended = await run(`return { close: async () => console.log('closed') }`, signal)
    expect(ended).toEqual({ code: 0, stdout: 'up\nclosed\n', stderr: '' })
  })
})
