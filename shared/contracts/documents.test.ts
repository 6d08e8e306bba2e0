import { randomUUIDv7 } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { signJws, TokenRefused, verifyJws, knownKeys } from '../jws.ts'
import { archiveKey, readKeyFolder } from '../key-folder.ts'
import { denyKey, makeKey } from '../keys.ts'
import { twinSignature } from '../low-s.ts'
import { newOrderNumber } from '../order-number.ts'
import { trustPeers } from '../service-routes.ts'
import { type Service, serviceNames } from '../service-token.ts'
import {
  keysByFetch,
  makeRing,
  peerAddresses,
  temporaryFolder,
  type TestRing,
} from '../testing/key-rings.ts'
import {
  type Authorisation,
  type Instruction,
  readDocument,
  type Receipt,
  signDocument,
} from './documents.ts'

const folder = temporaryFolder()
const rings = {} as Record<Service, TestRing>
beforeAll(async () => {
  for (const service of serviceNames) rings[service] = await makeRing(folder.dir, service)
})
afterAll(() => folder[Symbol.dispose]())

const trustOf = (service: Service, cacheSeconds = 0) => {
  const published = keysByFetch({
    'claim-server': rings['claim-server'].ring,
    'bank-portal': rings['bank-portal'].ring,
    'core-banking': rings['core-banking'].ring,
  })
  const trust = trustPeers(service, rings[service].ring, peerAddresses, {
    fetch: published.fetch,
    cacheSeconds,
  })
  return { trust, state: published.state }
}

const now = Math.floor(Date.now() / 1000)
const paymentId = randomUUIDv7()
const payeeAccount = '0901-202-1-0000001'
const digest = 'A'.repeat(43)

const authorisation: Authorisation = {
  iss: 'core-banking',
  aud: 'claim-server',
  iat: now,
  exp: now + 300,
  authTime: now,
  payer: 'customer-1',
  payments: [{ paymentId, digest }],
}
const leg = { orderNumber: newOrderNumber(), payeeAccount, amountMinor: 3150n }
const instruction: Instruction = {
  iss: 'claim-server',
  aud: 'core-banking',
  iat: now,
  submitBefore: now + 30,
  kind: 'payment',
  paymentId,
  day: '2026-07-01',
  payer: 'customer-1',
  payerAccount: '0901-101-4-0014471',
  claims: [{ ...leg, payeeHolder: 'Shop A Shoes' }],
  groups: [{ payeeAccount, transferId: randomUUIDv7(), feeMinor: 0n, reference: 'A-1' }],
  currency: 'JPY',
  digest,
}
const receipt: Receipt = {
  iss: 'core-banking',
  aud: 'claim-server',
  jti: paymentId,
  iat: now,
  result: 'executed',
  kind: 'payment',
  payer: 'customer-1',
  digest,
  payerAccount: '0901-101-4-0014471',
  currency: 'JPY',
  legs: [{ ...leg, transferId: randomUUIDv7() }],
  fees: [],
  authorisedAt: new Date(now * 1000),
  decidedAt: new Date(now * 1000),
}

describe('a document', () => {
  test('is read as it was signed, with the key to keep beside it', async () => {
    const core = rings['core-banking'].ring
    const token = await signDocument(core, 'receipt', receipt)
    const { content, kid, publicKey } = await readDocument(
      trustOf('claim-server').trust,
      'receipt',
      token,
    )
    expect(content).toEqual(receipt)
    expect(await publicKey()).toEqual(core.publicKeys('receipt')[0])
    expect(kid).toBe((await publicKey()).kid)
    const authorised = await signDocument(core, 'authorisation', authorisation)
    expect(
      (await readDocument(trustOf('claim-server').trust, 'authorisation', authorised)).content,
    ).toEqual(authorisation)
    const instructed = await signDocument(rings['claim-server'].ring, 'instruction', instruction)
    expect(
      (await readDocument(trustOf('core-banking').trust, 'instruction', instructed)).content,
    ).toEqual(instruction)
  })

  test('by another library’s signer, whose s is the larger, is evidence as good', async () => {
    const token = await signDocument(rings['core-banking'].ring, 'receipt', receipt)
    const [header, payload, signature] = token.split('.') as [string, string, string]
    const twin = `${header}.${payload}.${twinSignature(signature)}`
    const { content } = await readDocument(trustOf('claim-server').trust, 'receipt', twin)
    expect(content).toEqual(receipt)
  })

  test('is checked again by its archived key when its signer publishes that no more', async () => {
    const own = await makeRing(`${folder.dir}/archiving`, 'core-banking')
    const token = await signDocument(own.ring, 'receipt', receipt)
    const publicKeys = own.ring.publicKeys('receipt')
    await makeKey(own.dir, 'receipt')
    for (const key of readKeyFolder(own.dir).keys)
      if (key.kid === publicKeys[0]?.kid) archiveKey(own.dir, key, new Date())
    const published = trustPeers('claim-server', own.ring, peerAddresses, {
      fetch: keysByFetch({ 'core-banking': own.ring }).fetch,
    })
    await expect(readDocument(published, 'receipt', token)).rejects.toThrow(TokenRefused)
    const archived = { ...published, keysOf: () => knownKeys(publicKeys) }
    expect((await readDocument(archived, 'receipt', token)).content).toEqual(receipt)
  })

  test('by a denied key is refused', async () => {
    const own = await makeRing(`${folder.dir}/denying`, 'core-banking')
    const reader = await makeRing(`${folder.dir}/denying`, 'claim-server')
    const trust = trustPeers('claim-server', reader.ring, peerAddresses, {
      fetch: keysByFetch({ 'core-banking': own.ring }).fetch,
    })
    const token = await signDocument(own.ring, 'receipt', receipt)
    await readDocument(trust, 'receipt', token)
    denyKey(reader.dir, own.ring.publicKeys('receipt')[0]?.kid as string)
    await expect(readDocument(trust, 'receipt', token)).rejects.toThrow('denied key')
  })

  test('whose signer can’t be asked for its keys is neither believed nor refused', async () => {
    const { trust, state } = trustOf('claim-server')
    const token = await signDocument(rings['core-banking'].ring, 'receipt', receipt)
    state.away = true
    const failure = await readDocument(trust, 'receipt', token).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(Error)
    expect(failure).not.toBeInstanceOf(TokenRefused)
  })
})

