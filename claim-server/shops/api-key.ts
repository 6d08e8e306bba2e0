import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** An API key as its shop keeps it: "ck_<public part>_<secret>". Only the secret's hash is stored. */
export interface ApiKeyParts {
  publicPart: string
  secret: string
}

const pattern = /^ck_([a-z0-9]{12})_([A-Za-z0-9_-]{43})$/
const letters = 'abcdefghijklmnopqrstuvwxyz012345'

/** A new key: 60 bits that name it, 256 that prove it. */
export const newApiKey = (): ApiKeyParts => ({
  publicPart: Array.from(randomBytes(12), (byte) => letters[byte % letters.length]).join(''),
  secret: randomBytes(32).toString('base64url'),
})

export const writeApiKey = ({ publicPart, secret }: ApiKeyParts): string =>
  `ck_${publicPart}_${secret}`

export const readApiKey = (text: string): ApiKeyParts | undefined => {
  const [, publicPart, secret] = pattern.exec(text) ?? []
  return publicPart && secret ? { publicPart, secret } : undefined
}

// A plain hash is enough for 256 random bits; there is nothing to guess from.
export const hashSecret = (secret: string): string =>
  createHash('sha256').update(secret).digest('base64url')

export const isSecretOf = (secret: string, hash: string): boolean => {
  const own = Buffer.from(hashSecret(secret))
  const stored = Buffer.from(hash)
  return own.length === stored.length && timingSafeEqual(own, stored)
}
