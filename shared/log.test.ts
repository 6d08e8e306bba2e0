import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { freshDatabase } from '../test/support/database.ts'
import { AppError } from './errors.ts'
import { toAppError } from './problem.ts'
import { NoAnswer } from './service-client.ts'
import { recordLog } from './testing/key-rings.ts'

const canary = 'CANARY-7f3a9c'
const jws = `eyJhbGciOiJFUzI1NiJ9.${'eyJpc3MiOiJjb3JlIn0'}.${'c2lnbmF0dXJl'.repeat(7)}`
const account = '0901-101-1-0014471'

const secrets = [
  'password',
  'Password',
  'newPassword',
  'passwordHash',
  'passwd',
  'authorization',
  'Authorization',
  'cookie',
  'set-cookie',
  'token',
  'entryToken',
  'csrfToken',
  'authorisation',
  'instruction',
  'receipt',
  'apiKey',
  'api_key',
  'privateKey',
  'jwk',
  'clientSecret',
  'credentials',
]

const carriers: [string, (name: string) => unknown][] = [
  ['a field', (name) => ({ [name]: canary })],
  ['a field of a field', (name) => ({ request: { [name]: canary } })],
  ['a field four levels down', (name) => ({ a: { b: { c: { [name]: canary } } } })],
  ['a field of a list’s element', (name) => ({ list: [{}, { [name]: canary }] })],
  ['a list in a field', (name) => ({ [name]: [canary, canary] })],
  ['an object in a field', (name) => ({ [name]: { d: canary } })],
  ['a map', (name) => ({ map: new Map([[name, canary]]) })],
]

describe('a secret does not reach the log', () => {
  test.each(carriers)('in %s', (_name, carry) => {
    const { log, lines } = recordLog()
    for (const name of secrets) {
      log.info(carry(name) as object, 'something happened')
      log
        .child({})
        .child({ bound: carry(name) })
        .warn('something happened')
    }
    expect(lines).toHaveLength(secrets.length * 2)
    expect(lines.filter((line) => line.includes(canary))).toEqual([])
    expect(lines.every((line) => line.includes('[hidden]'))).toBe(true)
  })

  test('in headers', () => {
    const { log, lines } = recordLog()
    const headers = new Headers({ authorization: `Bearer ${canary}`, cookie: canary, host: 'here' })
    log.info({ headers }, 'a request')
    expect(lines.join()).not.toContain(canary)
    expect(lines.join()).toContain('here')
  })

  test.each([
    ['a signed document', `got ${jws}`, jws.slice(20, 40)],
    ['a cut document', `got ${jws.slice(0, 60)}`, 'ES256'],
    ['a bearer token', `Bearer ${canary}`, canary],
    ['a password in an address', `postgres://claims:${canary}@db.test:5432/claims`, canary],
    ['a whole account number', `from ${account} to ${account}`, '001'],
  ])('in text: %s', (_name, text, hidden) => {
    const { log, lines } = recordLog()
    log.info(text)
    log.info({ reason: text, list: [text] }, 'refused')
    log.info({ n: 1 }, `said %s`, text)
    expect(lines).toHaveLength(3)
    expect(lines.join()).not.toContain(hidden)
  })

  test('but what an operator needs does', () => {
    const { log, last } = recordLog()
    const fields = { call: 'executePayment', paymentId: 'p1', status: 401, tokens: 3, at: null }
    log.info({ ...fields, account, nested: { ok: true } }, 'a line')
    expect(last()).toMatchObject({
      ...fields,
      account: '•••• 4471',
      nested: { ok: true },
      msg: 'a line',
    })
  })

  test('nor does anything hang or throw on what can’t be written', () => {
    const { log, lines } = recordLog()
    const circle: Record<string, unknown> = { amountMinor: 12n }
    circle.self = circle
    log.info(circle, 'a circle')
    log.info({ undefined, symbol: Symbol('s'), fn: () => {} }, 'odd values')
    expect(lines).toHaveLength(2)
    expect(lines[0]).toContain('"12"')
  })
})

