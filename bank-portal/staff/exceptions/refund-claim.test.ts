import { describe, expect, it } from 'vitest'
import type { PaymentContent } from '#shared/contracts/payment-content.ts'
import { AppError } from '#shared/errors.ts'
import { silentLog } from '#shared/log.ts'
import { NoAnswer, type ServiceClient } from '#shared/service-client.ts'
import { refundClaim } from './refund-claim.ts'

const paymentId = '0199f000-0000-7000-8000-000000000001'
const refundedPaymentId = '0199f000-0000-7000-8000-000000000002'
const content: PaymentContent = {
  kind: 'refund',
  paymentId,
  day: '2026-11-23',
  payerAccount: '0901-101-2-1100101',
  claims: [
    {
      orderNumber: '3F8T-Q1ZD-H',
      payeeAccount: '0901-101-1-0014471',
      payeeHolder: 'Haruka Sato',
      amountMinor: 3150n,
    },
  ],
  fees: [{ payeeAccount: '0901-101-1-0014471', feeMinor: 0n }],
  currency: 'JPY',
}
const approvals = [
  { staffId: 'approver1', password: 'one' },
  { staffId: 'approver2', password: 'two' },
] as const
const member = {
  kind: 'staff',
  staffId: 'approver1',
  name: 'Rie Hayashi',
  roles: ['approver'],
  mustChoosePassword: false,
} as const

/** What the peers answer, call by call, over what they answer when all is well. */
type Answers = Record<string, () => unknown>

const allIsWell: Answers = {
  recordAct: () => ({}),
  authoriseRefund: () => ({ outcome: 'authorised', authorisation: 'A' }),
  reserveRefund: () => ({
    outcome: 'reserved',
    paymentId,
    instruction: 'I',
    submitBefore: new Date(),
  }),
  executePayment: () => ({ receipt: 'R' }),
  completePayment: () => ({ status: 'settled' }),
}

const silent = () => {
  throw new NoAnswer('peer', 'away')
}

const refund = async (answers: Answers = {}) => {
  const asked: { name: string; body: unknown; onBehalfOf: unknown }[] = []
  const call = (async (one: { name: string }, sent: { body?: unknown }, context?: object) => {
    asked.push({ name: one.name, body: sent.body, ...(context as { onBehalfOf: unknown }) })
    return { ...allIsWell, ...answers }[one.name]?.()
  }) as unknown as ServiceClient
  const deps = { callClaimServer: call, callCore: call, log: silentLog }
  const outcome = await refundClaim(
    deps,
    { ...member, roles: [...member.roles] },
    { refundedPaymentId, content, approvals: [approvals[0], approvals[1]] },
  )
  return { outcome, asked, names: asked.map((one) => one.name) }
}

describe('a refund', () => {
  it('is recorded first, authorised by two, prepared, executed, and completed by its receipt', async () => {
    const { outcome, asked, names } = await refund()
    expect(outcome).toEqual({ outcome: 'submitted' })
    expect(names).toEqual([
      'recordAct',
      'authoriseRefund',
      'reserveRefund',
      'executePayment',
      'completePayment',
    ])
    expect(asked[0]?.body).toMatchObject({
      act: 'refund-claim',
      subject: '3F8T-Q1ZD-H',
      detail: expect.stringContaining('3,150 yen by approver1 and approver2'),
    })
    expect(JSON.stringify(asked[0])).not.toMatch(/"one"|"two"/)
    expect(asked.at(-1)?.body).toEqual({ receipt: 'R' })
    expect(new Set(asked.map((one) => one.onBehalfOf))).toEqual(new Set(['staff:approver1']))
  })

  it.each(['recordAct', 'authoriseRefund'])(
    'is not possible without an answer to %s: nothing was prepared',
    async (name) => {
      const { outcome, names } = await refund({ [name]: silent })
      expect(outcome).toEqual({ outcome: 'not-possible' })
      expect(names).not.toContain('reserveRefund')
    },
  )

  it('that the passwords don’t carry is told as the core says it, and not prepared', async () => {
    const refused = { outcome: 'not-accepted', triesLeft: 4 }
    const { outcome, names } = await refund({ authoriseRefund: () => refused })
    expect(outcome).toEqual(refused)
    expect(names).not.toContain('reserveRefund')
  })

  it('is unclear without an answer to its preparation, and is not executed', async () => {
    const { outcome, names } = await refund({ reserveRefund: silent })
    expect(outcome).toEqual({ outcome: 'unclear' })
    expect(names).not.toContain('executePayment')
  })

  it('of more than was paid is told so, and not executed', async () => {
    const tooMuch = { outcome: 'not-reserved', reason: 'too-much', refundableMinor: 0n }
    const { outcome, names } = await refund({ reserveRefund: () => tooMuch })
    expect(outcome).toEqual(tooMuch)
    expect(names).not.toContain('executePayment')
  })

  it('under the id of another content is told apart from every other refusal', async () => {
    const other = () => {
      throw new AppError('digest-mismatch')
    }
    expect((await refund({ reserveRefund: other })).outcome).toEqual({ outcome: 'other-content' })
    const gone = () => {
      throw new AppError('not-found')
    }
    await expect(refund({ reserveRefund: gone })).rejects.toMatchObject({ code: 'not-found' })
  })

  it.each(['executePayment', 'completePayment'])(
    'once prepared is submitted, whatever becomes of %s: only the receipt decides',
    async (name) => {
      expect((await refund({ [name]: silent })).outcome).toEqual({ outcome: 'submitted' })
      const broken = () => {
        throw new AppError('internal')
      }
      expect((await refund({ [name]: broken })).outcome).toEqual({ outcome: 'submitted' })
    },
  )
})
