import { randomUUIDv7 } from 'node:crypto'
import { expect } from 'vitest'
import { declineClaim } from '#shared/contracts/customer-choices.ts'
import * as calls from '#shared/contracts/staff.ts'
import { accountOf, agreed, haruka, order, payeeOf, quoted, reserve, takumi } from '../acts.ts'
import type { Bench, ContractGroup } from '../side.ts'
import { asStaff, expectRefused, notFound } from '../staff-acts.ts'
import { noticeAddressOf } from '../world.ts'
import { paidLate, refund, refundOf } from './refunds.ts'

const reserveOne = async (bench: Bench) => {
  const content = await quoted(bench, [await order(bench, takumi, 'hats')], takumi)
  await reserve(bench, [content], await agreed(bench, [content], takumi), takumi)
  return content.paymentId
}

export const openPayments: ContractGroup = {
  of: 'payments in doubt',
  cases: [
    {
      rule: 'are those without a receipt, oldest first, page by page',
      async run(bench) {
        const own = [await reserveOne(bench), await reserveOne(bench)]
        const list = (query: Record<string, unknown>) =>
          asStaff(bench)(calls.listOpenPayments, { query })
        const all = await list({ limit: 200 })
        expect(all.nextCursor).toBeNull()
        expect(all.payments.slice(-2).map((one) => one.paymentId)).toEqual(own)
        expect(all.payments.at(-1)).toMatchObject({
          customerId: takumi.customerId,
          account: accountOf(takumi),
          amountMinor: 3_150n,
          timesAsked: 0,
        })
        const first = await list({ limit: all.payments.length - 1 })
        const rest = await list({ limit: 1, cursor: first.nextCursor })
        expect(rest.payments.map((one) => one.paymentId)).toEqual(own.slice(1))
        expect(rest.nextCursor).toBeNull()
        await expectRefused(bench, [
          ['?cursor', calls.listOpenPayments, { query: { cursor: 'bm8' } }],
          ['?limit', calls.listOpenPayments, { query: { limit: 'many' } }],
        ])
      },
    },
  ],
}

export const exceptions: ContractGroup = {
  of: 'exceptions',
  cases: [
    {
      rule: 'are listed newest first, open and closed ones, and one by its id',
      async run(bench) {
        const list = (query: Record<string, unknown>) =>
          asStaff(bench)(calls.listExceptions, { query: { limit: 200, ...query } as never })
        const first = await paidLate(bench)
        bench.clock.advance({ minutes: 1 })
        const second = await paidLate(bench)
        const numbersOf = async (query: Record<string, unknown>) =>
          (await list(query)).exceptions.map((one) => one.orderNumber)
        expect((await numbersOf({ open: true })).slice(0, 2)).toEqual([second.number, first.number])
        const page = await list({ limit: 1 })
        expect(page.exceptions).toMatchObject([
          {
            orderNumber: second.number,
            kind: 'paid-late',
            paymentId: second.content.paymentId,
            customerId: haruka.customerId,
            customerAccount: accountOf(haruka),
            payeeAccount: payeeOf('shoes').payeeAccount,
            amountMinor: 3_150n,
            closedAt: null,
            refundPaymentId: null,
          },
        ])
        expect(await numbersOf({ limit: 1, cursor: page.nextCursor })).toEqual([first.number])
        const back = refundOf(bench, second.content, 3_150n)
        await refund(bench, second.content.paymentId, back)
        const closed = await list({ open: false, exceptionId: page.exceptions[0]?.exceptionId })
        expect(closed.exceptions).toMatchObject([
          { orderNumber: second.number, refundPaymentId: back.paymentId },
        ])
        expect(closed.exceptions[0]?.closedAt).toBeInstanceOf(Date)
        expect(await numbersOf({ open: true })).not.toContain(second.number)
        expect(await numbersOf({ open: false })).not.toContain(first.number)
        expect(await numbersOf({ exceptionId: randomUUIDv7() })).toEqual([])
        await expectRefused(bench, [
          ['?open', calls.listExceptions, { query: { open: 'perhaps' } }],
          ['?exceptionId', calls.listExceptions, { query: { exceptionId: 'one' } }],
          ['?cursor', calls.listExceptions, { query: { cursor: 'bm8' } }],
        ])
      },
    },
  ],
}

