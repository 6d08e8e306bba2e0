import { randomUUIDv7 } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PaymentContent } from '#shared/contracts/payment-content.ts'
import { AppError } from '#shared/errors.ts'
import { silentLog } from '#shared/log.ts'
import type { ServiceClient } from '#shared/service-client.ts'
import { type FreshDatabase, freshDatabase } from '../../test/support/database.ts'
import { agreed, openStage, payForm } from '../../test/support/portal-pages.ts'
import type { AuthoriseOutcome, Customer, PaymentAuthorisation } from '../deps.ts'
import { payClaims } from './pay-claims.ts'

const customer: Customer = {
  kind: 'customer',
  customerId: 'C-100417',
  name: 'Haruka Sato',
  mailAddress: 'haruka.sato@mail.example',
  language: 'en',
}

const content = (): PaymentContent => ({
  kind: 'payment',
  paymentId: randomUUIDv7(),
  day: '2026-05-11',
  payerAccount: '0901-101-1-0014471',
  claims: [],
  fees: [],
  currency: 'JPY',
})

/** A click that finds authorisation locked; the payment is known from that look of ours on. */
const click = (knownAtLook: number) => {
  let looks = 0
  const lockedUntil = new Date(Date.now() + 1_800_000)
  const authorise = async (): Promise<AuthoriseOutcome> => ({ outcome: 'locked', lockedUntil })
  return payClaims(
    {
      callClaimServer: (async () => {
        looks++
        if (looks < knownAtLook) throw new AppError('not-found')
        return {}
      }) as ServiceClient,
      callCore: (async () => {}) as ServiceClient,
      authorisation: { authorise } as unknown as PaymentAuthorisation,
      log: silentLog,
    },
    customer,
    { payments: [content()], form: {} },
  )
}

describe('a click that finds authorisation locked', () => {
  it('by other clicks on the same button leads to the payment that one of them starts', async () => {
    expect(await click(3)).toEqual({ outcome: 'known' })
  })

  it('is told so when nobody starts the payment', async () => {
    expect(await click(Number.POSITIVE_INFINITY)).toMatchObject({ outcome: 'locked' })
  })
})

describe('the page of a payment whose result can’t be asked for', () => {
  let database: FreshDatabase
  beforeAll(async () => {
    database = await freshDatabase('bank-portal')
  })
  afterAll(() => database.close())

  it('does not say that nothing was paid, and shows the result once it can', async () => {
    const { portal, haruka: signIn, order } = await openStage(database.db, 'en')
    const { claimServer: faults } = portal.mocks.faults
    const haruka = await signIn()
    const page = await portal.open(haruka, `/payments/new?claim=${order({})}`)
    faults.set('not reachable', { calls: ['completePayment'] })
    const { url } = await haruka.submit(page, payForm, agreed)
    faults.set('not reachable', { calls: ['findPayment'] })
    const away = await haruka.open(url)
    expect(away.status).toBe(503)
    expect(away.text).toContain('The result can’t be shown at the moment')
    expect(away.text).toContain('Do not pay again')
    expect(away.text).not.toContain('Nothing was paid')
    expect(away.root.querySelector(`[hx-get="${new URL(url).pathname}/status"]`)).not.toBeNull()
    faults.clear()
    await portal.mocks.claimServer.resolve()
    expect((await haruka.open(url)).text).toContain('Paid 3,150 yen')
  })
})
