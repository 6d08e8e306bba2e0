import { randomUUIDv7 } from 'node:crypto'
import { expect } from 'vitest'
import { completePayment, findClaim, findPayment } from '#shared/contracts/claim-server.ts'
import { findReceipts, voidPayment } from '#shared/contracts/core-banking.ts'
import { readDocument } from '#shared/contracts/documents.ts'
import { digestOf, type PaymentContent } from '#shared/contracts/payment-content.ts'
import { trustKeys } from '../../mocks/index.ts'
import {
  accountOf,
  agreed,
  askAsShop,
  authorisationOf,
  balanceOf,
  complete,
  contentOf,
  execute,
  haruka,
  kenji,
  order,
  pay,
  payAtCore,
  quoted,
  reserve,
  reserved,
} from '../acts.ts'
import type { Bench, ContractGroup } from '../side.ts'

const notFound = { code: 'not-found' }

const statusOf = async ({ ask }: Bench, orderNumber: string) => {
  const { customerId } = haruka
  const { claim } = await ask(findClaim, { params: { customerId, orderNumber } })
  return claim.status
}

const find = ({ ask }: Bench, paymentId: string, customerId: string = haruka.customerId) =>
  ask(findPayment, { params: { customerId, paymentId } })

export const runs: ContractGroup = {
  of: 'reserving a run',
  cases: [
    {
      rule: 'holds the claims, and instructs the core for thirty seconds',
      async run(bench) {
        const number = await order(bench)
        const second = await order(bench, haruka, 'hats', { yen: 2100 })
        const content = await quoted(bench, [number, second])
        const run = await reserve(bench, [content], await agreed(bench, [content]))
        if (run.outcome !== 'reserved') throw new Error(run.reason)
        const { instruction = '', submitBefore } = run.payments[0] ?? {}
        const trust = trustKeys('core-banking', bench.keys)
        const read = (await readDocument(trust, 'instruction', instruction)).content
        expect(read).toMatchObject({ digest: digestOf(content), payer: haruka.customerId })
        expect(read.submitBefore * 1000).toBe(submitBefore?.getTime())
        expect(read.groups[1]?.reference).toContain(second)
        expect(await statusOf(bench, number)).toBe('paying')
        const payment = await find(bench, content.paymentId)
        expect(payment).toMatchObject({
          status: 'paying',
          amountMinor: 5250n,
          feeMinor: 110n,
          totalMinor: 5360n,
          decidedAt: null,
        })
        expect(payment.groups.map((one) => one.payee.name)).toEqual(['Shop A Shoes', 'Shop B Hats'])
      },
    },
    {
      rule: 'is all or nothing over several payments',
      async run(bench) {
        const numbers = [await order(bench), await order(bench)]
        const held = await order(bench)
        const [one = '', two = ''] = numbers
        const first = await quoted(bench, [one])
        const second = await quoted(bench, [two], haruka, 1)
        const third = await quoted(bench, [held])
        await reserve(bench, [third], await agreed(bench, [third]))
        const again = { ...third, paymentId: randomUUIDv7() }
        const contents = [first, again]
        const refused = await reserve(bench, contents, await agreed(bench, contents))
        expect(refused).toEqual({
          outcome: 'not-reserved',
          reason: 'claim-not-payable',
          claims: [{ orderNumber: held, status: 'paying', paymentId: third.paymentId }],
        })
        expect(await statusOf(bench, numbers[0] ?? '')).toBe('unsettled')
        const run = await reserve(bench, [first, second], await agreed(bench, [first, second]))
        expect(run.outcome).toBe('reserved')
        const both = [await find(bench, first.paymentId), await find(bench, second.paymentId)]
        expect(both[0]?.runId).toBe(both[1]?.runId)
      },
    },
    {
      rule: 'answers a known payment as it was stored, whatever became of it',
      async run(bench) {
        const number = await order(bench)
        const { content, documents } = await pay(bench, [number])
        const again = await reserve(bench, [content], documents.authorisation)
        expect(again).toMatchObject({
          outcome: 'reserved',
          payments: [{ paymentId: content.paymentId, instruction: documents.instruction }],
        })
        const other = {
          ...(await quoted(bench, [await order(bench)])),
          paymentId: content.paymentId,
        }
        const reused = reserve(bench, [other], await agreed(bench, [other]))
        await expect(reused).rejects.toMatchObject({ code: 'digest-mismatch' })
      },
    },
    {
      rule: 'is refused for claims of somebody else, and for somebody else',
      async run(bench) {
        const foreign = await order(bench, kenji)
        const content = contentOf(bench, { claims: [{ orderNumber: foreign }] })
        const authorisation = await agreed(bench, [content])
        await expect(reserve(bench, [content], authorisation)).rejects.toMatchObject(notFound)
        const own = await quoted(bench, [await order(bench)])
        const stolen = reserve(bench, [own], await agreed(bench, [own]), kenji)
        await expect(stolen).rejects.toMatchObject(notFound)
      },
    },
    {
      rule: 'is refused when the tables tell otherwise: amount, fee, payee, holder, day',
      async run(bench) {
        const number = await order(bench)
        const content = await quoted(bench, [number])
        const [claim] = content.claims
        if (!claim) throw new Error('there is no claim')
        const hats = { payeeAccount: '0901-202-2-1100202', payeeHolder: 'Shop B Hats' }
        const changed: Partial<PaymentContent>[] = [
          { claims: [{ ...claim, amountMinor: 3149n }] },
          { fees: content.fees.map((one) => ({ ...one, feeMinor: 1n })) },
          {
            claims: [{ ...claim, ...hats }],
            fees: [{ payeeAccount: hats.payeeAccount, feeMinor: 110n }],
          },
          { claims: [{ ...claim, payeeHolder: 'Somebody Else' }] },
          { day: '2026-11-25' },
        ]
        for (const change of changed) {
          const one = { ...content, ...change, paymentId: randomUUIDv7() }
          const authorisation = await authorisationOf(bench, [one])
          expect(await reserve(bench, [one], authorisation)).toEqual({
            outcome: 'not-reserved',
            reason: 'content-stale',
            claims: [{ orderNumber: number, status: 'unsettled', paymentId: null }],
          })
        }
      },
    },
    {
      rule: 'is refused with another’s, a forged or an old authorisation',
      async run(bench) {
        const content = await quoted(bench, [await order(bench)])
        const wrong = [
          await authorisationOf(bench, [contentOf(bench)]),
          `${(await authorisationOf(bench, [content])).slice(0, -8)}AAAAAAAA`,
        ]
        for (const authorisation of wrong)
          await expect(reserve(bench, [content], authorisation)).rejects.toMatchObject({
            code: 'invalid',
            errors: [{ pointer: '#/authorisation' }],
          })
        const ago = Math.floor(Date.now() / 1000) - 301
        const old = await authorisationOf(bench, [content], { iat: ago, exp: ago + 300 })
        expect(await reserve(bench, [content], old)).toEqual({
          outcome: 'not-reserved',
          reason: 'authorisation-expired',
          claims: [],
        })
      },
    },
    {
      rule: 'is refused for another kind, an id twice, a claim twice',
      async run(bench) {
        const content = await quoted(bench, [await order(bench)])
        const refund = { ...content, kind: 'refund' as const }
        const runs: [string, PaymentContent[]][] = [
          ['#/payments/0/kind', [refund]],
          ['#/payments', [content, content]],
          ['#/payments', [content, { ...content, paymentId: randomUUIDv7() }]],
        ]
        for (const [pointer, contents] of runs) {
          const authorisation = await authorisationOf(bench, contents)
          await expect(reserve(bench, contents, authorisation)).rejects.toMatchObject({
            code: 'invalid',
            errors: [{ pointer }],
          })
        }
      },
    },
  ],
}

