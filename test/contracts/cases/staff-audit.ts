import { randomUUIDv7 } from 'node:crypto'
import { expect } from 'vitest'
import type { AnyCall } from '#shared/contracts/call.ts'
import * as calls from '#shared/contracts/staff.ts'
import { newOrderNumber } from '#shared/order-number.ts'
import { haruka } from '../acts.ts'
import type { Bench, ContractGroup } from '../side.ts'
import { asStaff, expectRefused, notFound } from '../staff-acts.ts'

const bodies: Record<string, unknown> = {
  decideShop: { decision: 'approve', reason: 'papers seen' },
  resetShopPassword: { reason: 'forgotten' },
  replaceFees: { validFrom: '2098-01-01', ranges: [{ fromAmountMinor: 0, feeMinor: 1 }] },
  addHoliday: { date: '2098-02-03', name: 'A day', nameJa: 'ある日' },
  addAdvert: {
    advertiser: 'X',
    text: { en: 'x', ja: 'x' },
    url: 'https://x.example',
    categories: [],
    relatedWords: [],
    showFrom: '2098-01-01',
    showUntil: null,
  },
  recordAct: { act: 'unlock-customer', subject: haruka.customerId },
}

// Rows of one batch are made in the same instant: a search for all claims has no order of theirs.
const queries: Record<string, unknown> = { searchClaims: { amountMinor: 777_777 } }

const sentTo = ({ draw }: Bench, call: AnyCall): object => ({
  params: {
    orderNumber: newOrderNumber(draw),
    noticeId: randomUUIDv7(),
    shopId: randomUUIDv7(),
    advertId: randomUUIDv7(),
    relation: 'affiliated',
    date: '2098-02-03',
  },
  ...(call.query ? { query: queries[call.name] ?? {} } : {}),
  ...(call.body ? { body: bodies[call.name] } : {}),
})

const entriesOf = async (bench: Bench, query: Record<string, unknown>) =>
  (await asStaff(bench)(calls.listAudit, { query: { limit: 200, ...query } })).entries

export const audit: ContractGroup = {
  of: 'the audit log',
  cases: [
    {
      rule: 'no staff call is there for a customer, for nobody, or for a name that is none',
      async run(bench) {
        for (const call of calls.staffCalls as readonly AnyCall[])
          for (const who of [{}, { onBehalfOf: haruka.customerId }, { onBehalfOf: 'staff:a b' }])
            await expect(
              bench.ask(call, sentTo(bench, call) as never, who),
              call.name,
            ).rejects.toMatchObject(notFound)
        expect(await entriesOf(bench, { staffId: 'a b' })).toEqual([])
      },
    },
    {
      rule: 'has every call of staff, what it was about, and also what was refused',
      async run(bench) {
        const asked = []
        for (const call of calls.staffCalls as readonly AnyCall[]) {
          const answer = await asStaff(bench, 'teller-1')(call, sentTo(bench, call) as never).then(
            () => 'answered',
            (error: { code: string }) => error.code,
          )
          expect(['answered', 'not-found']).toContain(answer)
          asked.push(call.name === 'recordAct' ? 'unlock-customer' : call.name)
        }
        const entries = await entriesOf(bench, { staffId: 'teller-1' })
        expect(entries.map((one) => one.act).toReversed()).toEqual(asked)
        const detailOf = (act: string) => entries.find((one) => one.act === act)?.detail
        expect(
          ['decideShop', 'resetShopPassword', 'replaceFees', 'addHoliday'].map(detailOf),
        ).toEqual([
          'approve: papers seen',
          'forgotten',
          'from 2098-01-01 on: from 0: 1',
          'A day, ある日',
        ])
        await asStaff(bench)(calls.removeHoliday, { params: { date: '2098-02-03' } })
      },
    },
    {
      rule: 'is read newest first, by member of staff and subject, page by page, each reading in it',
      async run(bench) {
        const record = asStaff(bench, 'teller-2')
        for (const subject of ['C-51', 'C-52', 'C-51', 'C-51'])
          expect(
            await record(calls.recordAct, { body: { act: 'suspend', subject, detail: 'why' } }),
          ).toEqual({ recorded: true })
        const own = { staffId: 'teller-2', subject: 'C-51' }
        const first = await record(calls.listAudit, { query: { ...own, limit: 2 } })
        expect(first.entries).toMatchObject([
          { staffId: 'teller-2', act: 'suspend', subject: 'C-51', detail: 'why' },
          { subject: 'C-51' },
        ])
        const { nextCursor: cursor } = first
        const rest = await record(calls.listAudit, {
          query: { ...own, limit: 2, cursor: cursor ?? '' },
        })
        expect(rest.entries).toHaveLength(1)
        expect(rest.nextCursor).toBeNull()
        const [last] = await entriesOf(bench, { staffId: 'teller-2' })
        expect(last).toMatchObject({ act: 'listAudit', subject: 'audit log' })
        expect(last?.detail).toBe('staffId teller-2, subject C-51')
      },
    },
    {
      rule: 'refuses what it can’t read, by field',
      run: (bench) =>
        expectRefused(bench, [
          ['?cursor', calls.listAudit, { query: { cursor: 'bm8' } }],
          ['?limit', calls.listAudit, { query: { limit: 201 } }],
          ['#/act', calls.recordAct, { body: { act: ' ', subject: 'C-51' } }],
          ['#/subject', calls.recordAct, { body: { act: 'suspend' } }],
        ]),
    },
  ],
}
