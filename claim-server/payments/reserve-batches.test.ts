import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PaymentContent } from '#shared/contracts/payment-content.ts'
import { type FreshDatabase, freshDatabase } from '../../test/support/database.ts'
import { claims } from '../claims/claims.table.ts'
import { type ClaimChange, makeWorld, type TestClaim, type TestWorld } from '../testing/world.ts'
import { paymentClaims } from './payments.table.ts'
import { reserveRuns } from './reserve-runs.ts'

let database: FreshDatabase
let world: TestWorld
const neighbour = 'C-2002'

beforeAll(async () => {
  database = await freshDatabase('claim-server')
  world = await makeWorld(database.db)
  await world.addCustomer(neighbour)
})
afterAll(async () => {
  world.close()
  await database.close()
})

const newClaim = (amountMinor = 3150n, changed?: ClaimChange) =>
  world.addClaim(world.shopA, amountMinor, changed)

interface Wanted {
  contents: PaymentContent[]
  customerId?: string
  /** How long ago it was agreed to. */
  agoSeconds?: number
}

/** In one batch, as the routes pass it on: replies, or the codes of refusals. */
const reserve = async (wanted: readonly Wanted[]) => {
  const caller = world.caller()
  const runs = wanted.map(async ({ contents, customerId = world.customerId, agoSeconds }) => ({
    bank: world.bank,
    customerId,
    payments: contents,
    authorisation: await world.core.authorise(customerId, contents, agoSeconds),
    caller,
  }))
  const answers = await reserveRuns(world.deps, await Promise.all(runs))
  return answers.map((one) => ('reply' in one ? one.reply : (one.error as { code: string }).code))
}

const claimOf = async ({ orderId }: TestClaim) => {
  const [row] = await database.db.select().from(claims).where(eq(claims.orderId, orderId))
  return row
}

const statusesOf = (of: readonly TestClaim[]) =>
  Promise.all(of.map(async (one) => (await claimOf(one))?.status))

describe('runs of one batch', () => {
  test('of which two pay one claim: the second learns by which payment it is being paid', async () => {
    const [shared, own] = [await newClaim(), await newClaim()]
    const [first, second] = [world.contentOf([shared]), world.contentOf([shared, own])]
    const answers = await reserve([{ contents: [first] }, { contents: [second] }])
    expect(answers).toMatchObject([
      { outcome: 'reserved' },
      {
        outcome: 'not-reserved',
        reason: 'claim-not-payable',
        claims: [{ orderNumber: shared.orderNumber, status: 'paying', paymentId: first.paymentId }],
      },
    ])
    expect(await statusesOf([shared, own])).toEqual(['paying', 'unsettled'])
  })

  test('of which one was refused: the next can hold what it left', async () => {
    const [one, other] = [await newClaim(), await newClaim()]
    const late = await newClaim(1n, { status: 'cancelled' })
    const answers = await reserve([
      { contents: [world.contentOf([one, late])] },
      { contents: [world.contentOf([one]), world.contentOf([other])] },
    ])
    expect(answers).toMatchObject([
      { outcome: 'not-reserved' },
      { outcome: 'reserved', payments: [{}, {}] },
    ])
  })

  test('that are the same are answered by one payment and one instruction', async () => {
    const content = world.contentOf([await newClaim(), await newClaim()])
    const [first, second] = await reserve([{ contents: [content] }, { contents: [content] }])
    expect(first).toMatchObject({ outcome: 'reserved' })
    expect(second).toEqual(first)
    const stored = eq(paymentClaims.paymentId, content.paymentId)
    expect(await database.db.$count(paymentClaims, stored)).toBe(2)
  })

  test('with another content under the same id, or somebody else’s: only the first is held', async () => {
    const [one, other] = [await newClaim(), await newClaim()]
    const theirs = await newClaim(100n, { customerId: neighbour })
    const content = world.contentOf([one])
    const under = { paymentId: content.paymentId }
    const answers = await reserve([
      { contents: [content] },
      { contents: [world.contentOf([other], under)] },
      { contents: [world.contentOf([theirs], under)], customerId: neighbour },
      { contents: [world.contentOf([other])] },
    ])
    expect(answers).toMatchObject([
      { outcome: 'reserved' },
      'digest-mismatch',
      'not-found',
      { outcome: 'reserved' },
    ])
    expect(await statusesOf([one, other, theirs])).toEqual(['paying', 'paying', 'unsettled'])
  })

  test('of two customers hold each their own claims, and neither the other’s', async () => {
    const [mine, theirs] = [await newClaim(), await newClaim(100n, { customerId: neighbour })]
    const answers = await reserve([
      { contents: [world.contentOf([theirs])] },
      { contents: [world.contentOf([mine])], customerId: neighbour },
      { contents: [world.contentOf([theirs])], customerId: neighbour },
      { contents: [world.contentOf([mine])] },
    ])
    expect(answers).toMatchObject([
      'not-found',
      'not-found',
      { outcome: 'reserved' },
      { outcome: 'reserved' },
    ])
    expect(await claimOf(theirs)).toMatchObject({ status: 'paying', customerId: neighbour })
  })

  test('of which one has ended, is stale or contradicts itself don’t touch the others', async () => {
    const [one, other, last] = [await newClaim(), await newClaim(), await newClaim()]
    const cheap = world.contentOf([other])
    const stale = { ...cheap, claims: cheap.claims.map((claim) => ({ ...claim, amountMinor: 1n })) }
    const twice = world.contentOf([other])
    const answers = await reserve([
      { contents: [world.contentOf([one])], agoSeconds: 301 },
      { contents: [stale] },
      { contents: [twice, twice] },
      { contents: [world.contentOf([last])] },
    ])
    expect(answers).toMatchObject([
      { reason: 'authorisation-expired' },
      { reason: 'content-stale' },
      'invalid',
      { outcome: 'reserved' },
    ])
    expect(await statusesOf([one, other, last])).toEqual(['unsettled', 'unsettled', 'paying'])
  })

  test('and runs of another batch over one id for two claims: one is held, all others too', async () => {
    const [one, other] = [await newClaim(), await newClaim()]
    const beside = [await newClaim(), await newClaim()]
    const content = world.contentOf([one])
    const same = world.contentOf([other], { paymentId: content.paymentId })
    const batches = [content, same].map((contended, at) => [
      { contents: beside.slice(at, at + 1).map((claim) => world.contentOf([claim])) },
      { contents: [contended] },
    ])
    const answers = await Promise.all(batches.map(reserve))
    const contended = answers.map((some) => some[1])
    expect(answers.map((some) => some[0])).toMatchObject([
      { outcome: 'reserved' },
      { outcome: 'reserved' },
    ])
    expect(contended).toContain('digest-mismatch')
    expect(contended).toContainEqual(expect.objectContaining({ outcome: 'reserved' }))
    expect(await statusesOf(beside)).toEqual(['paying', 'paying'])
  })
})
