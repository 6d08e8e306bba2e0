import { randomUUIDv7 } from 'node:crypto'
import { expect } from 'vitest'
import { chooseAdvert } from '#shared/contracts/adverts.ts'
import { findClaim } from '#shared/contracts/claim-server.ts'
import type { ReplyOf } from '#shared/contracts/call.ts'
import * as calls from '#shared/contracts/staff.ts'
import { haruka, kenji, order, quoted, reserve, agreed, authorisationOf } from '../acts.ts'
import type { Bench, ContractGroup } from '../side.ts'
import { asStaff, expectRefused, notFound } from '../staff-acts.ts'

type Range = readonly [from: number, fee: number]
type Relation = calls.StaffFee['relation']

const replacement = (relation: Relation, validFrom: string, ranges: readonly Range[]) => ({
  params: { relation },
  body: {
    validFrom,
    ranges: ranges.map(([from, fee]) => ({ fromAmountMinor: BigInt(from), feeMinor: BigInt(fee) })),
  },
})

const replace = (bench: Bench, ...sent: Parameters<typeof replacement>) =>
  asStaff(bench)(calls.replaceFees, replacement(...sent))

/** What counts of a relation on that day. */
const linesOn = (
  { fees }: Pick<ReplyOf<typeof calls.listFees>, 'fees'>,
  relation: Relation,
  day: string,
) =>
  fees
    .filter((fee) => fee.relation === relation && fee.validFrom <= day)
    .filter(({ validUntil }) => validUntil === null || day < validUntil)
    .map((fee) => [fee.fromAmountMinor, fee.belowAmountMinor, fee.feeMinor])

const [yesterday, today, tomorrow, nextMonth] = [
  '2026-11-23',
  '2026-11-24',
  '2026-11-25',
  '2026-12-24',
]

export const fees: ContractGroup = {
  of: 'fees',
  cases: [
    {
      rule: 'begin as the bank’s first table, from last year on',
      async run(bench) {
        const table = await asStaff(bench)(calls.listFees, {})
        expect(table.today).toBe(today)
        expect(linesOn(table, 'same-bank', today)).toEqual([
          [0n, 30_000n, 110n],
          [30_000n, null, 220n],
        ])
        expect(linesOn(table, 'same-bank', '2024-12-31')).toEqual([])
      },
    },
    {
      rule: 'of a relation are replaced from a day on, ranges that meet, the days before as they were',
      async run(bench) {
        const before = linesOn(await asStaff(bench)(calls.listFees, {}), 'other-bank', today)
        await replace(bench, 'other-bank', nextMonth, [[0, 99]])
        const table = await replace(bench, 'other-bank', tomorrow, [
          [0, 50],
          [10_000, 150],
        ])
        expect(linesOn(table, 'other-bank', today)).toEqual(before)
        for (const day of [tomorrow, nextMonth])
          expect(linesOn(table, 'other-bank', day)).toEqual([
            [0n, 10_000n, 50n],
            [10_000n, null, 150n],
          ])
        await replace(bench, 'other-bank', today, [[0, 1]])
        const now = await asStaff(bench)(calls.listFees, {})
        expect(linesOn(now, 'other-bank', yesterday)).toEqual(before)
        expect(linesOn(now, 'other-bank', nextMonth)).toEqual([[0n, null, 1n]])
      },
    },
    {
      rule: 'price quotes and reservations from their day on, not before',
      async run(bench) {
        const number = await order(bench, haruka, 'hats')
        const before = await quoted(bench, [number])
        await replace(bench, 'same-bank', tomorrow, [[0, 77]])
        expect((await quoted(bench, [number])).fees).toEqual(before.fees)
        await replace(bench, 'same-bank', today, [[0, 78]])
        const after = await quoted(bench, [number])
        expect(after.fees.map((one) => one.feeMinor)).toEqual([78n])
        const stale = await reserve(bench, [before], await authorisationOf(bench, [before]))
        expect(stale).toMatchObject({ outcome: 'not-reserved', reason: 'content-stale' })
        const run = await reserve(bench, [after], await agreed(bench, [after]))
        expect(run.outcome).toBe('reserved')
        await replace(bench, 'same-bank', today, [
          [0, 110],
          [30_000, 220],
        ])
      },
    },
    {
      rule: 'that begin in the past, leave a gap or are of no relation are refused by field',
      run: (bench) =>
        expectRefused(bench, [
          ['#/validFrom', calls.replaceFees, replacement('same-bank', yesterday, [[0, 1]])],
          [
            '#/ranges/0/fromAmountMinor',
            calls.replaceFees,
            replacement('same-bank', tomorrow, [[5, 1]]),
          ],
          [
            '#/ranges/1/fromAmountMinor',
            calls.replaceFees,
            replacement('same-bank', tomorrow, [
              [0, 1],
              [0, 2],
            ]),
          ],
          ['#/ranges', calls.replaceFees, replacement('same-bank', tomorrow, [])],
          ['#/ranges/0/feeMinor', calls.replaceFees, replacement('same-bank', tomorrow, [[0, -1]])],
          [
            ':relation',
            calls.replaceFees,
            replacement('same-town' as Relation, tomorrow, [[0, 1]]),
          ],
        ]),
    },
  ],
}

const monday = '2027-02-15'

const add = (bench: Bench, date: string) =>
  asStaff(bench)(calls.addHoliday, { body: { date, name: 'Founding Day', nameJa: '創立記念日' } })
const remove = (bench: Bench, date: string) =>
  asStaff(bench)(calls.removeHoliday, { params: { date } })