export const completion: ContractGroup = {
  of: 'completing a payment',
  cases: [
    {
      rule: 'an executed receipt settles its claims; a repeat changes nothing',
      async run(bench) {
        const numbers = [await order(bench), await order(bench, haruka, 'hats', { yen: 2100 })]
        const { content, token, status } = await pay(bench, numbers)
        expect(status).toBe('settled')
        expect(await complete(bench, token)).toEqual({
          paymentId: content.paymentId,
          status: 'settled',
        })
        const payment = await find(bench, content.paymentId)
        expect(payment).toMatchObject({ status: 'settled', reason: null, shortByMinor: null })
        const { customerId } = haruka
        const { history } = await bench.ask(findClaim, {
          params: { customerId, orderNumber: numbers[0] ?? '' },
        })
        expect(history.map((one) => one.event)).toEqual([
          'provisional',
          'unsettled',
          'paying',
          'settled',
        ])
      },
    },
    {
      rule: 'a refused receipt releases them, and says why and by how much',
      async run(bench) {
        const number = await order(bench)
        const content = await quoted(bench, [number], haruka, 2)
        const { token } = await execute(bench, content.paymentId, await reserved(bench, content))
        expect(await complete(bench, token)).toMatchObject({ status: 'refused' })
        expect(await find(bench, content.paymentId)).toMatchObject({
          status: 'refused',
          reason: 'insufficient-funds',
          shortByMinor: 2_060n,
        })
        const { customerId } = haruka
        const { claim, history } = await bench.ask(findClaim, {
          params: { customerId, orderNumber: number },
        })
        expect(claim).toMatchObject({ status: 'unsettled', payable: true, inPayment: null })
        expect(history.at(-1)).toMatchObject({ event: 'released', reason: 'insufficient-funds' })
        expect((await pay(bench, [number])).status).toBe('settled')
      },
    },
    {
      rule: 'a void releases them, and the core refuses what comes later',
      async run(bench) {
        const number = await order(bench)
        const content = await quoted(bench, [number])
        const { paymentId } = content
        const documents = await reserved(bench, content)
        const { receipt } = await bench.ask(voidPayment, {
          params: { paymentId },
          body: { payer: haruka.customerId, digest: digestOf(content), kind: 'payment' },
        })
        expect(await complete(bench, receipt)).toEqual({ paymentId, status: 'voided' })
        expect((await execute(bench, paymentId, documents)).receipt.result).toBe('voided')
        expect(await statusOf(bench, number)).toBe('unsettled')
      },
    },
    {
      rule: 'whoever lost the answer finds the receipt, and it settles',
      async run(bench) {
        const number = await order(bench)
        const content = await quoted(bench, [number])
        const { paymentId } = content
        await execute(bench, paymentId, await reserved(bench, content))
        expect((await find(bench, paymentId)).status).toBe('paying')
        const { receipts } = await bench.ask(findReceipts, { body: { paymentIds: [paymentId] } })
        expect(await complete(bench, receipts[0]?.receipt ?? '')).toMatchObject({
          status: 'settled',
        })
      },
    },
    {
      rule: 'a receipt of a payment that is unknown here settles what it paid',
      async run(bench) {
        const number = await order(bench)
        const content = contentOf(bench, { claims: [{ orderNumber: number }] })
        const { token } = await payAtCore(bench, content)
        expect(await complete(bench, token)).toMatchObject({ status: 'settled' })
        const payment = await find(bench, content.paymentId)
        expect(payment).toMatchObject({ status: 'settled', amountMinor: 3150n })
        expect(await statusOf(bench, number)).toBe('settled')
        const authorisation = await agreed(bench, [content])
        expect(await reserve(bench, [content], authorisation)).toEqual({
          outcome: 'not-reserved',
          reason: 'claim-not-payable',
          claims: [{ orderNumber: number, status: 'settled', paymentId: content.paymentId }],
        })
      },
    },
    {
      rule: 'money for a claim that is not free, or for another amount, is an exception',
      async run(bench) {
        const cancelled = await order(bench)
        await askAsShop(bench, 'shoes', `/v1/orders/${cancelled}/cancel`, { method: 'POST' })
        const dear = await order(bench)
        const free = await order(bench)
        const content = contentOf(bench, {
          claims: [
            { orderNumber: cancelled },
            { orderNumber: dear, amountMinor: 1n },
            { orderNumber: free },
          ],
        })
        const { token } = await payAtCore(bench, content)
        expect(await complete(bench, token)).toMatchObject({ status: 'exception' })
        const payment = await find(bench, content.paymentId)
        const claims = payment.groups.flatMap((one) => one.claims)
        const isException = (number: string) =>
          claims.find((one) => one.orderNumber === number)?.exceptionId !== null
        expect([cancelled, dear, free].map(isException)).toEqual([true, true, false])
        expect(await statusOf(bench, free)).toBe('settled')
        expect(await statusOf(bench, dear)).toBe('unsettled')
      },
    },
    {
      rule: 'refused and voided receipts of unknown payments change nothing',
      async run(bench) {
        const content = contentOf(bench, {
          payerAccount: accountOf(haruka, 2),
          claims: [{ orderNumber: await order(bench) }],
        })
        const { token } = await payAtCore(bench, content)
        expect(await complete(bench, token)).toMatchObject({ status: 'refused' })
        await expect(find(bench, content.paymentId)).rejects.toMatchObject(notFound)
      },
    },
    {
      rule: 'what is no receipt of the core settles nothing',
      async run(bench) {
        const content = await quoted(bench, [await order(bench)])
        const { instruction, authorisation } = await reserved(bench, content)
        for (const receipt of [instruction, authorisation])
          await expect(bench.ask(completePayment, { body: { receipt } })).rejects.toMatchObject({
            code: 'invalid',
            errors: [{ pointer: '#/receipt' }],
          })
      },
    },
    {
      rule: 'a payment is shown to its customer alone',
      async run(bench) {
        const { content } = await pay(bench, [await order(bench)])
        const foreign = find(bench, content.paymentId, kenji.customerId)
        await expect(foreign).rejects.toMatchObject(notFound)
        await expect(find(bench, randomUUIDv7())).rejects.toMatchObject(notFound)
        expect(await balanceOf(bench)).toBeTypeOf('bigint')
      },
    },
  ],
}
