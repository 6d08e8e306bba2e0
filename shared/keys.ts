import { randomBytes } from 'node:crypto'
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type CryptoKey, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose'
import { z } from 'zod'

/** One key per service and purpose: a request key can't sign a receipt. */
export const keyPurposes = ['request', 'instruction', 'authorisation', 'receipt'] as const
export type KeyPurpose = (typeof keyPurposes)[number]

/** Which purposes each service signs for. */
export const purposesOf: Record<string, readonly KeyPurpose[]> = {
  'claim-server': ['request', 'instruction'],
  'bank-portal': ['request'],
  'core-banking': ['request', 'authorisation', 'receipt'],
}

const storedKey = z.object({
  kid: z.string(),
  purpose: z.enum(keyPurposes),
  signFrom: z.iso.datetime(),
  jwk: z.record(z.string(), z.unknown()),
})
type StoredKey = z.infer<typeof storedKey>

const deniedFile = 'denied.json'
const reloadEveryMs = 1000

/** A public key as a JWKS publishes it. */
export type PublicJwk = JWK & { kid: string }

export interface KeyRing {
  /** The key that signs now: the newest of that purpose whose time has come. */
  signingKey(purpose: KeyPurpose): Promise<{ kid: string; key: CryptoKey }>
  /** What the service publishes for that purpose. */
  publicKeys(purpose: KeyPurpose): PublicJwk[]
  /** Whether staff have denied this key, of whichever service, in an emergency. */
  isDenied(kid: string): boolean
}

const publicPart = ({ kid, jwk }: StoredKey): PublicJwk => ({
  kty: 'EC',
  crv: 'P-256',
  x: String(jwk.x),
  y: String(jwk.y),
  kid,
  use: 'sig',
  alg: 'ES256',
})

const readKeys = (dir: string): StoredKey[] =>
  readdirSync(dir)
    .filter((name) => name.endsWith('.key.json'))
    .map((name) => storedKey.parse(JSON.parse(readFileSync(join(dir, name), 'utf8'))))
    .sort((a, b) => b.signFrom.localeCompare(a.signFrom))

const readDenied = (dir: string): Set<string> => {
  const file = join(dir, deniedFile)
  if (!statSync(file, { throwIfNoEntry: false })) return new Set()
  return new Set(z.array(z.string()).parse(JSON.parse(readFileSync(file, 'utf8'))))
}

/**
 * Opens the key folder of one service. Changes in the folder (a rotation, a denied key) are seen
 * within a second, by every replica that shares or copies it.
 */
export const openKeyRing = (dir: string): KeyRing => {
  let keys: StoredKey[] = []
  let denied = new Set<string>()
  let loadedMs = 0
  const imported = new Map<string, Promise<CryptoKey>>()
  const reload = () => {
    if (Date.now() - loadedMs < reloadEveryMs) return
    keys = readKeys(dir)
    denied = readDenied(dir)
    loadedMs = Date.now()
  }
  const importKey = (key: StoredKey) => {
    let found = imported.get(key.kid)
    if (!found) {
      found = importJWK(key.jwk as JWK, 'ES256') as Promise<CryptoKey>
      imported.set(key.kid, found)
    }
    return found
  }
  reload()
  return {
    async signingKey(purpose) {
      reload()
      const now = new Date().toISOString()
      const key = keys.find((one) => one.purpose === purpose && one.signFrom <= now)
      if (!key) throw new Error(`no ${purpose} key in ${dir}: make one with "npm run keys -- make"`)
      return { kid: key.kid, key: await importKey(key) }
    },
    publicKeys(purpose) {
      reload()
      return keys.filter((key) => key.purpose === purpose).map(publicPart)
    },
    isDenied(kid) {
      reload()
      return denied.has(kid)
    },
  }
}

/** Makes a key that signs from `signFrom` on and is published at once. Returns its id. */
export const makeKey = async (
  dir: string,
  purpose: KeyPurpose,
  signFrom: Date = new Date(),
): Promise<string> => {
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  const { privateKey } = await generateKeyPair('ES256', { extractable: true })
  const kid = `${purpose}-${randomBytes(9).toString('base64url')}`
  const stored: StoredKey = {
    kid,
    purpose,
    signFrom: signFrom.toISOString(),
    jwk: (await exportJWK(privateKey)) as Record<string, unknown>,
  }
  const file = join(dir, `${kid}.key.json`)
  writeFileSync(file, JSON.stringify(stored), { mode: 0o400, flag: 'wx' })
  chmodSync(file, 0o400)
  return kid
}

/** Makes the keys that the service lacks; keeps those it has. */
export const makeMissingKeys = async (dir: string, service: string): Promise<void> => {
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  const present = new Set(readKeys(dir).map((key) => key.purpose))
  for (const purpose of purposesOf[service] ?? [])
    if (!present.has(purpose)) await makeKey(dir, purpose)
}

/** Refuses a key, of whichever service, from now on; within a second on every replica of this folder. */
export const denyKey = (dir: string, kid: string): void => {
  const denied = readDenied(dir).add(kid)
  writeFileSync(join(dir, deniedFile), JSON.stringify([...denied]))
}
