import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { createLocalJWKSet } from 'jose'
import { beforeEach, afterEach, describe, expect, test, vi } from 'vitest'
import { signJws, TokenRefused, verifyJws } from './jws.ts'
import { readKeyFolder } from './key-folder.ts'
import { denyKey, makeKey, makeMissingKeys, openKeyRing, purposesOf } from './keys.ts'
import { isLowS } from './low-s.ts'
import { temporaryFolder } from './testing/key-rings.ts'

let folder: ReturnType<typeof temporaryFolder>
let dir: string
beforeEach(() => {
  folder = temporaryFolder()
  dir = join(folder.dir, 'core')
})
afterEach(() => {
  vi.useRealTimers()
  folder[Symbol.dispose]()
})

const open = () => openKeyRing(dir, { reloadEveryMs: 0 })
const keyFiles = () => readdirSync(dir).filter((name) => name.endsWith('.key.json'))

describe('making keys', () => {
  test('a service gets one key for each of its purposes, readable by their owner alone', async () => {
    await makeMissingKeys(dir, 'core-banking')
    expect(keyFiles().sort()).toEqual([
      'first-authorisation.key.json',
      'first-receipt.key.json',
      'first-request.key.json',
    ])
    for (const name of keyFiles()) expect(statSync(join(dir, name)).mode & 0o777).toBe(0o400)
    expect(statSync(dir).mode & 0o777).toBe(0o700)
    expect(readdirSync(dir)).toHaveLength(3)
  })

  test('keys that are there stay', async () => {
    await makeMissingKeys(dir, 'core-banking')
    const before = keyFiles().map((name) => readFileSync(join(dir, name), 'utf8'))
    expect(await makeMissingKeys(dir, 'core-banking')).toEqual([])
    expect(keyFiles().map((name) => readFileSync(join(dir, name), 'utf8'))).toEqual(before)
  })

  test('replicas that start together end with the same keys', async () => {
    const made = await Promise.all(
      Array.from({ length: 8 }, () => makeMissingKeys(dir, 'core-banking')),
    )
    expect(made.flat()).toHaveLength(3)
    expect(keyFiles()).toHaveLength(3)
  })

  test('a key that was denied is replaced', async () => {
    const [kid] = await makeMissingKeys(dir, 'bank-portal')
    denyKey(dir, kid as string)
    expect(await makeMissingKeys(dir, 'bank-portal')).toHaveLength(1)
    expect((await open().signingKey('request')).kid).not.toBe(kid)
  })

  test('every service signs its requests, and no two purposes share a key', async () => {
    for (const purposes of Object.values(purposesOf)) expect(purposes).toContain('request')
    await makeMissingKeys(dir, 'core-banking')
    const ring = open()
    const kids = purposesOf['core-banking']?.flatMap((purpose) =>
      ring.publicKeys(purpose).map(({ kid }) => kid),
    )
    expect(new Set(kids).size).toBe(3)
  })
})

