import type { Context } from 'hono'
import type { AnyApp } from './any-app.ts'
import { AppError } from './errors.ts'
import { toJson } from './json.ts'
import type { AnyCall, Received, ReplyOf } from './contracts/call.ts'
import { type KeySource, remoteKeys, TokenRefused } from './jws.ts'
import type { RemoteKeysOptions } from './jwks.ts'
import { type KeyPurpose, type KeyRing, purposesOf } from './keys.ts'
import type { Log } from './log.ts'
import { createRateLimit } from './rate-limit.ts'
import { parseFields, parseJsonBody, readBody } from './request-body.ts'
import { type Service, type ServiceCaller, verifyServiceToken } from './service-token.ts'

/** Whose keys a service believes: the pinned address of each peer. */
export interface Trust {
  service: Service
  isDenied: (kid: string) => boolean
  keysOf: (issuer: string, purpose: KeyPurpose) => KeySource | undefined
  /** Throws `too-many-requests` for a peer that calls more often than it should. */
  admit?: (issuer: Service) => void
}

/**
 * Trust in the peers at these addresses, each with its own keys by purpose, and each for so many calls
 * a minute at this process: what a stolen key can ask for has an end.
 */
export const trustPeers = (
  service: Service,
  keys: KeyRing,
  peers: Partial<Record<Service, string>>,
  { callsPerMinute, ...options }: RemoteKeysOptions & { callsPerMinute?: number } = {},
): Trust => {
  const sources = new Map<string, KeySource>()
  return {
    service,
    ...(callsPerMinute === undefined ? {} : { admit: createRateLimit(callsPerMinute) }),
    isDenied: keys.isDenied,
    keysOf(issuer, purpose) {
      // `issuer` is what an unverified token says: "constructor" is no peer.
      const baseUrl = Object.hasOwn(peers, issuer) ? peers[issuer as Service] : undefined
      if (!baseUrl || !purposesOf[issuer]?.includes(purpose)) return undefined
      const name = `${issuer}/${purpose}`
      let source = sources.get(name)
      if (!source) {
        source = remoteKeys(baseUrl, purpose, options)
        sources.set(name, source)
      }
      return source
    },
  }
}

// As sent: a URL object would take "/a/../b" and "/b#c" for "/b", which is what was signed.
const targetOf = (c: Context): string => {
  const incoming: unknown = c.env?.incoming?.url
  return typeof incoming === 'string' ? incoming : c.req.url.replace(/^[a-z]+:\/\/[^/]*/, '')
}

const identifyCaller = async (
  c: Context,
  call: AnyCall,
  body: Uint8Array,
  { trust, log }: { trust: Trust; log: Log },
): Promise<ServiceCaller> => {
  const token = /^Bearer ([^\s]+)$/.exec(c.req.header('authorization') ?? '')?.[1]
  try {
    if (!token) throw new TokenRefused('no bearer token')
    return await verifyServiceToken(
      token,
      { method: c.req.method, target: targetOf(c), body },
      {
        audience: trust.service,
        callers: call.callers,
        keysOf: (issuer) => trust.keysOf(issuer, 'request'),
        isDenied: trust.isDenied,
      },
    )
  } catch (error) {
    if (!(error instanceof TokenRefused)) {
      log.error({ call: call.name, error }, 'a token could not be checked')
      throw new AppError('unavailable', { headers: { 'retry-after': '2' } })
    }
    log.warn({ call: call.name, reason: error.message }, 'a service token was refused')
    throw new AppError('unauthenticated')
  }
}

const jsonType = /^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i

const queryOf = (c: Context): Record<string, string | string[]> =>
  Object.fromEntries(
    Object.entries(c.req.queries()).map(([name, values]) => [
      name,
      values.length === 1 ? (values[0] ?? '') : values,
    ]),
  )

/**
 * Serves one call by its contract: token, then body, query and path, then the handler, then JSON.
 * Every route between services is made here, so that none is without its caller's check.
 */
export const serveCall = <C extends AnyCall>(
  app: AnyApp,
  deps: { trust: Trust; log: Log },
  call: C,
  handle: (input: Received<C> & { caller: ServiceCaller }) => Promise<ReplyOf<C>>,
): void => {
  app.on(call.method, call.path, async (c) => {
    const raw = await readBody(c)
    const caller = await identifyCaller(c, call, raw, deps)
    deps.trust.admit?.(caller.issuer)
    if (call.body && !jsonType.test(c.req.header('content-type') ?? ''))
      throw new AppError('unsupported-media-type', { detail: 'send application/json' })
    const input = {
      params: call.params ? parseFields(call.params, c.req.param(), ':') : undefined,
      query: call.query ? parseFields(call.query, queryOf(c), '?') : undefined,
      body: call.body ? parseFields(call.body, parseJsonBody(raw)) : undefined,
      caller,
    }
    const reply = await handle(input as unknown as Received<C> & { caller: ServiceCaller })
    if (call.changes && !caller.use?.spent)
      throw new Error(`${call.name} changes something and has not spent its token`)
    return c.body(toJson(reply), 200, {
      'content-type': 'application/json',
      'cache-control': 'no-store',
    })
  })
}

/** Serves a service's public keys, one address per purpose. */
export const servePublicKeys = (
  app: AnyApp,
  keys: KeyRing,
  purposes: readonly KeyPurpose[],
): void => {
  app.get('/.well-known/jwks/:file', (c) => {
    const purpose = purposes.find((one) => `${one}.json` === c.req.param('file'))
    if (!purpose) throw new AppError('not-found')
    return c.json({ keys: keys.publicKeys(purpose) }, 200, {
      // Beside the peers' own cache: together they stay below the minute in which a key must be gone.
      'cache-control': 'public, max-age=10',
    })
  })
}
