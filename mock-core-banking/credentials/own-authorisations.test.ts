import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Authorisation } from '#shared/contracts/documents.ts'
import { denyKey } from '#shared/keys.ts'
import { makeRing, temporaryFolder, type TestRing } from '#shared/testing/key-rings.ts'
import { recallAuthorisation, signAndRemember } from './own-authorisations.ts'

let folder: ReturnType<typeof temporaryFolder>
let core: TestRing
beforeEach(async () => {
  folder = temporaryFolder()
  core = await makeRing(folder.dir, 'core-banking')
})
afterEach(() => folder[Symbol.dispose]())

const content = (at = 0): Authorisation => ({
  iss: 'core-banking',
  aud: 'claim-server',
  iat: 1_800_000_000 + at,
  exp: 1_800_000_300 + at,
  authTime: 1_800_000_000 + at,
  payer: 'C-1',
  payments: [{ paymentId: '019a0000-0000-7000-8000-000000000001', digest: 'd'.repeat(43) }],
})

const bend = (token: string) =>
  `${token.slice(0, -3)}${token.at(-3) === 'A' ? 'B' : 'A'}${token.slice(-2)}`

test('an authorisation that this process signed is known again by its text alone', async () => {
  const token = await signAndRemember(core.ring, content())
  expect(recallAuthorisation(core.ring, token)).toEqual(content())
  expect(recallAuthorisation(core.ring, bend(token))).toBeUndefined()
})

test('another process, with the same keys, has to verify it', async () => {
  const token = await signAndRemember(core.ring, content())
  const { ring } = await makeRing(folder.dir, 'core-banking')
  expect(recallAuthorisation(ring, token)).toBeUndefined()
})

test('once its key is denied it is known no more', async () => {
  const token = await signAndRemember(core.ring, content())
  denyKey(core.dir, core.privateKey('authorisation').kid)
  expect(recallAuthorisation(core.ring, token)).toBeUndefined()
})

test('of very many the oldest are forgotten', async () => {
  const first = await signAndRemember(core.ring, content())
  for (let at = 1; at <= 4096; at++) await signAndRemember(core.ring, content(at))
  expect(recallAuthorisation(core.ring, first)).toBeUndefined()
})
