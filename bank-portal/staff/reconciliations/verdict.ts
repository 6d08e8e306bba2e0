import type { StaffReconciliation } from '#shared/contracts/staff.ts'

type Extent = StaffReconciliation['extent']

const hourMs = 3_600_000
/** An hour is missed after three, a night after the next one. */
const latestMs: Record<Extent, number> = { recent: 3 * hourMs, whole: 30 * hourMs }

/** Completed on the way, so nothing is left to do. */
const isMended = ({ kind }: StaffReconciliation['differences'][number]) =>
  kind === 'receipt-not-completed'

const waitingIn = ({ rowsThatDiffer, differences }: StaffReconciliation) =>
  rowsThatDiffer - differences.filter(isMended).length

export interface Verdict {
  /** Rows that differ and are not mended yet: an hour that agrees does not take back what the night found. */
  waiting: number
  /** When they were found. */
  foundAt: Date | undefined
  /** What should have been compared again by now was last compared then. */
  staleSince: Date | undefined
}

/** What the newest night and the newest hour say, of a list with the newest first. */
export const judge = (list: readonly StaffReconciliation[], now: Date): Verdict => {
  const latest = (['recent', 'whole'] as const).flatMap(
    (extent) => list.find((one) => one.extent === extent) ?? [],
  )
  const [worst] = latest.toSorted((one, other) => waitingIn(other) - waitingIn(one))
  const waiting = worst ? waitingIn(worst) : 0
  const stale = latest.find((one) => now.getTime() - one.endedAt.getTime() > latestMs[one.extent])
  return {
    waiting,
    foundAt: waiting > 0 ? worst?.endedAt : undefined,
    staleSince: stale?.endedAt,
  }
}
