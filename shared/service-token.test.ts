import { Hono } from 'hono'
import { createHash, createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import * as z from 'zod'
import { defineCall } from './contracts/call.ts'
import { denyKey } from './keys.ts'
import { toLowS, twinSignature } from './low-s.ts'
import { answerProblem, toAppError } from './problem.ts'
import { listen } from './service-process.ts'
import { serveCall, type Trust, trustPeers } from './service-routes.ts'
import { type Service, serviceNames, verifyServiceToken } from './service-token.ts'
import {
  keysByFetch,
  makeRing,
  peerAddresses,
  recordLog,
  temporaryFolder,
  type TestRing,
} from './testing/key-rings.ts'
import { sendRaw } from './testing/raw-http.ts'

const changeThing = defineCall({
  name: 'changeThing',
  summary: 'Change a thing',
  callee: 'core-banking',
  callers: ['bank-portal'],
  method: 'PUT',
  path: '/things/:id',
  changes: false,
  params: z.object({ id: z.string() }),
  query: z.object({ a: z.string(), b: z.string() }),
  body: z.looseObject({}),
  reply: z.object({}),
})

const target = '/things/42?a=1&b=2'
const body = '{"amountMinor":3150,"to":"0901-101-1-0014471"}'
const folder = temporaryFolder()
const recorded = recordLog()
const accepted: string[] = []
const rings = {} as Record<Service, TestRing>
let keyFetches: ReturnType<typeof keysByFetch>
let trust: Trust
let app: Hono
let server: { port: number; close(): Promise<void> }

const newApp = (): Hono => {
  const made = new Hono()
  made.onError((error, c) => answerProblem(c, toAppError(error, recorded.log)))
  return made
}

beforeAll(async () => {
  for (const service of serviceNames) rings[service] = await makeRing(folder.dir, service)
  keyFetches = keysByFetch({
    'bank-portal': rings['bank-portal'].ring,
    'claim-server': rings['claim-server'].ring,
    'core-banking': rings['core-banking'].ring,
  })
  trust = trustPeers('core-banking', rings['core-banking'].ring, peerAddresses, {
    fetch: keyFetches.fetch,
    cooldownSeconds: 0,
  })
  app = newApp()
  serveCall(app, { trust, log: recorded.log }, changeThing, async ({ params }) => {
    accepted.push(params.id)
    return {}
  })
  server = await listen(app, { host: '127.0.0.1', port: 0, log: recorded.log })
})

afterAll(async () => {
  await server.close()
  folder[Symbol.dispose]()
})

const base64url = (value: string | Uint8Array) => Buffer.from(value).toString('base64url')
const sha256 = (value: string, encoding: 'base64url' | 'hex' = 'base64url') =>
  createHash('sha256').update(value).digest(encoding)
const now = () => Math.floor(Date.now() / 1000)

const goodHeader = () => ({
  typ: 'svc-req+jwt',
  alg: 'ES256',
  kid: rings['bank-portal'].privateKey('request').kid,
})

const goodClaims = () => ({
  iss: 'bank-portal',
  aud: 'core-banking',
  sub: 'portal-1',
  iat: now(),
  exp: now() + 30,
  jti: 'AAAAAAAAAAAAAAAAAAAAAA',
  htm: 'PUT',
  htu: target,
  dig: sha256(body),
  obo: 'customer-1',
})

const lowSignature = (signed: string, key: KeyObject) =>
  toLowS(base64url(sign('sha256', Buffer.from(signed), { key, dsaEncoding: 'ieee-p1363' })))

// Signs whatever it is given, as raw text where the test wants other JSON than JSON.stringify writes.
const forge = (
  header: unknown,
  claims: unknown,
  key: KeyObject = rings['bank-portal'].privateKey('request').key,
) => {
  const text = (part: unknown) =>
    part instanceof Uint8Array || typeof part === 'string' ? part : JSON.stringify(part)
  const signed = `${base64url(text(header))}.${base64url(text(claims))}`
  return `${signed}.${lowSignature(signed, key)}`
}

const withHeader = (change: Record<string, unknown>, key?: KeyObject) =>
  forge({ ...goodHeader(), ...change }, goodClaims(), key)
const withClaims = (change: Record<string, unknown>) =>
  forge(goodHeader(), { ...goodClaims(), ...change })
const without = (claim: string) => withClaims({ [claim]: undefined })
const good = () => forge(goodHeader(), goodClaims())

const parts = (token: string) => token.split('.') as [string, string, string]
const sameBytesOtherText = (part: string): string => {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  const bytes = Buffer.from(part, 'base64url')
  for (const last of alphabet) {
    const other = part.slice(0, -1) + last
    if (other !== part && Buffer.from(other, 'base64url').equals(bytes)) return other
  }
  throw new Error('this part has no other text')
}

const present = (headers: Record<string, string | string[]>, change: Partial<Sent> = {}) =>
  sendRaw(server.port, {
    method: 'PUT',
    target,
    body,
    ...change,
    headers: { 'content-type': 'application/json', ...headers },
  })
type Sent = Parameters<typeof sendRaw>[1]
const bearer = (token: string) => ({ authorization: `Bearer ${token}` })

const attacker = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const publicJwk = () => rings['bank-portal'].ring.publicKeys('request')[0]
const tokenWith = (alg: string, signature: (signed: string) => string) => {
  const signed = `${base64url(JSON.stringify({ ...goodHeader(), alg }))}.${base64url(JSON.stringify(goodClaims()))}`
  return `${signed}.${signature(signed)}`
}
const hmac = (secret: string) => (signed: string) =>
  createHmac('sha256', secret).update(signed).digest('base64url')
const publicPem = () => {
  const { key } = rings['bank-portal'].privateKey('request')
  return key.export({ type: 'pkcs8', format: 'pem' }).toString()
}
const bentSignature = (bend: (signature: Buffer) => Uint8Array) => {
  const [header, claims, signature] = parts(good())
  return `${header}.${claims}.${base64url(bend(Buffer.from(signature, 'base64url')))}`
}
const textOf = (claims: object) => JSON.stringify(claims)

/** What is presented, and why it must be refused: each row for its own reason. */
const forgeries: [name: string, reason: string, make: () => string | Record<string, string>][] = [
  // The form
  ['no token', 'no bearer token', () => ({})],
  ['an empty token', 'no bearer token', () => ({ authorization: 'Bearer ' })],
  ['another scheme', 'no bearer token', () => ({ authorization: `Basic ${good()}` })],
  ['two blanks', 'no bearer token', () => ({ authorization: `Bearer  ${good()}` })],
  ['a tab', 'no bearer token', () => ({ authorization: `Bearer\t${good()}` })],
  [
    'two tokens',
    'no bearer token',
    () => ({ authorization: `Bearer ${good()}, Bearer ${good()}` }),
  ],
  ['a blank inside', 'no bearer token', () => good().replace('.', '. ')],
  ['two parts', 'not a compact JWS', () => parts(good()).slice(0, 2).join('.')],
  ['four parts', 'not a compact JWS', () => `${good()}.AAAA`],
  ['five parts', 'not a compact JWS', () => `${good()}.AAAA.AAAA`],
  ['an empty header', 'not a compact JWS', () => `.${parts(good()).slice(1).join('.')}`],
  ['an empty payload', 'not a compact JWS', () => good().replace(/\..*\./, '..')],
  ['an empty signature', 'not a compact JWS', () => good().replace(/[^.]*$/, '')],
  ['padding', 'not canonical', () => `${good()}==`],
  [
    'the alphabet of plain base64',
    'not canonical',
    () => good().replace(/[^.]*$/, `${'+/'.repeat(43)}`),
  ],
  [
    'a signature in another text',
    'not canonical',
    () => {
      const [header, claims, signature] = parts(good())
      return `${header}.${claims}.${sameBytesOtherText(signature)}`
    },
  ],
  [
    'a payload in another text',
    'not canonical',
    () => {
      const padTo = (claims: string) => (claims.length % 3 === 0 ? `${claims} ` : claims)
      const [header, claims, signature] = parts(forge(goodHeader(), padTo(textOf(goodClaims()))))
      return `${header}.${sameBytesOtherText(claims)}.${signature}`
    },
  ],
  [
    'flattened JSON serialisation',
    'not a compact JWS',
    () => {
      const [header, payload, signature] = parts(good())
      return JSON.stringify({ protected: header, payload, signature })
    },
  ],
  [
    'JSON serialisation with two signatures',
    'not a compact JWS',
    () => {
      const [header, payload, signature] = parts(good())
      const one = { protected: header, signature }
      return JSON.stringify({ payload, signatures: [one, one] })
    },
  ],
  [
    'more than 8 KiB, well signed',
    'longer',
    () => forge(goodHeader(), textOf(goodClaims()) + ' '.repeat(7000)),
  ],
  // The header
  ['alg none with a signature', 'alg', () => withHeader({ alg: 'none' })],
  ['alg none without one', 'not a compact JWS', () => tokenWith('none', () => '')],
  ['alg NONE', 'alg', () => withHeader({ alg: 'NONE' })],
  [
    'HS256 with the public key’s JWK',
    'alg',
    () => tokenWith('HS256', hmac(JSON.stringify(publicJwk()))),
  ],
  ['HS256 with the public key’s x', 'alg', () => tokenWith('HS256', hmac(String(publicJwk()?.x)))],
  ['HS256 with a PEM', 'alg', () => tokenWith('HS256', hmac(publicPem()))],
  [
    'RS256',
    'alg',
    () => {
      const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
      return tokenWith('RS256', (signed) =>
        sign('sha256', Buffer.from(signed), privateKey).toString('base64url'),
      )
    },
  ],
  ['ES384', 'alg', () => withHeader({ alg: 'ES384' })],
  ['es256', 'alg', () => withHeader({ alg: 'es256' })],
  ['no alg', 'header members', () => withHeader({ alg: undefined })],
  ['no typ', 'header members', () => withHeader({ typ: undefined })],
  ['typ JWT', 'typ', () => withHeader({ typ: 'JWT' })],
  ['typ of an instruction', 'typ', () => withHeader({ typ: 'instr+jwt' })],
  ['typ with the application prefix', 'typ', () => withHeader({ typ: 'application/svc-req+jwt' })],
  ['typ in capitals', 'typ', () => withHeader({ typ: 'SVC-REQ+JWT' })],
  ['no kid', 'header members', () => withHeader({ kid: undefined })],
  ['an empty kid', 'kid', () => withHeader({ kid: '' })],
  ['a kid that is a number', 'kid', () => withHeader({ kid: 7 })],
  ['a kid that is a path', 'kid', () => withHeader({ kid: '../../etc/passwd' })],
  ['a kid of 200 letters', 'kid', () => withHeader({ kid: 'k'.repeat(200) })],
  ['an unknown kid', 'NO_MATCHING_KEY', () => withHeader({ kid: 'request-unknown' })],
  [
    'another service’s kid and key',
    'NO_MATCHING_KEY',
    () => {
      const { kid, key } = rings['claim-server'].privateKey('request')
      return withHeader({ kid }, key)
    },
  ],
  [
    'another service’s kid and key for another purpose',
    'NO_MATCHING_KEY',
    () => {
      const { kid, key } = rings['claim-server'].privateKey('instruction')
      return withHeader({ kid }, key)
    },
  ],
  [
    'the right kid, another service’s key',
    'signature does not verify',
    () => withHeader({}, rings['claim-server'].privateKey('request').key),
  ],
  [
    'the right kid, nobody’s key',
    'signature does not verify',
    () => withHeader({}, attacker.privateKey),
  ],
  [
    'a jku',
    'header members',
    () => withHeader({ jku: 'https://evil.test/jwks.json' }, attacker.privateKey),
  ],
  [
    'a jwk',
    'header members',
    () => withHeader({ jwk: attacker.publicKey.export({ format: 'jwk' }) }, attacker.privateKey),
  ],
  ['an x5u', 'header members', () => withHeader({ x5u: 'https://evil.test/cert.pem' })],
  ['an x5c', 'header members', () => withHeader({ x5c: ['MIIB'] })],
  ['a crit', 'header members', () => withHeader({ crit: ['exp'], exp: now() })],
  ['b64 false', 'header members', () => withHeader({ b64: false, crit: ['b64'] })],
  ['a zip', 'header members', () => withHeader({ zip: 'DEF' })],
  ['a cty', 'header members', () => withHeader({ cty: 'JWT' })],
  [
    'alg twice in the header',
    'key twice',
    () => forge(`{"alg":"none",${textOf(goodHeader()).slice(1)}`, goodClaims()),
  ],
  ['a header that is an array', 'no JSON object', () => forge([goodHeader()], goodClaims())],
  ['a header that is null', 'no JSON object', () => forge(null, goodClaims())],
  ['a header that is no JSON', 'no JSON object', () => forge('{alg}', goodClaims())],
  [
    'a header that is no UTF-8',
    'no JSON object',
    () => forge(Buffer.from([0x7b, 0xff, 0x7d]), goodClaims()),
  ],
  [
    'a header after a byte order mark',
    'no JSON object',
    () => forge(`\ufeff${textOf(goodHeader())}`, goodClaims()),
  ],
  // The signature
  [
    'the signature of another token',
    'signature does not verify',
    () =>
      parts(good())
        .with(2, parts(withClaims({ sub: 'x' }))[2])
        .join('.'),
  ],
  [
    'a bit of the signature flipped',
    'signature does not verify',
    () => bentSignature((bytes) => bytes.with(5, (bytes[5] ?? 0) ^ 1)),
  ],
  [
    'the twin of the signature',
    'high S',
    () => {
      const [header, claims, signature] = parts(good())
      return `${header}.${claims}.${twinSignature(signature)}`
    },
  ],
  [
    'a signature of zeros',
    'signature does not verify',
    () => bentSignature(() => new Uint8Array(64)),
  ],
  ['a signature cut short', 'high S', () => bentSignature((bytes) => bytes.subarray(0, 63))],
  [
    'a signature with a byte more',
    'high S',
    () => bentSignature((bytes) => Buffer.concat([bytes, Buffer.from([0])])),
  ],
  [
    'a signature in DER',
    'high S',
    () => {
      const signed = parts(good()).slice(0, 2).join('.')
      const { key } = rings['bank-portal'].privateKey('request')
      return `${signed}.${sign('sha256', Buffer.from(signed), key).toString('base64url')}`
    },
  ],
  // Issuer and audience
  ['no iss', 'iss', () => without('iss')],
  ['iss of nobody', 'unknown issuer', () => withClaims({ iss: 'evil' })],
  ['iss that every object has', 'unknown issuer', () => withClaims({ iss: 'constructor' })],
  ['iss __proto__', 'unknown issuer', () => withClaims({ iss: '__proto__' })],
  ['iss as an address', 'unknown issuer', () => withClaims({ iss: 'https://bank-portal' })],
  ['iss as an array', 'iss', () => withClaims({ iss: ['bank-portal'] })],
  [
    'iss of another service, signed by the portal',
    'NO_MATCHING_KEY',
    () => withClaims({ iss: 'claim-server' }),
  ],
  [
    'iss of the callee itself, signed by the portal',
    'NO_MATCHING_KEY',
    () => withClaims({ iss: 'core-banking' }),
  ],
  [
    'a service that may not call this route',
    'not allowed',
    () => {
      const { kid, key } = rings['claim-server'].privateKey('request')
      return forge({ ...goodHeader(), kid }, { ...goodClaims(), iss: 'claim-server' }, key)
    },
  ],
  ['no aud', 'claims', () => without('aud')],
  ['aud of another service', 'aud', () => withClaims({ aud: 'claim-server' })],
  ['aud of the caller', 'aud', () => withClaims({ aud: 'bank-portal' })],
  ['aud as an array of the right one', 'claims', () => withClaims({ aud: ['core-banking'] })],
  ['aud as an array of two', 'claims', () => withClaims({ aud: ['core-banking', 'claim-server'] })],
  ['aud as an address', 'claims', () => withClaims({ aud: 'http://core-banking' })],
  ['aud in capitals', 'claims', () => withClaims({ aud: 'CORE-BANKING' })],
  // Times
  ['no iat', 'claims', () => without('iat')],
  ['no exp', 'claims', () => without('exp')],
  ['iat as text', 'claims', () => withClaims({ iat: String(now()) })],
  ['exp as text', 'claims', () => withClaims({ exp: String(now() + 30) })],
  ['iat with a fraction', 'claims', () => withClaims({ iat: now() + 0.5 })],
  [
    'exp beyond every number',
    'claims',
    () => forge(goodHeader(), textOf(goodClaims()).replace(/"exp":\d+/, '"exp":1e400')),
  ],
  ['exp null', 'claims', () => withClaims({ exp: null })],
  ['exp before iat', 'lifetime', () => withClaims({ iat: now() + 10, exp: now() + 5 })],
  ['a life of 61 seconds', 'lifetime', () => withClaims({ exp: now() + 61 })],
  ['a life of a year', 'lifetime', () => withClaims({ exp: now() + 31_536_000 })],
  ['expired', 'expired', () => withClaims({ iat: now() - 31, exp: now() - 1 })],
  ['from the future', 'future', () => withClaims({ iat: now() + 13, exp: now() + 43 })],
  ['an nbf beside', 'claims', () => withClaims({ nbf: now() })],
  // The token's own id
  ['no jti', 'claims', () => without('jti')],
  ['an empty jti', 'claims', () => withClaims({ jti: '' })],
  ['a jti of 21 letters', 'claims', () => withClaims({ jti: 'A'.repeat(21) })],
  ['a jti of 23 letters', 'claims', () => withClaims({ jti: 'A'.repeat(23) })],
  ['a jti with other letters', 'claims', () => withClaims({ jti: `${'+'.repeat(21)}A` })],
  ['a jti in another text', 'claims', () => withClaims({ jti: `${'A'.repeat(21)}B` })],
  ['a jti as a number', 'claims', () => withClaims({ jti: 1 })],
  ['a jti as a UUID', 'claims', () => withClaims({ jti: crypto.randomUUID() })],
  // The request that was signed for
  ['no htm', 'claims', () => without('htm')],
  ['htm of another method', 'htm', () => withClaims({ htm: 'POST' })],
  ['htm in small letters', 'htm', () => withClaims({ htm: 'put' })],
  ['htm for all', 'htm', () => withClaims({ htm: '*' })],
  ['htm as an array', 'claims', () => withClaims({ htm: ['PUT'] })],
  ['no htu', 'claims', () => without('htu')],
  ['htu of another path', 'htu', () => withClaims({ htu: '/things/43?a=1&b=2' })],
  ['htu without the query', 'htu', () => withClaims({ htu: '/things/42' })],
  ['htu with the query in another order', 'htu', () => withClaims({ htu: '/things/42?b=2&a=1' })],
  ['htu with an encoded letter', 'htu', () => withClaims({ htu: '/things/%34%32?a=1&b=2' })],
  ['htu with a dot segment', 'htu', () => withClaims({ htu: '/things/x/../42?a=1&b=2' })],
  ['htu with a double slash', 'htu', () => withClaims({ htu: '//things/42?a=1&b=2' })],
  ['htu with a trailing slash', 'htu', () => withClaims({ htu: '/things/42/?a=1&b=2' })],
  ['htu with a fragment', 'htu', () => withClaims({ htu: `${target}#x` })],
  ['htu with a host', 'htu', () => withClaims({ htu: `http://core-banking${target}` })],
  ['htu in capitals', 'htu', () => withClaims({ htu: target.toUpperCase() })],
  ['no dig', 'claims', () => without('dig')],
  ['dig of another body', 'dig', () => withClaims({ dig: sha256(`${body} `) })],
  ['dig of no body', 'dig', () => withClaims({ dig: sha256('') })],
  ['dig in hex', 'claims', () => withClaims({ dig: sha256(body, 'hex') })],
  ['dig with padding', 'claims', () => withClaims({ dig: `${sha256(body)}=` })],
  ['an empty dig', 'claims', () => withClaims({ dig: '' })],
  // The rest
  ['a claim more', 'claims', () => withClaims({ admin: true })],
  [
    'a claim called __proto__',
    'claims',
    () => forge(goodHeader(), `{"__proto__":{"iss":"x"},${textOf(goodClaims()).slice(1)}`),
  ],
  ['no sub', 'claims', () => without('sub')],
  ['an empty sub', 'claims', () => withClaims({ sub: '' })],
  ['a sub of 101 letters', 'claims', () => withClaims({ sub: 's'.repeat(101) })],
  ['obo as a number', 'claims', () => withClaims({ obo: 1 })],
  ['an empty obo', 'claims', () => withClaims({ obo: '' })],
  ['obo null', 'claims', () => withClaims({ obo: null })],
  ['a cid of 101 letters', 'claims', () => withClaims({ cid: 'c'.repeat(101) })],
  [
    'htu twice, the right one last',
    'key twice',
    () => forge(goodHeader(), `{"htu":"/things/43",${textOf(goodClaims()).slice(1)}`),
  ],
  [
    'htu twice, the second spelt with an escape',
    'key twice',
    () => forge(goodHeader(), `{"ht\\u0075":"/things/43",${textOf(goodClaims()).slice(1)}`),
  ],
  ['claims as an array', 'no JSON object', () => forge(goodHeader(), [goodClaims()])],
  ['claims as text', 'no JSON object', () => forge(goodHeader(), JSON.stringify('claims'))],
  ['claims that are no JSON', 'no JSON object', () => forge(goodHeader(), 'iss=bank-portal')],
  [
    'claims that are no UTF-8',
    'no JSON object',
    () => forge(goodHeader(), Buffer.from('{"iss":"\xff"}', 'latin1')),
  ],
]

describe('a forged or bent token', () => {
  test('there are at least 60, and the token that they are bent from is good', async () => {
    expect(forgeries.length).toBeGreaterThanOrEqual(60)
    expect((await present(bearer(good()))).status).toBe(200)
    expect(accepted.splice(0)).toEqual(['42'])
  })

  test.each(forgeries)('%s is refused like every other', async (_name, reason, make) => {
    const made = make()
    const answer = await present(typeof made === 'string' ? bearer(made) : made)
    expect(recorded.last().reason).toContain(reason)
    expect(answer.status).toBe(401)
    expect(answer.body).toBe(
      '{"type":"/problems/unauthenticated","title":"The credentials are missing or not valid","status":401}',
    )
    expect(answer.headers['www-authenticate']).toBe('Bearer')
    expect(accepted).toEqual([])
  })

  test('two Authorization headers are none', async () => {
    const answer = await present({ authorization: [`Bearer ${good()}`, `Bearer ${good()}`] })
    expect(answer.status).toBe(401)
  })

  test('a key that staff denied is refused from the next request on', async () => {
    const own = await makeRing(`${folder.dir}/denying`, 'core-banking')
    const denying = trustPeers('core-banking', own.ring, peerAddresses, {
      fetch: keyFetches.fetch,
    })
    const check = () =>
      verifyServiceToken(
        good(),
        { method: 'PUT', target, body },
        {
          audience: 'core-banking',
          callers: ['bank-portal'],
          keysOf: (issuer) => denying.keysOf(issuer, 'request'),
          isDenied: denying.isDenied,
        },
      )
    await expect(check()).resolves.toMatchObject({ issuer: 'bank-portal' })
    denyKey(own.dir, goodHeader().kid)
    await expect(check()).rejects.toThrow('denied key')
  })
})

describe('a good token', () => {
  test.each([
    ['the query in another order', '/things/42?b=2&a=1', 401],
    ['the query repeated', '/things/42?a=1&b=2&b=3', 401],
    ['an ampersand more', '/things/42?a=1&b=2&', 401],
    ['no query', '/things/42', 401],
    ['an encoded value', '/things/42?a=1&b=%32', 401],
    ['an encoded path', '/things/%34%32?a=1&b=2', 401],
    ['another thing', '/things/43?a=1&b=2', 401],
    ['a dot segment', '/things/./42?a=1&b=2', 401],
    ['a parent segment', '/things/x/../42?a=1&b=2', 401],
    ['an encoded parent segment', '/things/x/%2e%2e/42?a=1&b=2', 401],
    ['a fragment', '/things/42?a=1&b=2#x', 401],
    ['an absolute target', 'http://core-banking/things/42?a=1&b=2', 401],
    ['an absolute target of another host', 'http://evil.test/things/42?a=1&b=2', 401],
    ['a backslash', '/things\\42?a=1&b=2', 400],
    ['a double slash', '//things/42?a=1&b=2', 404],
    ['a trailing slash', '/things/42/?a=1&b=2', 404],
    ['an encoded slash', '/things%2f42?a=1&b=2', 404],
    ['capitals', '/THINGS/42?a=1&b=2', 404],
  ])('does not open its route by a target with %s', async (_name, bent, status) => {
    const answer = await present(bearer(good()), { target: bent })
    expect(answer.status).toBe(status)
    expect(accepted).toEqual([])
  })

  test.each([
    ['a blank more', `${body} `],
    ['a line end more', `${body}\n`],
    ['nothing', ''],
    ['the same JSON written otherwise', JSON.stringify(JSON.parse(body), null, 1)],
  ])('does not carry a body with %s', async (_name, bent) => {
    const answer = await present(bearer(good()), { body: bent })
    expect(answer.status).toBe(401)
    expect(accepted).toEqual([])
  })

  test('does not carry a body of which one bit was flipped: 1,000 flips, none accepted', async () => {
    const bytes = Buffer.from(body)
    const token = good()
    let seed = 20260701
    const statuses = new Map<number, number>()
    for (let flip = 0; flip < 1000; flip++) {
      seed = (seed * 1103515245 + 12345) % 2 ** 31
      const bit = seed % (bytes.length * 8)
      const bent = bytes.with(bit >> 3, (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7)))
      const answer = await app.request(`http://core-banking${target}`, {
        method: 'PUT',
        headers: { ...bearer(token), 'content-type': 'application/json' },
        body: bent,
      })
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1)
    }
    expect(Object.fromEntries(statuses)).toEqual({ 401: 1000 })
    expect(accepted).toEqual([])
  })
})

