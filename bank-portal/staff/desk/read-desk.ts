import {
  listExceptions,
  listOpenPayments,
  listReconciliations,
  listReports,
  listShops,
  listUndelivered,
  type StaffReconciliation,
} from '#shared/contracts/staff.ts'
import type { Calls } from '../../deps.ts'
import { judge } from '../reconciliations/verdict.ts'
import { askClaimServer } from '../staff-client.ts'
import type { StaffMember } from '../staff-deps.ts'

export const worklists = [
  'inDoubt',
  'exceptions',
  'shops',
  'mails',
  'reports',
  'differences',
] as const
export type Worklist = (typeof worklists)[number]

export interface Waiting {
  count: number
  /** There are more than were counted. */
  isMore: boolean
  oldest: Date | undefined
}

export type Desk = Record<Worklist, Waiting>

const limit = 50

const waiting = (found: readonly Date[], nextCursor: string | null): Waiting => ({
  count: found.length,
  isMore: nextCursor !== null,
  oldest: found.length === 0 ? undefined : new Date(Math.min(...found.map(Number))),
})

const differing = (made: readonly StaffReconciliation[]): Waiting => {
  const { waiting, foundAt, staleSince } = judge(made, new Date())
  const count = waiting + (staleSince ? 1 : 0)
  return { count, isMore: false, oldest: staleSince ?? foundAt }
}

/** How much waits for somebody, by list. */
export const readDesk = async (
  deps: Pick<Calls, 'callClaimServer'>,
  member: StaffMember,
): Promise<Desk> => {
  const ask = askClaimServer(deps, member)
  const [inDoubt, exceptions, shops, mails, reports, made] = await Promise.all([
    ask(listOpenPayments, { query: { limit } }),
    ask(listExceptions, { query: { open: 'true', limit } }),
    ask(listShops, { query: { status: 'waiting', limit } }),
    ask(listUndelivered, { query: { limit } }),
    ask(listReports, { query: { limit } }),
    ask(listReconciliations, { query: { limit } }),
  ])
  return {
    inDoubt: waiting(
      inDoubt.payments.map((one) => one.since),
      inDoubt.nextCursor,
    ),
    exceptions: waiting(
      exceptions.exceptions.map((one) => one.openedAt),
      exceptions.nextCursor,
    ),
    shops: waiting(
      shops.shops.map((one) => one.createdAt),
      shops.nextCursor,
    ),
    mails: waiting(
      mails.notices.map((one) => one.createdAt),
      mails.nextCursor,
    ),
    reports: waiting(
      reports.reports.map((one) => one.reportedAt),
      reports.nextCursor,
    ),
    differences: differing(made.reconciliations),
  }
}
