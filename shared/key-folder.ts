import { randomBytes } from 'node:crypto'
import {
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import type { JWK } from 'jose'
import * as z from 'zod'
import { StartError } from './start-error.ts'

/** One key per service and purpose: a request key can't sign a receipt. */
export const keyPurposes = ['request', 'instruction', 'authorisation', 'receipt'] as const
export type KeyPurpose = (typeof keyPurposes)[number]

/** Key ids are file names and log entries too, so they hold nothing but these characters. */
export const keyId = /^[A-Za-z0-9._~-]{1,100}$/

const storedKey = z.object({
  kid: z.string().regex(keyId),
  purpose: z.enum(keyPurposes),
  signFrom: z.iso.datetime().transform((text) => new Date(text)),
  jwk: z.object({
    kty: z.literal('EC'),
    crv: z.literal('P-256'),
    x: z.string(),
    y: z.string(),
    d: z.string(),
  }),
})
/** One private key of the folder, and since when it signs. */
export type StoredKey = z.output<typeof storedKey> & { file: string }

/** A public key as a JWKS publishes it. */
export type PublicJwk = JWK & { kid: string }

export const publicPart = ({ kid, jwk }: StoredKey): PublicJwk => ({
  kty: jwk.kty,
  crv: jwk.crv,
  x: jwk.x,
  y: jwk.y,
  kid,
  use: 'sig',
  alg: 'ES256',
})

const keyEnding = '.key.json'
const deniedEnding = '.denied'

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code

const readKey = (dir: string, name: string): StoredKey | undefined => {
  const file = join(dir, name)
  try {
    return { ...storedKey.parse(JSON.parse(readFileSync(file, 'utf8'))), file }
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined // Retired since the folder was listed.
    // The parser's own message quotes the file, which is a private key.
    throw new StartError(`the key file ${file} can’t be read: ${codeOf(error) ?? 'bad content'}`)
  }
}

/** What a key folder holds: keys, those that sign latest first, and the ids that are denied. */
export interface KeyFolder {
  keys: StoredKey[]
  denied: Set<string>
}

const latestFirst = (a: StoredKey, b: StoredKey) =>
  b.signFrom.getTime() - a.signFrom.getTime() || (a.kid < b.kid ? -1 : 1)

/** Reads it as it is now. Throws a `StartError` that names the folder, or the key file, that can't be read. */
export const readKeyFolder = (dir: string): KeyFolder => {
  let names: string[]
  try {
    names = readdirSync(dir)
  } catch (error) {
    throw new StartError(
      `the key folder ${dir} can’t be read (${codeOf(error)}): make keys with "npm run keys -- make", and set KEYS_DIR to their folder`,
    )
  }
  return {
    keys: names
      .filter((name) => name.endsWith(keyEnding))
      .flatMap((name) => readKey(dir, name) ?? [])
      .sort(latestFirst),
    denied: new Set(
      names
        .filter((name) => name.endsWith(deniedEnding))
        .map((name) => name.slice(0, -deniedEnding.length)),
    ),
  }
}

export const makeKeyFolder = (dir: string): void => {
  mkdirSync(dir, { recursive: true, mode: 0o700 })
}

// Readers in other processes must never see half a file.
const writeWhole = (
  dir: string,
  content: object,
  mode: number,
  putInPlace: (part: string) => void,
) => {
  const part = join(dir, `.${randomBytes(9).toString('hex')}.part`)
  writeFileSync(part, JSON.stringify(content), { mode, flag: 'wx' })
  try {
    putInPlace(part)
  } finally {
    rmSync(part, { force: true })
  }
}

/** Adds a private key, readable by its owner alone. False when there is one of that name already. */
export const writeKey = (dir: string, name: string, key: Omit<StoredKey, 'file'>): boolean => {
  let written = true
  writeWhole(dir, { ...key, signFrom: key.signFrom.toISOString() }, 0o400, (part) => {
    try {
      linkSync(part, join(dir, name + keyEnding))
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error
      written = false
    }
  })
  return written
}

/** Takes a private key out of use for good, and keeps its public half under `archive/`. */
export const archiveKey = (dir: string, key: StoredKey, now: Date): void => {
  const archive = join(dir, 'archive')
  makeKeyFolder(archive)
  const content = { purpose: key.purpose, retiredAt: now.toISOString(), publicKey: publicPart(key) }
  writeWhole(archive, content, 0o444, (part) => renameSync(part, join(archive, `${key.kid}.json`)))
  rmSync(key.file, { force: true })
}

/** Marks a key id as denied. One file each, so that two people denying at once lose nothing. */
export const writeDenied = (dir: string, kid: string): void => {
  if (!keyId.test(kid)) throw new StartError(`${JSON.stringify(kid)} is no key id`)
  writeFileSync(join(dir, kid + deniedEnding), '')
}
