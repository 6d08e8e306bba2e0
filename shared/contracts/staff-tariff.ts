import * as z from 'zod'
import { defineCall } from './call.ts'
import { lineOfText, localDate, uuid, zeroOrMoreMinor } from './fields.ts'
import { callee, portal } from './staff-call.ts'

export const staffFee = z.object({
  feeId: uuid,
  relation: z.enum(['same-branch', 'same-bank', 'affiliated', 'other-bank']),
  fromAmountMinor: zeroOrMoreMinor,
  belowAmountMinor: zeroOrMoreMinor.nullable(),
  feeMinor: zeroOrMoreMinor,
  validFrom: localDate,
  validUntil: localDate.nullable(),
})
export type StaffFee = z.output<typeof staffFee>

export const listFees = defineCall({
  name: 'listFees',
  summary: 'List the fee table',
  callee,
  callers: portal,
  method: 'GET',
  path: '/staff/fees',
  changes: true,
  reply: z.object({ fees: z.array(staffFee), today: localDate }),
})

/** Replaces the fees of one relation from a day on: ranges must begin at 0 and meet without gap. */
export const replaceFees = defineCall({
  name: 'replaceFees',
  summary: 'Replace the fees of one relation from a day on',
  callee,
  callers: portal,
  method: 'POST',
  path: '/staff/fees/:relation',
  changes: true,
  params: z.object({ relation: z.enum(['same-branch', 'same-bank', 'affiliated', 'other-bank']) }),
  body: z.strictObject({
    validFrom: localDate,
    ranges: z
      .array(z.strictObject({ fromAmountMinor: zeroOrMoreMinor, feeMinor: zeroOrMoreMinor }))
      .min(1)
      .max(20),
  }),
  reply: z.object({ fees: z.array(staffFee) }),
})

export const listHolidays = defineCall({
  name: 'listHolidays',
  summary: 'List the bank’s holidays',
  callee,
  callers: portal,
  method: 'GET',
  path: '/staff/holidays',
  changes: true,
  reply: z.object({
    holidays: z.array(z.object({ date: localDate, name: z.string(), nameJa: z.string() })),
    today: localDate,
  }),
})

export const addHoliday = defineCall({
  name: 'addHoliday',
  summary: 'Add a holiday of the bank',
  callee,
  callers: portal,
  method: 'POST',
  path: '/staff/holidays',
  changes: true,
  body: z.strictObject({ date: localDate, name: lineOfText(60), nameJa: lineOfText(60) }),
  reply: z.object({ added: z.boolean() }),
})

export const removeHoliday = defineCall({
  name: 'removeHoliday',
  summary: 'Remove a holiday that has not come yet',
  callee,
  callers: portal,
  method: 'DELETE',
  path: '/staff/holidays/:date',
  changes: true,
  params: z.object({ date: localDate }),
  reply: z.object({ removed: z.boolean() }),
})
