import { type CryptoKey, exportJWK } from 'jose'
import { signEs256, verifyEs256 } from './es256.ts'
import { toJson } from './json.ts'
import { keyId } from './key-folder.ts'
import type { KeySource } from './jwks.ts'
import type { KeyPurpose, KeyRing, PublicJwk } from './keys.ts'
import { isLowS } from './low-s.ts'
import { parseStrictJson } from './strict-json.ts'

export { type KeySource, jwksCacheSeconds, jwksPath, knownKeys, remoteKeys } from './jwks.ts'

/** Why a token was not accepted. For the log only: every caller gets the same answer. */
export class TokenRefused extends Error {
  constructor(reason: string) {
    super(reason)
    this.name = 'TokenRefused'
  }
}

const encodePart = (part: object) => Buffer.from(toJson(part)).toString('base64url')

/** Signs a payload as a strict compact JWS. The header is exactly typ, alg, kid. */
export const signJws = async (
  keys: KeyRing,
  purpose: KeyPurpose,
  typ: string,
  payload: object,
): Promise<string> => {
  const { kid, key } = await keys.signingKey(purpose)
  const text = `${encodePart({ typ, alg: 'ES256', kid })}.${encodePart(payload)}`
  return `${text}.${signEs256(key, text)}`
}

const longestToken = 64 * 1024

const canonicalPart = (part: string) =>
  Buffer.from(part, 'base64url').toString('base64url') === part && part.length > 0

type Parts = readonly [header: string, payload: string, signature: string]

/** The unverified parts, each canonical base64url: otherwise one token would have many texts. */
const strictParts = (token: string, maxLength: number): Parts => {
  if (token.length > maxLength) throw new TokenRefused('longer than allowed')
  const [header, payload, signature, ...more] = token.split('.')
  if (!header || !payload || !signature || more.length > 0)
    throw new TokenRefused('not a compact JWS')
  if (![header, payload, signature].every(canonicalPart))
    throw new TokenRefused('not canonical base64url')
  return [header, payload, signature]
}

const parseObject = (part: string): Record<string, unknown> => {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
      Buffer.from(part, 'base64url'),
    )
    const value = parseStrictJson(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return value as Record<string, unknown>
  } catch {}
  throw new TokenRefused('a part that is no JSON object, or has a key twice')
}

const checkHeader = (header: Record<string, unknown>, typ: string): string => {
  if (Object.keys(header).sort().join() !== 'alg,kid,typ') throw new TokenRefused('header members')
  if (header.typ !== typ) throw new TokenRefused('typ')
  if (header.alg !== 'ES256') throw new TokenRefused('alg')
  if (typeof header.kid !== 'string' || !keyId.test(header.kid)) throw new TokenRefused('kid')
  return header.kid
}

const findKey = async (
  source: KeySource,
  header: { alg: 'ES256'; kid: string; typ: string },
  [protectedHeader, payload, signature]: Parts,
): Promise<CryptoKey> => {
  try {
    const jws = { protected: protectedHeader, payload, signature }
    return (await source.find(header, jws)) as CryptoKey
  } catch (error) {
    if (error instanceof Error && 'code' in error && isRefusal(String(error.code)))
      throw new TokenRefused(`key: ${String(error.code)}`)
    throw error
  }
}

const isRefusal = (code: string) =>
  code.startsWith('ERR_JW') && code !== 'ERR_JWKS_TIMEOUT' && code !== 'ERR_JWKS_INVALID'

export interface VerifiedJws {
  payload: Record<string, unknown>
  kid: string
  issuer: string
  /** The key that verified it, to be kept with evidence. */
  publicKey(): Promise<PublicJwk>
}

/**
 * Verifies a compact JWS against the keys of the issuer that it names. Throws `TokenRefused` for
 * anything forged or bent, and the network's error when the issuer's keys can't be fetched.
 */
export const verifyJws = async (
  token: string,
  options: {
    typ: string
    keysOf: (issuer: string) => KeySource | undefined
    isDenied: (kid: string) => boolean
    maxLength?: number
    /** Refuses the second text of an ECDSA signature, which other libraries' signers may produce. */
    lowS?: boolean
  },
): Promise<VerifiedJws> => {
  const parts = strictParts(token, options.maxLength ?? longestToken)
  const [header, payload] = [parseObject(parts[0]), parseObject(parts[1])]
  const kid = checkHeader(header, options.typ)
  if (options.isDenied(kid)) throw new TokenRefused('denied key')
  if (options.lowS && !isLowS(parts[2])) throw new TokenRefused('high S')
  if (typeof payload.iss !== 'string') throw new TokenRefused('iss')
  const source = options.keysOf(payload.iss)
  if (!source) throw new TokenRefused('unknown issuer')
  const key = await findKey(source, { alg: 'ES256', kid, typ: options.typ }, parts)
  if (!verifyEs256(key, `${parts[0]}.${parts[1]}`, parts[2]))
    throw new TokenRefused('signature does not verify')
  return {
    payload,
    kid,
    issuer: payload.iss,
    publicKey: async () => ({ ...(await exportJWK(key)), kid, alg: 'ES256', use: 'sig' }),
  }
}
