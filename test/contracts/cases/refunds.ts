import { randomUUIDv7 } from 'node:crypto'
import { expect } from 'vitest'
import { authoriseRefund } from '#shared/contracts/core-banking.ts'
import {
  completePayment,
  findClaim,
  findPayment,
  reserveRefund,
} from '#shared/contracts/claim-server.ts'
import type { PaymentContent } from '#shared/contracts/payment-content.ts'
import { bankStaff } from '../../demo/bank-world.ts'
import {
  accountOf,
  askAsShop,
  balanceOf,
  contentOf,
  execute,
  haruka,
  order,
  pay,
  payAtCore,
  payeeOf,
  today,
} from '../acts.ts'
import type { Bench, ContractGroup } from '../side.ts'

const { approver, secondApprover, clerk } = bankStaff
const approvalOf = ({ staffId, password }: { staffId: string; password: string }) => ({
  staffId,
  password,
})
const two = [approvalOf(approver), approvalOf(secondApprover)]

export const refundOf = (
  bench: Bench,
  paid: PaymentContent,
  amountMinor: bigint,
  changed: Partial<PaymentContent> = {},
): PaymentContent => ({
  kind: 'refund',
  paymentId: randomUUIDv7(),
  day: today(bench),
  payerAccount: paid.claims[0]?.payeeAccount ?? '',
  claims: [
    {
      orderNumber: paid.claims[0]?.orderNumber ?? '',
      payeeAccount: paid.payerAccount,
      payeeHolder: haruka.name,
      amountMinor,
    },
  ],
  fees: [{ payeeAccount: paid.payerAccount, feeMinor: 0n }],
  currency: 'JPY',
  ...changed,
})

const approve = ({ ask }: Bench, content: PaymentContent, approvals = two) =>
  ask(
    authoriseRefund,
    { body: { approvals, content } },
    { onBehalfOf: `staff:${approver.staffId}` },
  )

const approved = async (bench: Bench, content: PaymentContent) => {
  const answer = await approve(bench, content)
  if (answer.outcome !== 'authorised') throw new Error(answer.outcome)
  return answer.authorisation
}

const reserve = (
  { ask }: Bench,
  refundedPaymentId: string,
  content: PaymentContent,
  authorisation: string,
) =>
  ask(
    reserveRefund,
    { body: { refundedPaymentId, content, authorisation } },
    { onBehalfOf: `staff:${approver.staffId}` },
  )

export const refund = async (bench: Bench, refundedPaymentId: string, content: PaymentContent) => {
  const authorisation = await approved(bench, content)
  const answer = await reserve(bench, refundedPaymentId, content, authorisation)
  if (answer.outcome !== 'reserved') return answer
  const { instruction } = answer
  const { token, receipt } = await execute(bench, content.paymentId, { instruction, authorisation })
  const { status } = await bench.ask(completePayment, { body: { receipt: token } })
  return { outcome: receipt.result, status }
}

/** A claim that was cancelled before its money came: an exception. */
export const paidLate = async (bench: Bench) => {
  const number = await order(bench)
  await askAsShop(bench, 'shoes', `/v1/orders/${number}/cancel`, { method: 'POST' })
  const content = contentOf(bench, { claims: [{ orderNumber: number }] })
  const { token } = await payAtCore(bench, content)
  const { status } = await bench.ask(completePayment, { body: { receipt: token } })
  expect(status).toBe('exception')
  return { number, content }
}

