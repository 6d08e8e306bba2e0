import { setTimeout as sleep } from 'node:timers/promises'
import type { System } from '../system.ts'
import type { Violations } from './violation.ts'

/** How long to wait for what is open, before it counts as a violation. */
export interface Patience {
  paymentsMs: number
  mailsMs: number
}

const patient: Patience = { paymentsMs: 60_000, mailsMs: 240_000 }
const lookEveryMs = 250

export interface SettledDown {
  /** From the last fault until no payment was open. */
  paymentsMs: number
  /** From the last fault until no notice waited. */
  mailsMs: number
}

const countOpen = async ({ sql }: Pick<System, 'sql'>): Promise<number> => {
  const [row] = await sql.claims<[{ open: number }]>`
    select count(*)::int as open from claim_server.payments where status = 'paying'`
  return row.open
}

const countWaiting = async ({ sql }: Pick<System, 'sql'>): Promise<number> => {
  const [row] = await sql.claims<[{ waiting: number }]>`
    select count(*)::int as waiting from claim_server.notices where status = 'waiting'`
  return row.waiting
}

/**
 * I5: waits, without faults, until nothing is open; what is still open after a minute is a violation.
 * Waits for the mails, too: one that a killed process had in hand is tried again after a minute.
 */
export const settleDown = async (
  system: Pick<System, 'sql' | 'fleet'>,
  violations: Violations,
  { paymentsMs, mailsMs }: Patience = patient,
): Promise<SettledDown> => {
  const began = Date.now()
  await system.fleet.untilReady()
  const until = async (count: () => Promise<number>, longestMs: number) => {
    for (;;) {
      const left = await count()
      const afterMs = Date.now() - began
      if (left === 0 || afterMs > longestMs) return { left, afterMs }
      await sleep(lookEveryMs)
    }
  }
  const payments = await until(() => countOpen(system), paymentsMs)
  if (payments.left > 0)
    violations.add(
      'I5',
      `${payments.left} payments are undecided ${paymentsMs / 1000} s after the last fault`,
    )
  const mails = await until(() => countWaiting(system), mailsMs)
  if (mails.left > 0)
    violations.add('I4', `${mails.left} notices wait ${mailsMs / 1000} s after the last fault`)
  return { paymentsMs: payments.afterMs, mailsMs: mails.afterMs }
}