const decline = async (bench: Bench, reason: 'not-mine' | 'wrong-amount', text?: string) => {
  const orderNumber = await order(bench)
  await bench.ask(declineClaim, {
    params: { customerId: haruka.customerId, orderNumber },
    body: { reason, ...(text ? { text } : {}) },
  })
  bench.clock.advance({ minutes: 1 })
  return orderNumber
}

export const reports: ContractGroup = {
  of: 'reports',
  cases: [
    {
      rule: 'are of claims that were declined as not theirs, newest first, page by page',
      async run(bench) {
        const list = (query: Record<string, unknown>) =>
          asStaff(bench)(calls.listReports, { query })
        const first = await decline(bench, 'not-mine', 'never ordered')
        const other = await decline(bench, 'wrong-amount')
        const second = await decline(bench, 'not-mine')
        const page = await list({ limit: 1 })
        expect(page.reports).toMatchObject([
          { orderNumber: second, shopName: 'Shop A Shoes', text: null, amountMinor: 3_150n },
        ])
        const rest = await list({ cursor: page.nextCursor })
        expect(rest.reports[0]).toMatchObject({
          orderNumber: first,
          customerId: haruka.customerId,
          text: 'never ordered',
        })
        expect(rest.reports.map((one) => one.orderNumber)).not.toContain(other)
        await expectRefused(bench, [
          ['?cursor', calls.listReports, { query: { cursor: 'bm8' } }],
          ['?limit', calls.listReports, { query: { limit: 0 } }],
        ])
      },
    },
  ],
}

export const mails: ContractGroup = {
  of: 'undelivered mails',
  cases: [
    {
      rule: 'are those that were tried in vain, oldest first, page by page; they are sent again',
      async run(bench) {
        const staff = asStaff(bench)
        const list = (query: Record<string, unknown> = {}) =>
          staff(calls.listUndelivered, { query })
        await bench.deliverMails()
        expect((await list()).notices).toEqual([])
        const numbers = [
          await order(bench, haruka, 'furniture'),
          await order(bench, haruka, 'furniture'),
        ]
        expect((await list()).notices).toEqual([])
        await bench.deliverMails([noticeAddressOf('furniture')])
        const first = await list({ limit: 1 })
        expect(first.notices).toMatchObject([
          {
            orderNumber: numbers[0],
            event: 'order-received',
            recipient: 'shop',
            address: noticeAddressOf('furniture'),
            status: 'waiting',
            attempts: 1,
            lastError: 'the mail server answered 550',
          },
        ])
        const rest = await list({ cursor: first.nextCursor })
        expect(rest.notices.map((one) => one.orderNumber)).toEqual(numbers.slice(1))
        for (const { noticeId } of [...first.notices, ...rest.notices])
          expect(await staff(calls.resendNotice, { params: { noticeId } })).toEqual({
            status: 'waiting',
          })
        expect((await list()).notices).toEqual([])
        await bench.deliverMails()
        const read = await staff(calls.readClaim, { params: { orderNumber: numbers[0] ?? '' } })
        expect(read.notices.map((one) => [one.status, one.attempts])).toEqual([
          ['delivered', 1],
          ['delivered', 1],
        ])
        const delivered = read.timeline.filter((one) => one.event === 'order-received delivered')
        expect(delivered).toHaveLength(2)
      },
    },
    {
      rule: 'and delivered ones are sent again; unknown ones are not found',
      async run(bench) {
        const staff = asStaff(bench)
        const orderNumber = await order(bench)
        await bench.deliverMails()
        const read = () => staff(calls.readClaim, { params: { orderNumber } })
        const noticeId = (await read()).notices.find((one) => one.recipient === 'shop')?.noticeId
        await staff(calls.resendNotice, { params: { noticeId: noticeId ?? '' } })
        const again = (await read()).notices.find((one) => one.noticeId === noticeId)
        expect(again).toMatchObject({ status: 'waiting', attempts: 0, deliveredAt: null })
        await bench.deliverMails()
        const unknown = staff(calls.resendNotice, { params: { noticeId: randomUUIDv7() } })
        await expect(unknown).rejects.toMatchObject(notFound)
        await expectRefused(bench, [
          [':noticeId', calls.resendNotice, { params: { noticeId: 'one' } }],
          ['?cursor', calls.listUndelivered, { query: { cursor: 'bm8' } }],
          ['?limit', calls.listUndelivered, { query: { limit: 1.5 } }],
        ])
      },
    },
  ],
}