describe('a key ring', () => {
  test('publishes a key from its making, and signs with it from its time on', async () => {
    const first = await makeKey(dir, 'request')
    const second = await makeKey(dir, 'request', new Date(Date.now() + 60_000))
    const ring = open()
    expect(ring.publicKeys('request').map(({ kid }) => kid)).toEqual([second, first])
    expect((await ring.signingKey('request')).kid).toBe(first)
    vi.useFakeTimers({ toFake: ['Date'] })
    vi.setSystemTime(Date.now() + 61_000)
    expect((await ring.signingKey('request')).kid).toBe(second)
  })

  test('publishes no private part', async () => {
    await makeMissingKeys(dir, 'core-banking')
    const published = JSON.stringify(open().publicKeys('receipt'))
    const secret = readKeyFolder(dir).keys.find((key) => key.purpose === 'receipt')?.jwk.d as string
    expect(secret).toMatch(/^[\w-]{43}$/)
    expect(published).not.toContain(secret)
    expect(published).not.toContain('"d"')
  })

  test('neither signs with nor publishes a key that is denied', async () => {
    const old = await makeKey(dir, 'request', new Date(Date.now() - 1000))
    const compromised = await makeKey(dir, 'request')
    const ring = open()
    denyKey(dir, compromised)
    expect((await ring.signingKey('request')).kid).toBe(old)
    expect(ring.publicKeys('request').map(({ kid }) => kid)).toEqual([old])
    denyKey(dir, old)
    await expect(ring.signingKey('request')).rejects.toThrow('no request key')
  })

  test('hears of a denied key within five seconds, on every replica', async () => {
    await makeMissingKeys(dir, 'bank-portal')
    const replicas = Array.from({ length: 3 }, () => openKeyRing(dir))
    denyKey(dir, 'request-stolen')
    await vi.waitFor(
      () =>
        expect(replicas.map((ring) => ring.isDenied('request-stolen'))).toEqual([true, true, true]),
      { timeout: 5000, interval: 50 },
    )
  })

  test('hears of it even when the clock is set back', async () => {
    await makeMissingKeys(dir, 'bank-portal')
    const ring = openKeyRing(dir, { reloadEveryMs: 50 })
    vi.useFakeTimers({ toFake: ['Date'] })
    vi.setSystemTime(Date.now() - 3_600_000)
    denyKey(dir, 'request-stolen')
    vi.useRealTimers()
    await vi.waitFor(() => expect(ring.isDenied('request-stolen')).toBe(true), { timeout: 1000 })
  })

  test('two people who deny at once lose nothing', async () => {
    mkdirSync(dir)
    const kids = Array.from({ length: 20 }, (_unused, at) => `request-${at}`)
    await Promise.all(kids.map(async (kid) => denyKey(dir, kid)))
    const ring = open()
    expect(kids.filter((kid) => !ring.isDenied(kid))).toEqual([])
  })

  test.each(['../escape', '', '.../..', 'a/b', 'k'.repeat(101), 'a b'])(
    '%j is no key id and is not denied',
    (kid) => {
      mkdirSync(dir)
      expect(() => denyKey(dir, kid)).toThrow('is no key id')
      expect(readdirSync(dir)).toEqual([])
    },
  )

  test('names a folder that is missing', () => {
    expect(() => openKeyRing(join(dir, 'nowhere'))).toThrow(
      /key folder .*nowhere can’t be read \(ENOENT\)/,
    )
  })

  test('names a key file that can’t be read, without a letter of it', async () => {
    mkdirSync(dir)
    writeFileSync(join(dir, 'bad.key.json'), '{"kid":"x","jwk":{"d":"THE-PRIVATE-PART"')
    let said = ''
    try {
      openKeyRing(dir)
    } catch (error) {
      said = String(error) + (error as Error).stack + String((error as Error).cause)
    }
    expect(said).toContain('bad.key.json')
    expect(said).not.toContain('PRIVATE')
  })

  test('signs and believes nothing any more when its folder has gone', async () => {
    await makeMissingKeys(dir, 'bank-portal')
    const ring = open()
    for (const name of keyFiles()) chmodSync(join(dir, name), 0o600)
    rmSync(dir, { recursive: true })
    await expect(ring.signingKey('request')).rejects.toThrow('can’t be read')
    expect(() => ring.isDenied('x')).toThrow('can’t be read')
    expect(existsSync(dir)).toBe(false)
  })
})

describe('a signature', () => {
  test('always has the smaller s, and libraries of others verify it', async () => {
    await makeMissingKeys(dir, 'core-banking')
    const ring = open()
    const find = createLocalJWKSet({ keys: ring.publicKeys('receipt') })
    for (let time = 0; time < 50; time++) {
      const token = await signJws(ring, 'receipt', 'receipt+jwt', { iss: 'core-banking', time })
      expect(isLowS(token.split('.')[2] as string)).toBe(true)
      const { payload } = await verifyJws(token, {
        typ: 'receipt+jwt',
        keysOf: () => ({ find }),
        isDenied: () => false,
      })
      expect(payload.time).toBe(time)
    }
  })

  test('of one purpose is refused for another', async () => {
    await makeMissingKeys(dir, 'core-banking')
    const ring = open()
    const token = await signJws(ring, 'request', 'receipt+jwt', { iss: 'core-banking' })
    const find = createLocalJWKSet({ keys: ring.publicKeys('receipt') })
    await expect(
      verifyJws(token, { typ: 'receipt+jwt', keysOf: () => ({ find }), isDenied: () => false }),
    ).rejects.toThrow(TokenRefused)
  })
})
