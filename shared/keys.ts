import { createPrivateKey, type KeyObject, randomBytes } from 'node:crypto'
import { exportJWK, generateKeyPair } from 'jose'
import {
  type KeyFolder,
  type KeyPurpose,
  makeKeyFolder,
  type PublicJwk,
  publicPart,
  readKeyFolder,
  type StoredKey,
  writeDenied,
  writeKey,
} from './key-folder.ts'

export { type KeyPurpose, keyPurposes, type PublicJwk } from './key-folder.ts'

/** Which purposes each service signs for. */
export const purposesOf: Record<string, readonly KeyPurpose[]> = {
  'claim-server': ['request', 'instruction'],
  'bank-portal': ['request'],
  'core-banking': ['request', 'authorisation', 'receipt'],
}

export interface KeyRing {
  /** The key that signs now: the newest of that purpose whose time has come and that is not denied. */
  signingKey(purpose: KeyPurpose): Promise<{ kid: string; key: KeyObject }>
  /** What the service publishes for that purpose: keys that sign, signed lately or will sign. */
  publicKeys(purpose: KeyPurpose): PublicJwk[]
  /** Whether staff have denied this key, of whichever service, in an emergency. */
  isDenied(kid: string): boolean
}

/**
 * Opens the key folder of one service. Changes in the folder (a rotation, a denied key) are seen
 * within a second, by every replica that shares or copies it. A folder that can't be read any more
 * throws at every use: nothing is signed, and nothing believed, on what was known before.
 */
export const openKeyRing = (
  dir: string,
  { reloadEveryMs = 1000 }: { reloadEveryMs?: number } = {},
): KeyRing => {
  let folder: KeyFolder = readKeyFolder(dir)
  // Monotonic: a wall clock that is set back must not keep a denied key alive.
  let loadedMs = performance.now()
  const opened = new Map<string, KeyObject>()
  const current = (): KeyFolder => {
    if (performance.now() - loadedMs >= reloadEveryMs) {
      folder = readKeyFolder(dir)
      loadedMs = performance.now()
    }
    return folder
  }
  const usable = (purpose: KeyPurpose) => {
    const { keys, denied } = current()
    return keys.filter((key) => key.purpose === purpose && !denied.has(key.kid))
  }
  const openKey = ({ kid, jwk }: StoredKey): KeyObject => {
    const found = opened.get(kid) ?? createPrivateKey({ key: jwk, format: 'jwk' })
    opened.set(kid, found)
    return found
  }
  return {
    async signingKey(purpose) {
      const now = new Date()
      const key = usable(purpose).find((one) => one.signFrom <= now)
      if (!key) throw new Error(`no ${purpose} key in ${dir}: make one with "npm run keys -- make"`)
      return { kid: key.kid, key: openKey(key) }
    },
    publicKeys: (purpose) => usable(purpose).map(publicPart),
    isDenied: (kid) => current().denied.has(kid),
  }
}

const newKey = async (purpose: KeyPurpose, signFrom: Date) => {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true })
  const { x = '', y = '', d = '' } = await exportJWK(privateKey)
  return {
    kid: `${purpose}-${randomBytes(9).toString('base64url')}`,
    purpose,
    signFrom,
    jwk: { kty: 'EC' as const, crv: 'P-256' as const, x, y, d },
  }
}

/** Makes a key that signs from `signFrom` on and is published at once. Returns its id. */
export const makeKey = async (
  dir: string,
  purpose: KeyPurpose,
  signFrom: Date = new Date(),
): Promise<string> => {
  makeKeyFolder(dir)
  const key = await newKey(purpose, signFrom)
  writeKey(dir, key.kid, key)
  return key.kid
}

/**
 * Makes the keys that the service lacks and keeps those it has; replicas that start together end
 * with the same one. Returns the ids it made.
 */
export const makeMissingKeys = async (dir: string, service: string): Promise<string[]> => {
  makeKeyFolder(dir)
  const { keys, denied } = readKeyFolder(dir)
  const present = new Set(keys.filter((key) => !denied.has(key.kid)).map((key) => key.purpose))
  const made: string[] = []
  for (const purpose of purposesOf[service] ?? []) {
    if (present.has(purpose)) continue
    const key = await newKey(purpose, new Date())
    // A fixed name: of two replicas that both found none, the second keeps the first one's key.
    const first = !keys.some((one) => one.purpose === purpose)
    if (writeKey(dir, first ? `first-${purpose}` : key.kid, key)) made.push(key.kid)
  }
  return made
}

/** Refuses a key, of whichever service, from now on; within a second on every replica of this folder. */
export const denyKey = (dir: string, kid: string): void => {
  readKeyFolder(dir)
  writeDenied(dir, kid)
}
