import { Hono } from 'hono'
import { execFile } from 'node:child_process'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as z from 'zod'
import { AppError } from './errors.ts'
import { silentLog } from './log.ts'
import { answerProblem, toAppError } from './problem.ts'
import { largestBodyBytes, parseFields, parseJsonBody, readBody } from './request-body.ts'
import { listen, type Listening } from './service-process.ts'
import { mebibyte, pour, type Poured } from './testing/pour.ts'

const app = new Hono()
app.onError((error, c) => answerProblem(c, toAppError(error, silentLog)))
app.post('/count', async (c) => c.text(String((await readBody(c)).length)))
app.post('/small', async (c) => c.text(String((await readBody(c, 10)).length)))

let server: Listening
beforeAll(async () => {
  server = await listen(app, { host: '127.0.0.1', port: 0, log: silentLog })
})
afterAll(() => server.close())

// The senders' own memory is not the server's: they are another process.
const pourHundred = async (): Promise<Poured[]> => {
  const program = join(import.meta.dirname, 'testing', 'pour.main.ts')
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--import',
    'tsx',
    program,
    String(server.port),
    '100',
  ])
  return JSON.parse(stdout)
}

describe('the size of a body', () => {
  test.each(['announced', 'chunked'] as const)(
    'a body at the limit is read whole, %s',
    async (how) => {
      const body = Buffer.alloc(largestBodyBytes)
      const answer = await fetch(`http://127.0.0.1:${server.port}/count`, {
        method: 'POST',
        body: how === 'announced' ? body : new Blob([body]).stream(),
        duplex: 'half',
      } as RequestInit)
      expect([answer.status, await answer.text()]).toEqual([200, String(largestBodyBytes)])
    },
  )

  test.each([
    ['/count', largestBodyBytes],
    ['/small', 10],
  ])('one byte more than %s takes is refused', async (path, limit) => {
    for (const body of [Buffer.alloc(limit + 1), new Blob([Buffer.alloc(limit + 1)]).stream()]) {
      const answer = await fetch(`http://127.0.0.1:${server.port}${path}`, {
        method: 'POST',
        body,
        duplex: 'half',
      } as RequestInit)
      expect(answer.status).toBe(413)
      expect(await answer.json()).toMatchObject({
        type: '/problems/too-large',
        detail: `send at most ${limit} bytes`,
      })
    }
  })

  test.each(['announced', 'chunked'] as const)(
    'a body of a gibibyte, %s, is refused after its beginning and the connection closed',
    async (how) => {
      const { answer, sentBytes, closedByServer } = await pour(server.port, 1024, how)
      expect(answer).toMatch(/^HTTP\/1.1 413 /)
      expect(closedByServer).toBe(true)
      expect(sentBytes).toBeLessThan(100 * mebibyte.length)
    },
  )

  test('a hundred bodies of a gibibyte at once cost no memory, and others are still served', async () => {
    await pourHundred() // What a heap grows to under any load is not the bodies' doing.
    const before = process.memoryUsage().rss
    let highest = before
    const watch = setInterval(() => {
      highest = Math.max(highest, process.memoryUsage().rss)
    }, 20)
    const pouring = pourHundred()
    await sleep(1000)
    const beside = await fetch(`http://127.0.0.1:${server.port}/count`, {
      method: 'POST',
      body: 'x',
    })
    const poured = await pouring
    clearInterval(watch)
    expect(await beside.text()).toBe('1')
    expect(poured).toHaveLength(100)
    expect(poured.filter(({ closedByServer }) => !closedByServer)).toEqual([])
    expect((highest - before) / mebibyte.length).toBeLessThan(50)
  }, 30_000)

  test('a body that breaks off is the sender’s fault', async () => {
    const broken = new ReadableStream({
      start(controller) {
        controller.enqueue(Buffer.from('{'))
        controller.error(new Error('cut'))
      },
    })
    const request = new Request('http://localhost/count', {
      method: 'POST',
      body: broken,
      duplex: 'half',
    } as RequestInit)
    const answer = await app.fetch(request)
    expect(answer.status).toBe(400)
  })

  test('no body has no bytes', async () => {
    const answer = await app.request('/count', { method: 'POST' })
    expect(await answer.text()).toBe('0')
  })
})

const problemOf = (raw: Uint8Array | string) => {
  try {
    parseJsonBody(typeof raw === 'string' ? Buffer.from(raw) : raw)
    return undefined
  } catch (error) {
    return error instanceof AppError ? [error.code, ...error.errors] : error
  }
}

