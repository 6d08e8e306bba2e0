import { expect } from 'vitest'
import * as calls from '#shared/contracts/staff.ts'
import { newOrderNumber } from '#shared/order-number.ts'
import { accountOf, haruka, order, pay, payeeOf, sendOrder, takumi, yuki } from '../acts.ts'
import type { Bench, ContractGroup } from '../side.ts'
import { asStaff, expectRefused, notFound } from '../staff-acts.ts'
import { noticeAddressOf } from '../world.ts'
import { paidLate, refund, refundOf } from './refunds.ts'

const search = (bench: Bench, query: Record<string, unknown>) =>
  asStaff(bench)(calls.searchClaims, { query })

const numbersOf = async (bench: Bench, query: Record<string, unknown>) =>
  (await search(bench, query)).claims.map((one) => one.orderNumber)

const read = (bench: Bench, orderNumber: string) =>
  asStaff(bench)(calls.readClaim, { params: { orderNumber } })

const today = '2026-11-24'
const tomorrow = '2026-11-25'

export const searching: ContractGroup = {
  of: 'claims, for staff',
  cases: [
    {
      rule: 'are found by number, customer, shop, amount, days and status, all together',
      async run(bench) {
        const amountMinor = 777_777
        const number = await order(bench, haruka, 'hats', { yen: amountMinor })
        const all = {
          customer: 'sATO',
          account: accountOf(haruka),
          shop: 'b hats',
          amountMinor,
          from: today,
          until: today,
          status: 'unsettled',
        }
        for (const query of [
          { orderNumber: number.toLowerCase().replaceAll('-', ' ') },
          { amountMinor },
          { amountMinor, customer: haruka.customerId, shop: bench.shopIds.hats },
          { amountMinor, shop: '帽子' },
          { amountMinor, customer: ' ', account: '', orderNumber: '  ' },
          all,
        ])
          expect(await numbersOf(bench, query), JSON.stringify(query)).toEqual([number])
        for (const query of [
          { orderNumber: 'no number' },
          { orderNumber: newOrderNumber(bench.draw) },
          { amountMinor, customer: '%' },
          { amountMinor, shop: 'shoes' },
          { amountMinor, from: tomorrow },
          { amountMinor, until: '2026-11-23' },
          { amountMinor, account: '0901-101-1-9999999' },
          { ...all, status: 'settled' },
        ])
          expect(await numbersOf(bench, query), JSON.stringify(query)).toEqual([])
      },
    },
    {
      rule: 'of nobody yet are found too, not by a customer’s name',
      async run(bench) {
        const { orderNumber } = await sendOrder(bench, 'shoes', { yen: 777_778 })
        const { claims } = await search(bench, { amountMinor: 777_778 })
        expect(claims).toMatchObject([
          { orderNumber, status: 'provisional', customerId: null, customerName: null },
        ])
        expect(await numbersOf(bench, { amountMinor: 777_778, customer: 'a' })).toEqual([])
      },
    },
    {
      rule: 'are found by the account that they were accepted with, and by every one that paid',
      async run(bench) {
        const amountMinor = 4_321
        const number = await order(bench, takumi, 'furniture', { yen: amountMinor })
        await pay(bench, [number], takumi, 1)
        for (const account of [accountOf(takumi), ` ${accountOf(takumi, 1)} `])
          expect(await numbersOf(bench, { amountMinor, account })).toEqual([number])
        const { payeeAccount: account } = payeeOf('furniture')
        expect(await numbersOf(bench, { amountMinor, account })).toEqual([])
      },
    },
    {
      rule: 'go on page by page, newest first, none twice and none left out',
      async run(bench) {
        const made: string[] = []
        for (let at = 0; at < 5; at++) made.push(await order(bench, yuki, 'shoes', { yen: 1_357 }))
        for (const days of [{}, { from: today }]) {
          const found: string[] = []
          let cursor: string | null | undefined
          do {
            const query = { amountMinor: 1_357, limit: 2, ...days, ...(cursor ? { cursor } : {}) }
            const page = await search(bench, query)
            found.push(...page.claims.map((one) => one.orderNumber))
            cursor = page.nextCursor
          } while (cursor)
          expect(found).toEqual(made.toReversed())
        }
      },
    },
    {
      rule: 'are not searched for by what can’t be read, which is named',
      run: (bench) =>
        expectRefused(bench, [
          ['?status', calls.searchClaims, { query: { status: 'lost' } }],
          ['?from', calls.searchClaims, { query: { from: '2026-02-30' } }],
          ['?amountMinor', calls.searchClaims, { query: { amountMinor: -1 } }],
          ['?customer', calls.searchClaims, { query: { customer: 'x'.repeat(61) } }],
          ['?cursor', calls.searchClaims, { query: { cursor: 'bm8' } }],
          ['?cursor', calls.searchClaims, { query: { cursor: 'bm8', from: today } }],
          ['?limit', calls.searchClaims, { query: { limit: 201 } }],
        ]),
    },
  ],
}

