import { randomUUIDv7 } from 'node:crypto'
import { expect } from 'vitest'
import {
  checkBooks,
  executePayment,
  findReceipts,
  listExecuted,
  voidPayment,
} from '#shared/contracts/core-banking.ts'
import { digestOf, type PaymentContent } from '#shared/contracts/payment-content.ts'
import {
  accountOf,
  agreed,
  authorisationOf,
  balanceOf,
  contentOf,
  execute,
  haruka,
  instruct,
  kenji,
  payAtCore,
  payeeOf,
  readReceipt,
  takumi,
} from '../acts.ts'
import type { Bench, ContractGroup } from '../side.ts'

const voidAs = async (bench: Bench, content: PaymentContent) => {
  const { receipt } = await bench.ask(voidPayment, {
    params: { paymentId: content.paymentId },
    body: { payer: haruka.customerId, digest: digestOf(content), kind: content.kind },
  })
  return readReceipt(bench, receipt)
}

const seconds = () => Math.floor(Date.now() / 1000)

/** The last character of the signature carries bits; of the content nothing is another. */
const bent = (token: string) => {
  const [head, payload = '', signature = ''] = token.split('.')
  const other = signature.startsWith('A') ? 'B' : 'A'
  return [head, payload, other + signature.slice(1)].join('.')
}

