import {
  CompactSign,
  compactVerify,
  createRemoteJWKSet,
  customFetch,
  type FlattenedJWSInput,
  type JWSHeaderParameters,
} from 'jose'
import { toJson } from './json.ts'
import type { KeyPurpose, KeyRing } from './keys.ts'

/** Why a token was not accepted. For the log only: every caller gets the same answer. */
export class TokenRefused extends Error {
  constructor(reason: string) {
    super(reason)
    this.name = 'TokenRefused'
  }
}

/** Finds the public key that an issuer publishes for a purpose, or refuses. */
export interface KeySource {
  find(
    header: JWSHeaderParameters,
    token: FlattenedJWSInput,
  ): ReturnType<ReturnType<typeof createRemoteJWKSet>>
}

export const jwksPath = (purpose: KeyPurpose) => `/.well-known/jwks/${purpose}.json`

/** Keys older than this are fetched again: how long a key that was withdrawn is still believed. */
export const jwksCacheSeconds = 30

/** The keys that one peer publishes at its pinned address; an unknown kid refetches once per 5 s. */
export const remoteKeys = (
  baseUrl: string,
  purpose: KeyPurpose,
  { fetch: fetchKeys = fetch }: { fetch?: typeof fetch } = {},
): KeySource => {
  const find = createRemoteJWKSet(new URL(jwksPath(purpose), baseUrl), {
    cacheMaxAge: jwksCacheSeconds * 1000,
    cooldownDuration: 5000,
    timeoutDuration: 5000,
    [customFetch]: (url, options) => fetchKeys(url, options as RequestInit),
  })
  return { find }
}

/** Signs a payload as a strict compact JWS. The header is exactly typ, alg, kid. */
export const signJws = async (
  keys: KeyRing,
  purpose: KeyPurpose,
  typ: string,
  payload: object,
): Promise<string> => {
  const { kid, key } = await keys.signingKey(purpose)
  return new CompactSign(new TextEncoder().encode(toJson(payload)))
    .setProtectedHeader({ typ, alg: 'ES256', kid })
    .sign(key)
}

const longestToken = 64 * 1024

const canonicalPart = (part: string) =>
  Buffer.from(part, 'base64url').toString('base64url') === part && part.length > 0

/** The unverified payload, for choosing the issuer's key set; every part must be canonical base64url. */
const strictParts = (token: string, maxLength: number) => {
  if (token.length > maxLength) throw new TokenRefused('longer than allowed')
  const parts = token.split('.')
  const [header, payload] = parts
  // jose alone accepts blanks and non-canonical base64, so that one token would have many texts.
  if (parts.length !== 3 || !header || !payload || !parts.every(canonicalPart))
    throw new TokenRefused('not a strict compact JWS')
  return { header: parseObject(header), payload: parseObject(payload) }
}

const parseObject = (part: string): Record<string, unknown> => {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(part, 'base64url'))
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return value as Record<string, unknown>
  } catch {}
  throw new TokenRefused('a part that is no JSON object')
}

const checkHeader = (header: Record<string, unknown>, typ: string): string => {
  if (Object.keys(header).sort().join() !== 'alg,kid,typ') throw new TokenRefused('header members')
  if (header.typ !== typ) throw new TokenRefused('typ')
  if (header.alg !== 'ES256') throw new TokenRefused('alg')
  if (typeof header.kid !== 'string' || header.kid.length > 100) throw new TokenRefused('kid')
  return header.kid
}

/**
 * Verifies a compact JWS against the keys of the issuer that it names, and returns its payload and
 * the kid. Throws `TokenRefused` for anything forged or bent, and the network's error when the
 * issuer's keys can't be fetched.
 */
export const verifyJws = async (
  token: string,
  options: {
    typ: string
    keysOf: (issuer: string) => KeySource | undefined
    isDenied: (kid: string) => boolean
    maxLength?: number
  },
): Promise<{ payload: Record<string, unknown>; kid: string; issuer: string }> => {
  const { header, payload } = strictParts(token, options.maxLength ?? longestToken)
  const kid = checkHeader(header, options.typ)
  if (options.isDenied(kid)) throw new TokenRefused('denied key')
  if (typeof payload.iss !== 'string') throw new TokenRefused('iss')
  const source = options.keysOf(payload.iss)
  if (!source) throw new TokenRefused('unknown issuer')
  try {
    await compactVerify(token, (protectedHeader, jws) => source.find(protectedHeader, jws), {
      algorithms: ['ES256'],
    })
  } catch (error) {
    if (error instanceof Error && 'code' in error && isRefusal(String(error.code)))
      throw new TokenRefused(`signature: ${String(error.code)}`)
    throw error
  }
  return { payload, kid, issuer: payload.iss }
}

const isRefusal = (code: string) =>
  code.startsWith('ERR_JW') && code !== 'ERR_JWKS_TIMEOUT' && code !== 'ERR_JWKS_INVALID'