const stepsOf = ({ timeline }: Awaited<ReturnType<typeof read>>) =>
  timeline.map((step) => `${step.service}: ${step.event} by ${step.by}`)

export const reading: ContractGroup = {
  of: 'a claim, for staff',
  cases: [
    {
      rule: 'is read with one timeline over order, payment and mails, and a receipt that verifies',
      async run(bench) {
        const number = await order(bench)
        const { content } = await pay(bench, [number])
        const found = await read(bench, number)
        expect(found.claim).toMatchObject({
          status: 'settled',
          customerName: haruka.name,
          account: accountOf(haruka),
          paymentId: content.paymentId,
        })
        expect(found.payments).toMatchObject([
          { paymentId: content.paymentId, status: 'executed', reason: null, receiptVerified: true },
        ])
        expect(found.exceptions).toEqual([])
        expect(stepsOf(found).toSorted()).toEqual([
          'bank-portal: paying by customer',
          'bank-portal: unsettled by customer',
          'claim-server: provisional by shop',
          'core-banking: authorised by customer',
          'core-banking: executed by core',
          'core-banking: settled by core',
          'mail: claim-settled written by customer',
          'mail: claim-settled written by shop',
          'mail: order-received written by customer',
          'mail: order-received written by shop',
        ])
        const times = found.timeline.map((step) => step.at.getTime())
        expect(times).toEqual(times.toSorted((a, b) => a - b))
        const addresses = found.timeline.flatMap((step) =>
          step.event === 'claim-settled written' ? [step.detail] : [],
        )
        expect(new Set(addresses)).toEqual(new Set([haruka.mailAddress, noticeAddressOf('shoes')]))
      },
    },
    {
      rule: 'has each payment that tried: refused ones with their reason, refunds, what was paid late',
      async run(bench) {
        const refused = await order(bench)
        await pay(bench, [refused], haruka, 2)
        const released = await read(bench, refused)
        expect(released.payments).toMatchObject([
          { status: 'refused', reason: 'insufficient-funds', receiptVerified: true },
        ])
        expect(stepsOf(released)).toContain('core-banking: released by core')
        const { number, content } = await paidLate(bench)
        expect((await read(bench, number)).exceptions).toMatchObject([
          { kind: 'paid-late', closedAt: null },
        ])
        await refund(bench, content.paymentId, refundOf(bench, content, 3_150n))
        const paidBack = await read(bench, number)
        expect(paidBack.exceptions[0]?.closedAt).toBeInstanceOf(Date)
        expect(paidBack.payments).toHaveLength(2)
        expect(stepsOf(paidBack)).toEqual(
          expect.arrayContaining([
            'core-banking: paid-late by core',
            'core-banking: authorised by staff',
            'core-banking: refunded by core',
            'mail: claim-refunded written by customer',
          ]),
        )
      },
    },
    {
      rule: 'of another number is not found, and what is no number is refused',
      async run(bench) {
        await expect(read(bench, newOrderNumber(bench.draw))).rejects.toMatchObject(notFound)
        await expectRefused(bench, [
          [':orderNumber', calls.readClaim, { params: { orderNumber: 'no-number' } }],
        ])
      },
    },
  ],
}