export const execution: ContractGroup = {
  of: 'executing a payment',
  cases: [
    {
      rule: 'moves all groups and fees, and says so in a receipt',
      async run(bench) {
        const content = contentOf(bench, {
          claims: [{ amountMinor: 3_000n }, { amountMinor: 150n }, payeeOf('hats')],
          feeMinor: 110n,
        })
        const before = (await balanceOf(bench)) ?? 0n
        const { receipt } = await execute(bench, content.paymentId, {
          instruction: await instruct(bench, content),
          authorisation: await agreed(bench, [content]),
        })
        expect(receipt).toMatchObject({
          jti: content.paymentId,
          result: 'executed',
          payer: haruka.customerId,
          digest: digestOf(content),
          payerAccount: accountOf(haruka),
        })
        expect(receipt.legs).toHaveLength(3)
        expect(receipt.fees.map((one) => one.feeMinor)).toEqual([110n, 110n])
        expect(await balanceOf(bench)).toBe(before - 6_300n - 220n)
        expect((await bench.ask(checkBooks, {})).differences).toEqual([])
      },
    },
    {
      rule: 'once for its id, the receipt is the same for ever; another content is refused',
      async run(bench) {
        const content = contentOf(bench)
        const documents = {
          instruction: await instruct(bench, content),
          authorisation: await authorisationOf(bench, [content]),
        }
        const first = await execute(bench, content.paymentId, documents)
        const before = await balanceOf(bench)
        const again = await execute(bench, content.paymentId, documents)
        expect({ ...again.receipt, iat: 0 }).toEqual({ ...first.receipt, iat: 0 })
        expect(await balanceOf(bench)).toBe(before)
        const other = { ...contentOf(bench), paymentId: content.paymentId }
        await expect(payAtCore(bench, other)).rejects.toMatchObject({ code: 'digest-mismatch' })
      },
    },
    {
      rule: 'is refused for short funds by what is missing, whole and for ever',
      async run(bench) {
        const content = contentOf(bench, {
          payerAccount: accountOf(haruka, 2),
          claims: [{ amountMinor: 1_000n }, { ...payeeOf('hats'), amountMinor: 200n }],
          feeMinor: 1n,
        })
        const refused = await payAtCore(bench, content)
        expect(refused.receipt).toMatchObject({
          result: 'refused',
          reason: 'insufficient-funds',
          shortByMinor: 2n,
          legs: [],
          fees: [],
        })
        expect(await balanceOf(bench, haruka, 2)).toBe(1_200n)
        const again = await payAtCore(bench, content)
        expect(again.receipt).toMatchObject({ reason: 'insufficient-funds', shortByMinor: 2n })
      },
    },
    {
      rule: 'may use granted credit to the last yen',
      async run(bench) {
        const by = { payer: takumi.customerId }
        const documents = { instruction: by, authorisation: by }
        const own = { payerAccount: accountOf(takumi, 1) }
        const all = contentOf(bench, { ...own, claims: [{ amountMinor: 786_000n }] })
        expect((await payAtCore(bench, all, documents)).receipt.result).toBe('executed')
        const more = contentOf(bench, { ...own, claims: [{ amountMinor: 1n }] })
        expect((await payAtCore(bench, more, documents)).receipt).toMatchObject({
          reason: 'insufficient-funds',
          shortByMinor: 1n,
        })
      },
    },
    {
      rule: 'is refused when it comes too late',
      async run(bench) {
        const late = { submitBefore: seconds() - 1 }
        const { receipt } = await payAtCore(bench, contentOf(bench), { instruction: late })
        expect(receipt).toMatchObject({ result: 'refused', reason: 'submitted-late' })
      },
    },
    {
      rule: 'is refused without the agreement of exactly this payer to exactly this content',
      async run(bench) {
        const content = contentOf(bench)
        const others = [
          { payer: kenji.customerId },
          { payments: [{ paymentId: content.paymentId, digest: digestOf(contentOf(bench)) }] },
          { payments: [{ paymentId: randomUUIDv7(), digest: digestOf(content) }] },
          { exp: seconds() + 20 },
        ]
        for (const authorisation of others) {
          const one = { ...content, paymentId: randomUUIDv7() }
          const { receipt } = await payAtCore(bench, one, { authorisation })
          expect(receipt).toMatchObject({ result: 'refused', reason: 'not-authorised' })
        }
        const foreign = contentOf(bench, { payerAccount: accountOf(kenji) })
        expect((await payAtCore(bench, foreign)).receipt.reason).toBe('not-authorised')
        const euros = contentOf(bench, { currency: 'EUR' })
        expect((await payAtCore(bench, euros)).receipt.reason).toBe('not-authorised')
      },
    },
    {
      rule: 'is refused for a claim that was paid before, by whatever payment',
      async run(bench) {
        const first = contentOf(bench)
        await payAtCore(bench, first)
        const second = contentOf(bench, { claims: [...first.claims, {}] })
        expect((await payAtCore(bench, second)).receipt).toMatchObject({
          result: 'refused',
          reason: 'already-paid',
        })
      },
    },
    {
      rule: 'is refused when an account is not there, or not of that holder',
      async run(bench) {
        const closed = contentOf(bench, { payerAccount: '0901-101-1-7777777' })
        expect((await payAtCore(bench, closed)).receipt.reason).toBe('account-closed')
        for (const claim of [
          { payeeAccount: '0901-101-1-7777777' },
          { payeeHolder: 'Somebody Else' },
          { payeeAccount: '0901-101-1-9990001', payeeHolder: 'Minato Bank' },
        ]) {
          const content = contentOf(bench, { claims: [claim] })
          expect((await payAtCore(bench, content)).receipt.reason).toBe('payee-not-found')
        }
      },
    },
    {
      rule: 'leaves no row for documents that don’t verify',
      async run(bench) {
        const content = contentOf(bench)
        const { paymentId } = content
        const instruction = await instruct(bench, content)
        const authorisation = await authorisationOf(bench, [content])
        const pairs = [
          { instruction: bent(instruction), authorisation },
          { instruction, authorisation: bent(authorisation) },
          { instruction: authorisation, authorisation: instruction },
        ]
        for (const body of pairs)
          await expect(bench.ask(executePayment, { params: { paymentId }, body })).rejects.toThrow(
            'answered 401',
          )
        const { receipts } = await bench.ask(findReceipts, { body: { paymentIds: [paymentId] } })
        expect(receipts).toEqual([{ paymentId, receipt: null }])
      },
    },
    {
      rule: 'leaves no row on behalf of another customer than the payer',
      async run(bench) {
        const content = contentOf(bench)
        const { paymentId } = content
        const body = {
          instruction: await instruct(bench, content),
          authorisation: await authorisationOf(bench, [content]),
        }
        const asked = bench.ask(
          executePayment,
          { params: { paymentId }, body },
          { onBehalfOf: 'C-100552' },
        )
        await expect(asked).rejects.toMatchObject({ code: 'not-found' })
        const { receipts } = await bench.ask(findReceipts, { body: { paymentIds: [paymentId] } })
        expect(receipts).toEqual([{ paymentId, receipt: null }])
      },
    },
    {
      rule: 'leaves no row for an instruction that contradicts itself or the address',
      async run(bench) {
        const content = contentOf(bench, { claims: [{}, payeeOf('hats')] })
        const { paymentId } = content
        const authorisation = await authorisationOf(bench, [content])
        const transferId = randomUUIDv7()
        const groups = content.fees.map((fee) => ({ ...fee, transferId, reference: 'twice' }))
        const invalid = { code: 'invalid', errors: [{ pointer: '#/instruction' }] }
        const bentContents = [
          await instruct(bench, content, { digest: digestOf(contentOf(bench)) }),
          await instruct(bench, { ...content, paymentId: randomUUIDv7() }),
          await instruct(bench, content, { groups }),
          await instruct(bench, content, { groups: groups.slice(1) }),
        ]
        for (const instruction of bentContents) {
          const body = { instruction, authorisation }
          const asked = bench.ask(executePayment, { params: { paymentId }, body })
          await expect(asked).rejects.toMatchObject(invalid)
        }
        const paid = contentOf(bench)
        const { receipt } = await payAtCore(bench, paid)
        const used = receipt.fees.map((one) => ({ ...one, reference: 'used before' }))
        const again = payAtCore(bench, contentOf(bench), { instruction: { groups: used } })
        await expect(again).rejects.toMatchObject(invalid)
      },
    },
  ],
}