const limitsOf = async ({ ask }: Bench, orderNumber: string) => {
  const { customerId } = haruka
  const { claim, history } = await ask(findClaim, { params: { customerId, orderNumber } })
  const { timeLimit, originalTimeLimit } = claim
  return { timeLimit, originalTimeLimit, last: history.at(-1) }
}

export const holidays: ContractGroup = {
  of: 'holidays',
  cases: [
    {
      rule: 'begin as Japan’s, in order of their days',
      async run(bench) {
        const { holidays: listed } = await asStaff(bench)(calls.listHolidays, {})
        const dates = listed.map((one) => one.date)
        expect(dates).toContain('2026-12-31')
        expect(dates).toEqual(dates.toSorted())
      },
    },
    {
      rule: 'that are added move limits of open claims to the next business day, both days kept',
      async run(bench) {
        const number = await order(bench, haruka, 'shoes', { timeLimit: monday })
        expect(await add(bench, monday)).toEqual({ added: true })
        expect(await add(bench, monday)).toEqual({ added: false })
        const moved = { timeLimit: '2027-02-16', originalTimeLimit: monday }
        expect(await limitsOf(bench, number)).toMatchObject({
          ...moved,
          last: {
            event: 'limit-moved',
            by: 'staff:approver1',
            reason: `${monday} → 2027-02-16`,
          },
        })
        const later = await order(bench, haruka, 'shoes', { timeLimit: monday })
        expect(await limitsOf(bench, later)).toMatchObject(moved)
        const { holidays: listed } = await asStaff(bench)(calls.listHolidays, {})
        expect(listed).toContainEqual({ date: monday, name: 'Founding Day', nameJa: '創立記念日' })
        expect(await remove(bench, monday)).toEqual({ removed: true })
        expect(await remove(bench, monday)).toEqual({ removed: false })
        expect(await limitsOf(bench, number)).toMatchObject(moved)
      },
    },
    {
      rule: 'on a weekend move nothing; those that have come stay, and none is added to the past',
      async run(bench) {
        expect(await add(bench, '2027-02-14')).toEqual({ added: true })
        expect(await remove(bench, '2027-02-14')).toEqual({ removed: true })
        const body = { date: yesterday, name: 'X', nameJa: 'X' }
        await expectRefused(bench, [
          ['#/date', calls.addHoliday, { body }],
          ['#/date', calls.addHoliday, { body: { ...body, date: '2027-02-30' } }],
          ['#/name', calls.addHoliday, { body: { ...body, date: tomorrow, name: '' } }],
          [':date', calls.removeHoliday, { params: { date: today } }],
          [':date', calls.removeHoliday, { params: { date: 'today' } }],
        ])
      },
    },
  ],
}

const anAdvert = {
  advertiser: 'Tama Leather',
  text: { en: 'Kites, 700 yen', ja: '凧 700円' },
  url: 'https://tama-leather.example/',
  categories: [],
  relatedWords: ['kite'],
  showFrom: today,
  showUntil: nextMonth,
}
const { customerId } = kenji

export const staffAdverts: ContractGroup = {
  of: 'adverts, for staff',
  cases: [
    {
      rule: 'are entered, listed newest first, counted when shown, and ended',
      async run(bench) {
        const staff = asStaff(bench)
        const { advertId } = await staff(calls.addAdvert, { body: anAdvert })
        const coming = { ...anAdvert, showFrom: tomorrow, showUntil: null }
        await staff(calls.addAdvert, { body: coming })
        const orderNumbers = [await order(bench, kenji, 'hats', { description: 'A kite, red' })]
        const show = async () => {
          const sent = { params: { customerId }, body: { orderNumbers } }
          return (await bench.ask(chooseAdvert, sent)).advert
        }
        for (const because of ['kite', 'kite'])
          expect(await show()).toMatchObject({ text: anAdvert.text, because: { en: because } })
        const find = async () => {
          const { adverts } = await staff(calls.listAdverts, {})
          expect(adverts).toHaveLength(4)
          expect(adverts[0]).toMatchObject({ ...coming, displays: 0 })
          return adverts.find((one) => one.advertId === advertId)
        }
        expect(await find()).toEqual({ advertId, ...anAdvert, displays: 2 })
        expect(await staff(calls.endAdvert, { params: { advertId } })).toEqual({ ended: true })
        expect(await staff(calls.endAdvert, { params: { advertId } })).toEqual({ ended: false })
        expect((await show())?.text).not.toEqual(anAdvert.text)
        expect(await find()).toMatchObject({ displays: 2, showUntil: today })
      },
    },
    {
      rule: 'that are unknown, end before they begin or lead to no safe address are refused',
      async run(bench) {
        const unknown = asStaff(bench)(calls.endAdvert, { params: { advertId: randomUUIDv7() } })
        await expect(unknown).rejects.toMatchObject(notFound)
        const changed = (change: object) => ({ body: { ...anAdvert, ...change } })
        await expectRefused(bench, [
          ['#/showUntil', calls.addAdvert, changed({ showUntil: yesterday })],
          ['#/url', calls.addAdvert, changed({ url: 'http://tama-leather.example/' })],
          ['#/text/ja', calls.addAdvert, changed({ text: { en: 'Kites', ja: ' ' } })],
          ['#/categories/0', calls.addAdvert, changed({ categories: [''] })],
          [':advertId', calls.endAdvert, { params: { advertId: 'one' } }],
        ])
      },
    },
  ],
}