describe('the clock', () => {
  const window = (lifetimeSeconds: number) => {
    const signedAt = Date.parse('2026-07-01T12:00:00Z')
    const token = forge(goodHeader(), {
      ...goodClaims(),
      iat: signedAt / 1000,
      exp: signedAt / 1000 + lifetimeSeconds,
    })
    const check = () =>
      verifyServiceToken(
        token,
        { method: 'PUT', target, body },
        {
          audience: 'core-banking',
          callers: ['bank-portal'],
          keysOf: (issuer) => trust.keysOf(issuer, 'request'),
          isDenied: () => false,
        },
      ).then(
        () => true,
        () => false,
      )
    return { signedAt, check }
  }

  test.each([
    [30, -29],
    [60, -59],
    [61, undefined],
  ])(
    'accepts a token with a life of %i s from ten seconds ahead on until it ends, and not a second more',
    async (lifetimeSeconds, oldest) => {
      vi.useFakeTimers({ toFake: ['Date'] })
      try {
        const { signedAt, check } = window(lifetimeSeconds)
        const good: number[] = []
        for (let ahead = -120; ahead <= 120; ahead++) {
          vi.setSystemTime(signedAt - ahead * 1000)
          if (await check()) good.push(ahead)
        }
        const expected =
          oldest === undefined ? [] : Array.from({ length: 11 - oldest }, (_, at) => oldest + at)
        expect(good).toEqual(expected)
      } finally {
        vi.useRealTimers()
      }
    },
  )
})