export const refunds: ContractGroup = {
  of: 'refunds',
  cases: [
    {
      rule: 'are authorised by two different approvers, one answer whoever is wrong',
      async run(bench) {
        const paid = contentOf(bench)
        await payAtCore(bench, paid)
        const content = refundOf(bench, paid, 150n)
        const refused = [
          [approvalOf(approver), approvalOf(approver)],
          [approvalOf(approver), { ...approvalOf(secondApprover), password: 'wrong' }],
          [approvalOf(approver), approvalOf(clerk)],
          [approvalOf(approver), { staffId: 'nobody', password: 'nothing' }],
        ]
        for (const approvals of refused)
          expect(await approve(bench, content, approvals)).toEqual({ outcome: 'not-accepted' })
        expect((await approve(bench, content)).outcome).toBe('authorised')
        const payment = approve(bench, contentOf(bench))
        await expect(payment).rejects.toMatchObject({
          code: 'invalid',
          errors: [{ pointer: '#/content/kind' }],
        })
        const alone = approve(bench, content, [approvalOf(approver)])
        await expect(alone).rejects.toMatchObject({ errors: [{ pointer: '#/approvals' }] })
      },
    },
    {
      rule: 'can’t be agreed to unless they go back as was paid, of today, and not above it',
      async run(bench) {
        const paid = contentOf(bench)
        await payAtCore(bench, paid)
        const unpaid = contentOf(bench)
        const stale = [
          refundOf(bench, paid, 3_151n),
          refundOf(bench, unpaid, 1n),
          refundOf(bench, paid, 1n, { day: '2026-11-23' }),
          refundOf(bench, paid, 1n, { payerAccount: payeeOf('hats').payeeAccount }),
          refundOf(bench, { ...paid, payerAccount: accountOf(haruka, 1) }, 1n),
        ]
        for (const content of stale)
          expect(await approve(bench, content)).toEqual({ outcome: 'content-stale' })
      },
    },
    {
      rule: 'bring money back in parts, up to what was paid, and leave the claim settled',
      async run(bench) {
        const number = await order(bench)
        const { content: paid } = await pay(bench, [number])
        const before = (await balanceOf(bench)) ?? 0n
        const first = refundOf(bench, paid, 3_000n)
        expect(await refund(bench, paid.paymentId, first)).toEqual({
          outcome: 'executed',
          status: 'settled',
        })
        expect(await balanceOf(bench)).toBe(before + 3_000n)
        expect(await approve(bench, refundOf(bench, paid, 151n))).toEqual({
          outcome: 'content-stale',
        })
        await refund(bench, paid.paymentId, refundOf(bench, paid, 150n))
        const { customerId } = haruka
        const { claim, history } = await bench.ask(findClaim, {
          params: { customerId, orderNumber: number },
        })
        expect(claim.status).toBe('settled')
        expect(history.filter((one) => one.event === 'refunded')).toHaveLength(2)
        const own = bench.ask(findPayment, { params: { customerId, paymentId: first.paymentId } })
        await expect(own).rejects.toMatchObject({ code: 'not-found' })
      },
    },
    {
      rule: 'are reserved once for their id, at most what is not on its way back',
      async run(bench) {
        const number = await order(bench)
        const { content: paid } = await pay(bench, [number])
        const content = refundOf(bench, paid, 2_000n)
        const other = refundOf(bench, paid, 2_000n)
        const authorisation = await approved(bench, content)
        const otherAuthorisation = await approved(bench, other)
        const first = await reserve(bench, paid.paymentId, content, authorisation)
        expect(first.outcome).toBe('reserved')
        expect(await reserve(bench, paid.paymentId, content, authorisation)).toEqual(first)
        expect(await reserve(bench, paid.paymentId, other, otherAuthorisation)).toEqual({
          outcome: 'not-reserved',
          reason: 'too-much',
          refundableMinor: 1_150n,
        })
        const another = { ...refundOf(bench, paid, 1n), paymentId: content.paymentId }
        const known = reserve(bench, paid.paymentId, another, await approved(bench, another))
        await expect(known).rejects.toMatchObject({ code: 'digest-mismatch' })
      },
    },
    {
      rule: 'are refused for another form, another agreement, or a payment that paid nothing for it',
      async run(bench) {
        const number = await order(bench)
        const { content: paid } = await pay(bench, [number])
        const content = refundOf(bench, paid, 1n)
        const authorisation = await approved(bench, content)
        const { paymentId } = paid
        const priced = { ...content, fees: content.fees.map((one) => ({ ...one, feeMinor: 1n })) }
        const wrong: [string, PaymentContent, string][] = [
          ['#/content/kind', { ...content, kind: 'payment' }, authorisation],
          ['#/content/fees', priced, authorisation],
          ['#/authorisation', refundOf(bench, paid, 2n), authorisation],
          ['#/authorisation', content, `${authorisation.slice(0, -8)}AAAAAAAA`],
        ]
        for (const [pointer, one, token] of wrong)
          await expect(reserve(bench, paymentId, one, token)).rejects.toMatchObject({
            code: 'invalid',
            errors: [{ pointer }],
          })
        const unknown = reserve(bench, randomUUIDv7(), content, authorisation)
        await expect(unknown).rejects.toMatchObject({ code: 'not-found' })
        const { content: elsewhere } = await pay(bench, [await order(bench)])
        const notFor = reserve(bench, elsewhere.paymentId, content, authorisation)
        await expect(notFor).rejects.toMatchObject({ code: 'not-found' })
      },
    },
    {
      rule: 'end the exception of a claim that was paid late',
      async run(bench) {
        const { number, content } = await paidLate(bench)
        const { customerId } = haruka
        const params = { customerId, paymentId: content.paymentId }
        const open = await bench.ask(findPayment, { params })
        expect(open.status).toBe('exception')
        expect(open.groups[0]?.claims[0]).toMatchObject({
          orderNumber: number,
          status: 'cancelled',
          refundedAt: null,
        })
        await refund(bench, content.paymentId, refundOf(bench, content, 3_150n))
        const closed = await bench.ask(findPayment, { params })
        expect(closed.groups[0]?.claims[0]?.refundedAt).toBeInstanceOf(Date)
      },
    },
  ],
}
