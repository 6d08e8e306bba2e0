import type * as z from 'zod'
import { addDays, type LocalDate } from '#shared/dates.ts'
import { AppError, type FieldError, fieldError } from '#shared/errors.ts'
import { parseFields } from '#shared/request-body.ts'
import { batchClaim } from '#shared/contracts/billers.ts'
import type { ShopCaller } from '../shops/find-key-owner.ts'
import { limitProblem } from '../time-limits/choose-limit.ts'
import { plainKey } from './biller-keys.ts'

export type BatchClaim = z.output<typeof batchClaim>

/** One row of a batch: what it says, or what is wrong with it. */
export type BatchRow =
  | { row: number; claim: BatchClaim; timeLimit: LocalDate }
  | { row: number; errors: FieldError[] }

const readRow = (value: unknown, row: number, { shop, bank }: ShopCaller, today: LocalDate) => {
  const claim = parseFields(batchClaim, value, '#')
  if (claim.amount.currency !== bank.currency)
    throw fieldError('#/amount/currency', `this bank’s accounts are held in ${bank.currency}`)
  for (const field of ['customerNumber', 'secondFact'] as const)
    if (plainKey(claim[field]) === '') throw fieldError(`#/${field}`, 'write letters or digits')
  const timeLimit = claim.timeLimit ?? addDays(today, shop.defaultDaysToPay)
  const problem = limitProblem(timeLimit, today)
  if (problem) throw fieldError('#/timeLimit', problem)
  return { row, claim, timeLimit }
}

/** Reads the rows of a batch, each by itself; pointers lead from the top of the body. */
export const readBatchRows = (
  values: readonly unknown[],
  caller: ShopCaller,
  today: LocalDate,
): BatchRow[] =>
  values.map((value, row) => {
    try {
      return readRow(value, row, caller, today)
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      const errors = error.errors.map(({ pointer, detail }) => ({
        pointer: `#/claims/${row}${pointer.slice(1)}`,
        detail,
      }))
      return { row, errors }
    }
  })