export const receipts: ContractGroup = {
  of: 'receipts and voids',
  cases: [
    {
      rule: 'a void that is first makes sure that the payment never executes',
      async run(bench) {
        const content = contentOf(bench)
        const before = await balanceOf(bench)
        expect(await voidAs(bench, content)).toMatchObject({ result: 'voided', legs: [] })
        const { receipt } = await payAtCore(bench, content)
        expect(receipt.result).toBe('voided')
        const other = { ...contentOf(bench), paymentId: content.paymentId }
        expect((await payAtCore(bench, other)).receipt.result).toBe('voided')
        expect((await voidAs(bench, content)).result).toBe('voided')
        expect(await balanceOf(bench)).toBe(before)
      },
    },
    {
      rule: 'a void that comes after the payment gets its receipt',
      async run(bench) {
        const content = contentOf(bench)
        await payAtCore(bench, content)
        expect((await voidAs(bench, content)).result).toBe('executed')
        const poor = contentOf(bench, { payerAccount: accountOf(haruka, 2) })
        await payAtCore(bench, poor)
        expect((await voidAs(bench, poor)).reason).toBe('insufficient-funds')
      },
    },
    {
      rule: 'are found by id, in the order of the question; what is not known is null',
      async run(bench) {
        const content = contentOf(bench)
        await payAtCore(bench, content)
        const unknown = randomUUIDv7()
        const paymentIds = [unknown, content.paymentId]
        for (const as of ['bank-portal', 'claim-server'] as const) {
          const found = await bench.ask(findReceipts, { body: { paymentIds } }, { as })
          expect(found.receipts.map((one) => one.paymentId)).toEqual(paymentIds)
          expect(found.receipts[0]?.receipt).toBeNull()
          expect(found.receipts[1]?.receipt).not.toBeNull()
        }
        const none = bench.ask(findReceipts, { body: { paymentIds: [] } })
        await expect(none).rejects.toMatchObject({ code: 'invalid' })
      },
    },
    {
      rule: 'of executed payments are listed in order of decision, page by page',
      async run(bench) {
        const made = [contentOf(bench), contentOf(bench, { claims: [payeeOf('hats')] })]
        for (const content of made) await payAtCore(bench, content)
        const listed: string[] = []
        let cursor: string | undefined
        for (let page = 0; page < 100; page++) {
          const query = { limit: 4, ...(cursor ? { cursor } : {}) }
          const found = await bench.ask(listExecuted, { query })
          listed.push(...found.receipts.map((one) => one.paymentId))
          if (!found.nextCursor) break
          cursor = found.nextCursor
        }
        expect(listed.slice(-2)).toEqual(made.map((one) => one.paymentId))
        const all = await bench.ask(listExecuted, { query: {} })
        expect(all.receipts.map((one) => one.paymentId)).toEqual(listed)
        const { decidedAt } = all.receipts.at(-2) ?? { decidedAt: new Date() }
        const from = (since: Date) =>
          bench.ask(listExecuted, { query: { since: since.toISOString() } })
        const recent = all.receipts.filter((one) => one.decidedAt >= decidedAt)
        expect((await from(decidedAt)).receipts.map((one) => one.paymentId)).toEqual(
          recent.map((one) => one.paymentId),
        )
        const never = new Date(bench.clock.now().getTime() + 60_000)
        expect(await from(never)).toEqual({ receipts: [], nextCursor: null })
        await expect(
          bench.ask(listExecuted, { query: { since: 'yesterday' } }),
        ).rejects.toMatchObject({ code: 'invalid', errors: [{ pointer: '?since' }] })
        for (const bad of ['!', 'bm8'])
          await expect(bench.ask(listExecuted, { query: { cursor: bad } })).rejects.toMatchObject({
            code: 'invalid',
            errors: [{ pointer: '?cursor' }],
          })
        await expect(bench.ask(listExecuted, { query: { limit: 0 } })).rejects.toMatchObject({
          errors: [{ pointer: '?limit' }],
        })
      },
    },
  ],
}
