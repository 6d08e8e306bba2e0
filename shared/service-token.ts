import { createHash, randomBytes } from 'node:crypto'
import * as z from 'zod'
import { type KeySource, signJws, TokenRefused, verifyJws } from './jws.ts'
import type { KeyRing } from './keys.ts'

export const serviceNames = ['claim-server', 'bank-portal', 'core-banking'] as const
/** The names by which services sign and are addressed. */
export type Service = (typeof serviceNames)[number]

const typ = 'svc-req+jwt'
const lifetimeSeconds = 30
const longestTokenBytes = 8 * 1024

const claims = z.strictObject({
  iss: z.enum(serviceNames),
  aud: z.enum(serviceNames),
  sub: z.string().min(1).max(100),
  iat: z.int(),
  exp: z.int(),
  // 128 bits in the one way to write them.
  jti: z.string().regex(/^[A-Za-z0-9_-]{21}[AQgw]$/),
  htm: z.string(),
  htu: z.string(),
  dig: z.string().length(43),
  obo: z.string().min(1).max(100).optional(),
  cid: z.string().min(1).max(100).optional(),
})

const digestOf = (body: Uint8Array | string) =>
  createHash('sha256').update(body).digest('base64url')

/** The request that a token is good for. `target` is path and query as sent; `body` the raw bytes. */
export interface SignedRequest {
  method: string
  target: string
  body: Uint8Array | string
}

/**
 * Signs one request: good for 30 seconds, for exactly this method, target and body; a call that changes
 * something spends it.
 */
export const signServiceToken = (
  keys: KeyRing,
  request: SignedRequest,
  from: {
    issuer: Service
    audience: Service
    instance: string
    onBehalfOf?: string
    correlationId?: string
  },
): Promise<string> => {
  const iat = Math.floor(Date.now() / 1000)
  return signJws(keys, 'request', typ, {
    iss: from.issuer,
    aud: from.audience,
    sub: from.instance,
    iat,
    exp: iat + lifetimeSeconds,
    jti: randomBytes(16).toString('base64url'),
    htm: request.method,
    htu: request.target,
    dig: digestOf(request.body),
    ...(from.onBehalfOf === undefined ? {} : { obo: from.onBehalfOf }),
    ...(from.correlationId === undefined ? {} : { cid: from.correlationId }),
  } satisfies z.infer<typeof claims>)
}

/** Who calls, after everything but the `jti` was checked; a change must still spend it. */
export interface ServiceCaller {
  issuer: Service
  tokenId: string
  /** When the token is past any use, and its spent row may go. */
  expiresAt: Date
  onBehalfOf: string | undefined
  correlationId: string | undefined
  /** Noted by `spendToken`; a call that changes something must not answer before. */
  use?: { spent: boolean }
}

// Longer than any clock of a replica is off: a row that is swept too soon would let its token in again.
const keptSpentSeconds = 300

const checkTimes = (iat: number, exp: number, nowSeconds: number) => {
  if (iat > nowSeconds + 10) throw new TokenRefused('iat in the future')
  if (exp <= nowSeconds) throw new TokenRefused('expired')
  if (exp - iat > 60 || exp <= iat) throw new TokenRefused('lifetime')
}

/**
 * Checks a request's token in the order size, form, header, key, signature, issuer and audience,
 * times, method, target, body. Throws `TokenRefused`; the reason is for the log, never for the answer.
 */
export const verifyServiceToken = async (
  token: string,
  request: SignedRequest,
  trust: {
    audience: Service
    callers: readonly Service[]
    keysOf: (issuer: string) => KeySource | undefined
    isDenied: (kid: string) => boolean
  },
): Promise<ServiceCaller> => {
  const { payload } = await verifyJws(token, {
    typ,
    ...trust,
    maxLength: longestTokenBytes,
    lowS: true,
  })
  const parsed = claims.safeParse(payload)
  if (!parsed.success) throw new TokenRefused('claims')
  const { iss, aud, iat, exp, htm, htu, dig, jti, obo, cid } = parsed.data
  if (aud !== trust.audience) throw new TokenRefused('aud')
  checkTimes(iat, exp, Math.floor(Date.now() / 1000))
  if (htm !== request.method) throw new TokenRefused('htm')
  if (htu !== request.target) throw new TokenRefused('htu')
  if (dig !== digestOf(request.body)) throw new TokenRefused('dig')
  if (!trust.callers.includes(iss)) throw new TokenRefused('issuer not allowed on this route')
  return {
    issuer: iss,
    tokenId: jti,
    expiresAt: new Date((exp + keptSpentSeconds) * 1000),
    onBehalfOf: obo,
    correlationId: cid,
    use: { spent: false },
  }
}
