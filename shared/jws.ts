import { CompactSign, type CryptoKey, compactVerify, exportJWK } from 'jose'
import { toJson } from './json.ts'
import { keyId } from './key-folder.ts'
import type { KeySource } from './jwks.ts'
import type { KeyPurpose, KeyRing, PublicJwk } from './keys.ts'
import { isLowS, toLowS } from './low-s.ts'
import { parseStrictJson } from './strict-json.ts'

export { type KeySource, jwksCacheSeconds, jwksPath, knownKeys, remoteKeys } from './jwks.ts'

/** Why a token was not accepted. For the log only: every caller gets the same answer. */
export class TokenRefused extends Error {
  constructor(reason: string) {
    super(reason)
    this.name = 'TokenRefused'
  }
}

/** Signs a payload as a strict compact JWS. The header is exactly typ, alg, kid. */
export const signJws = async (
  keys: KeyRing,
  purpose: KeyPurpose,
  typ: string,
  payload: object,
): Promise<string> => {
  const { kid, key } = await keys.signingKey(purpose)
  const token = await new CompactSign(new TextEncoder().encode(toJson(payload)))
    .setProtectedHeader({ typ, alg: 'ES256', kid })
    .sign(key)
  const signatureAt = token.lastIndexOf('.') + 1
  return token.slice(0, signatureAt) + toLowS(token.slice(signatureAt))
}

const longestToken = 64 * 1024

const canonicalPart = (part: string) =>
  Buffer.from(part, 'base64url').toString('base64url') === part && part.length > 0

/** The unverified header and payload; every part must be canonical base64url. */
const strictParts = (token: string, maxLength: number) => {
  if (token.length > maxLength) throw new TokenRefused('longer than allowed')
  const [header, payload, signature, ...more] = token.split('.')
  // jose alone accepts blanks and non-canonical base64, so that one token would have many texts.
  if (!header || !payload || !signature || more.length > 0)
    throw new TokenRefused('not a compact JWS')
  if (![header, payload, signature].every(canonicalPart))
    throw new TokenRefused('not canonical base64url')
  return { header: parseObject(header), payload: parseObject(payload), signature }
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

const checkSignature = async (token: string, source: KeySource): Promise<CryptoKey> => {
  try {
    const { key } = await compactVerify(token, (header, jws) => source.find(header, jws), {
      algorithms: ['ES256'],
    })
    return key as CryptoKey
  } catch (error) {
    if (error instanceof Error && 'code' in error && isRefusal(String(error.code)))
      throw new TokenRefused(`signature: ${String(error.code)}`)
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
  const { header, payload, signature } = strictParts(token, options.maxLength ?? longestToken)
  const kid = checkHeader(header, options.typ)
  if (options.isDenied(kid)) throw new TokenRefused('denied key')
  if (options.lowS && !isLowS(signature)) throw new TokenRefused('high S')
  if (typeof payload.iss !== 'string') throw new TokenRefused('iss')
  const source = options.keysOf(payload.iss)
  if (!source) throw new TokenRefused('unknown issuer')
  const key = await checkSignature(token, source)
  return {
    payload,
    kid,
    issuer: payload.iss,
    publicKey: async () => ({ ...(await exportJWK(key)), kid, alg: 'ES256', use: 'sig' }),
  }
}