const logMuch = async (to: number | 'pipe') => {
  const program = join(import.meta.dirname, 'testing', 'log-much.main.ts')
  const child = spawn(process.execPath, ['--import', 'tsx', program], {
    stdio: ['ignore', to, 'pipe'],
  })
  const [said, lines, [exitCode]] = await Promise.all([
    child.stderr ? text(child.stderr) : '',
    child.stdout ? text(child.stdout) : '',
    once(child, 'exit'),
  ])
  return { said, lines: lines.split('\n').length - 1, exitCode }
}

describe('a log', () => {
  test.runIf(existsSync('/dev/full'))(
    'on a full disk ends no service, nor keeps it from ending',
    async () => {
      const full = await open('/dev/full', 'w')
      const { said, exitCode } = await logMuch(full.fd)
      await full.close()
      expect({ said, exitCode }).toEqual({ said: 'still there', exitCode: 0 })
    },
  )

  test('is written to its last line before the process ends', async () => {
    expect(await logMuch('pipe')).toEqual({ said: 'still there', lines: 1000, exitCode: 0 })
  })
})

const databaseError = async () => {
  const { db, close } = await freshDatabase('mock-core-banking')
  const insert = sql`insert into core_banking.spent_tokens (issuer, token_id, expires_at)
    values (${canary}, ${`${canary}\n    at ${canary} (file:1:1)`}, now()), (${canary}, ${canary}, null)`
  const error = await db.execute(insert).catch((caught: unknown) => caught)
  await close()
  return error as Error
}

describe('an error', () => {
  test('of a statement is answered 500 and logged with its code and place, without its parameters', async () => {
    const error = await databaseError()
    expect(`${error.message}`).toContain(canary)
    const { log, lines, last } = recordLog()
    expect(toAppError(error, log)).toMatchObject({ code: 'internal', status: 500 })
    log.error(error)
    log.error(error, 'with a message')
    log.error({ err: error }, 'in a field')
    log.error({ more: { cause: error } }, 'deeper')
    expect(lines).toHaveLength(5)
    expect(lines.join('\n')).not.toContain(canary)
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      msg: 'unexpected error',
      error: { code: '23502', stack: expect.stringContaining('    at ') },
    })
    expect(last()).toMatchObject({ more: { cause: { code: '23502' } } })
  })

  test('whose message looks like frames shows its own frames alone', () => {
    const { log, lines } = recordLog()
    toAppError(new Error(`first\n    at ${canary} (/a.ts:1:1)\n    at ${canary}`), log)
    expect(lines.join()).not.toContain(canary)
    expect(lines.join()).toContain('log.test.ts')
  })

  test.each([
    ['ECONNREFUSED', 503],
    ['ECONNRESET', 503],
    ['CONNECT_TIMEOUT', 503],
    ['CONNECTION_ENDED', 503],
    ['57P01', 503],
    ['57P03', 503],
    ['53100', 503],
    ['53300', 503],
    ['58030', 503],
    ['25006', 503],
    ['23505', 500],
    ['40P01', 500],
    ['ERR_INVALID_ARG_TYPE', 500],
  ])('with the code %s is answered %i', (code, status) => {
    const { log } = recordLog()
    const cause = Object.assign(new Error('x'), { code })
    expect(toAppError(new Error('Failed query', { cause }), log).status).toBe(status)
    expect(toAppError(cause, log).status).toBe(status)
  })

  test('of a peer that gave no answer is answered 503', () => {
    const { log } = recordLog()
    expect(toAppError(new NoAnswer('executePayment', 'answered 500'), log).status).toBe(503)
  })

  test('of a wrong request stays what it is and is not logged', () => {
    const { log, lines } = recordLog()
    const refused = new AppError('claim-settled')
    expect(toAppError(refused, log)).toBe(refused)
    expect(lines).toEqual([])
  })

  test.each([undefined, null, 'text', canary, 7, { message: canary }, Object.create(null)])(
    'that is none is answered 500: %s',
    (thrown) => {
      const { log, lines } = recordLog()
      expect(toAppError(thrown, log).status).toBe(500)
      expect(lines.join()).not.toContain(canary)
    },
  )

  test('whose causes go in a circle ends', () => {
    const { log } = recordLog()
    const error = new Error('a')
    error.cause = error
    expect(toAppError(error, log).status).toBe(500)
  })
})
