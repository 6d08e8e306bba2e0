import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createPrivateKey, type KeyObject } from 'node:crypto'
import { jwksPath } from '../jwks.ts'
import { readKeyFolder } from '../key-folder.ts'
import { type KeyPurpose, type KeyRing, makeMissingKeys, openKeyRing } from '../keys.ts'
import { createLog, type Log } from '../log.ts'
import type { Service } from '../service-token.ts'

/** A folder for one test, gone when it ends. */
export const temporaryFolder = (): { dir: string } & Disposable => {
  const dir = mkdtempSync(join(tmpdir(), 'claimbook-keys-'))
  return { dir, [Symbol.dispose]: () => rmSync(dir, { recursive: true, force: true }) }
}

export interface TestRing {
  dir: string
  ring: KeyRing
  /** The private key itself, for forging. */
  privateKey(purpose: KeyPurpose): { kid: string; key: KeyObject }
}

/** The keys of a service in a folder below `parent`, seen anew at every use. */
export const makeRing = async (parent: string, service: Service): Promise<TestRing> => {
  const dir = join(parent, service)
  await makeMissingKeys(dir, service)
  return {
    dir,
    ring: openKeyRing(dir, { reloadEveryMs: 0 }),
    privateKey(purpose) {
      const found = readKeyFolder(dir).keys.find((key) => key.purpose === purpose)
      if (!found) throw new Error(`${service} has no ${purpose} key`)
      return { kid: found.kid, key: createPrivateKey({ key: found.jwk, format: 'jwk' }) }
    },
  }
}

/** A `fetch` that finds each service's published keys at `http://<service>`, and counts how often. */
export const keysByFetch = (rings: Partial<Record<Service, KeyRing>>) => {
  const state = { fetches: 0, away: false }
  const send: typeof fetch = async (url) => {
    state.fetches += 1
    if (state.away) throw new TypeError('fetch failed')
    const { hostname, pathname } = new URL(url instanceof Request ? url.url : url)
    const ring = rings[hostname as Service]
    const purpose = (['request', 'instruction', 'authorisation', 'receipt'] as const).find(
      (one) => jwksPath(one) === pathname,
    )
    return ring && purpose
      ? Response.json({ keys: ring.publicKeys(purpose) })
      : new Response('', { status: 404 })
  }
  return { state, fetch: send }
}

/** Where those keys are. */
export const peerAddresses = {
  'claim-server': 'http://claim-server',
  'bank-portal': 'http://bank-portal',
  'core-banking': 'http://core-banking',
} as const

export interface RecordedLog {
  log: Log
  lines: string[]
  /** The fields of the last line. */
  last(): Record<string, unknown>
}

/** A log as services have it, whose lines are kept. */
export const recordLog = (level = 'info'): RecordedLog => {
  const lines: string[] = []
  const log = createLog('test', level, { write: (line) => void lines.push(line) })
  return { log, lines, last: () => JSON.parse(lines.at(-1) ?? '{}') }
}