describe('a JSON body', () => {
  test.each([
    ['no UTF-8', Buffer.from([0x22, 0xff, 0x22]), '#', 'the body is not valid UTF-8'],
    ['a cut character', Buffer.from('"é"').subarray(0, 2), '#', 'the body is not valid UTF-8'],
    [
      'an encoded surrogate',
      Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]),
      '#',
      'the body is not valid UTF-8',
    ],
    [
      'an overlong slash',
      Buffer.from([0x22, 0xc0, 0xaf, 0x22]),
      '#',
      'the body is not valid UTF-8',
    ],
    ['UTF-16', Buffer.from('{}', 'utf16le'), '#', 'the body is not valid JSON'],
    ['a byte order mark', Buffer.from('\ufeff{}'), '#', 'the body is not valid JSON'],
    ['no JSON', 'amount=3150', '#', 'the body is not valid JSON'],
    ['nothing', '', '#', 'the body is not valid JSON'],
    ['full-width digits', '１００', '#', 'the body is not valid JSON'],
    ['a key twice', '{"amount":1,"amount":2}', '#/amount', 'the key "amount" is there twice'],
    ['33 levels', '['.repeat(33) + ']'.repeat(33), '#', 'the JSON is nested deeper than 32 levels'],
  ])('with %s is malformed', (_name, raw, pointer, detail) => {
    expect(problemOf(raw)).toEqual(['malformed', { pointer, detail }])
  })

  test('is otherwise what it says', () => {
    expect(parseJsonBody(Buffer.from(' {"気":"みなと"} '))).toEqual({ 気: 'みなと' })
  })

  test('that does not fit its schema is refused naming every field', () => {
    const schema = z.strictObject({ amount: z.int(), to: z.object({ 'a/b': z.string() }) })
    expect(() => parseFields(schema, { amount: '1', to: { 'a/b': 1 }, more: 1 })).toThrow(
      expect.objectContaining({
        code: 'invalid',
        errors: [
          expect.objectContaining({ pointer: '#/amount' }),
          expect.objectContaining({ pointer: '#/to/a~1b' }),
          expect.objectContaining({ pointer: '#' }),
        ],
      }),
    )
  })

  test('with a thousand wrong fields names the first twenty', () => {
    const wrong = Array.from({ length: 1000 }, () => 'x')
    expect(() => parseFields(z.array(z.int()), wrong)).toThrow(
      expect.objectContaining({ errors: expect.toSatisfy((errors) => errors.length === 20) }),
    )
  })
})

describe('slow and swollen requests', () => {
  const open = (begin: string, then?: string) => {
    const socket = connect(server.port, '127.0.0.1')
    const began = performance.now()
    let answer = ''
    socket.write(begin)
    const dripping = then ? setInterval(() => socket.write(then), 400) : undefined
    socket.on('data', (data) => {
      answer += String(data)
    })
    return new Promise<{ seconds: number; answer: string }>((resolve) => {
      socket.on('error', () => {})
      socket.on('close', () => {
        clearInterval(dripping)
        resolve({ seconds: (performance.now() - began) / 1000, answer })
      })
    })
  }

  test('200 connections that drip their headers or say nothing are closed within 8 seconds', async () => {
    const head = 'POST /count HTTP/1.1\r\nHost: localhost\r\n'
    const slow = Array.from({ length: 200 }, (_unused, at) =>
      at % 4 === 0 ? open('') : open(head, `X-Drip-${at}: a\r\n`),
    )
    await sleep(100)
    const beside = await fetch(`http://127.0.0.1:${server.port}/count`, {
      method: 'POST',
      body: 'x',
    })
    expect(beside.status).toBe(200)
    const closed = await Promise.all(slow)
    expect(Math.max(...closed.map(({ seconds }) => seconds))).toBeLessThan(8)
  }, 15_000)

  test('headers of more than 16 KiB are refused', async () => {
    const { answer } = await open(
      `GET / HTTP/1.1\r\nHost: localhost\r\nX-Large: ${'a'.repeat(17 * 1024)}\r\n\r\n`,
    )
    expect(answer).toMatch(/^HTTP\/1.1 431 /)
  })

  test.each([
    ['no HTTP', 'HELLO\r\n\r\n'],
    [
      'two lengths',
      'POST /count HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab',
    ],
    [
      'a length and chunks',
      'POST /count HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    [
      'a bent chunk size',
      'POST /count HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\na\r\n',
    ],
    ['a folded header', 'GET / HTTP/1.1\r\nHost: a\r\nX-A: b\r\n c: d\r\n\r\n'],
    ['no host', 'GET / HTTP/1.1\r\n\r\n'],
  ])('a request with %s is answered 400, and its connection closed', async (_name, begin) => {
    const { answer } = await open(begin)
    expect(answer).toMatch(/^HTTP\/1.1 400 /)
  })

  test.each([
    ['a host that is none', 'GET / HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n'],
    ['a backslash for a slash', 'GET /a\\etc HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n'],
  ])('a request with %s is answered a problem', async (_name, begin) => {
    const { answer } = await open(begin)
    expect(answer).toMatch(/^HTTP\/1.1 400 /)
    expect(answer.toLowerCase()).toContain('application/problem+json')
  })
})