describe('no document is', () => {
  const read = (token: string) => readDocument(trustOf('claim-server').trust, 'receipt', token)
  const core = () => rings['core-banking'].ring

  test.each([
    [
      'a receipt signed by the core’s request key',
      () => signJws(core(), 'request', 'receipt+jwt', receipt),
    ],
    [
      'a receipt signed by the core’s authorisation key',
      () => signJws(core(), 'authorisation', 'receipt+jwt', receipt),
    ],
    [
      'a receipt signed by the portal',
      () =>
        signJws(rings['bank-portal'].ring, 'request', 'receipt+jwt', {
          ...receipt,
          iss: 'bank-portal',
        }),
    ],
    [
      'a receipt signed by the claim server itself',
      () =>
        signJws(rings['claim-server'].ring, 'instruction', 'receipt+jwt', {
          ...receipt,
          iss: 'claim-server',
        }),
    ],
    [
      'a receipt in the core’s name signed by the portal',
      () => signJws(rings['bank-portal'].ring, 'request', 'receipt+jwt', receipt),
    ],
    ['an authorisation', () => signDocument(core(), 'authorisation', authorisation)],
    [
      'a receipt with the typ of a request',
      () => signJws(core(), 'receipt', 'svc-req+jwt', receipt),
    ],
    ['a receipt without a typ', () => signJws(core(), 'receipt', '', receipt)],
    [
      'a receipt for somebody else',
      () => signJws(core(), 'receipt', 'receipt+jwt', { ...receipt, aud: 'bank-portal' }),
    ],
    [
      'a receipt with a field more',
      () => signJws(core(), 'receipt', 'receipt+jwt', { ...receipt, legs2: [] }),
    ],
    [
      'a receipt of another result',
      () => signJws(core(), 'receipt', 'receipt+jwt', { ...receipt, result: 'perhaps' }),
    ],
    [
      'a receipt with an amount of zero',
      () =>
        signJws(core(), 'receipt', 'receipt+jwt', {
          ...receipt,
          legs: [{ ...receipt.legs[0], amountMinor: 0 }],
        }),
    ],
    [
      'a receipt of no payment',
      () => signJws(core(), 'receipt', 'receipt+jwt', { ...receipt, jti: 'x' }),
    ],
    [
      'a receipt with a bit flipped',
      async () => flipped(await signDocument(core(), 'receipt', receipt)),
    ],
    ['text', async () => 'receipt'],
    ['nothing', async () => ''],
  ])('%s', async (_name, make) => {
    await expect(read(await make())).rejects.toThrow(TokenRefused)
  })

  test('a receipt that names an issuer of no keys costs no look at anybody’s', async () => {
    const { trust, state } = trustOf('claim-server')
    const token = await signJws(rings['bank-portal'].ring, 'request', 'receipt+jwt', {
      ...receipt,
      iss: 'bank-portal',
    })
    await expect(readDocument(trust, 'receipt', token)).rejects.toThrow('unknown issuer')
    expect(state.fetches).toBe(0)
  })

  test('a service token a document, nor a document a service token', async () => {
    const token = await signDocument(core(), 'receipt', receipt)
    const check = verifyJws(token, {
      typ: 'svc-req+jwt',
      keysOf: (issuer) => trustOf('claim-server').trust.keysOf(issuer, 'receipt'),
      isDenied: () => false,
    })
    await expect(check).rejects.toThrow('typ')
  })
})

const flipped = (token: string) => {
  const [header, payload, signature] = token.split('.') as [string, string, string]
  const bytes = Buffer.from(payload, 'base64url')
  const at = bytes.indexOf('3150')
  bytes[at] = (bytes[at] as number) ^ 1
  return `${header}.${bytes.toString('base64url')}.${signature}`
}
