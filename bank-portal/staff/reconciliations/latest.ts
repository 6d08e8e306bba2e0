import type { StaffReconciliation } from '#shared/contracts/staff.ts'

/** The newest of all history and the newest of two days, of a list with the newest first. */
export const latestOfEach = (list: readonly StaffReconciliation[]): StaffReconciliation[] =>
  (['recent', 'whole'] as const).flatMap(
    (extent) => list.find((one) => one.extent === extent) ?? [],
  )

/** The one that found most: an hour that agrees does not take back what the night has found. */
export const worst = (latest: readonly StaffReconciliation[]): StaffReconciliation | undefined =>
  latest.toSorted((one, other) => other.rowsThatDiffer - one.rowsThatDiffer)[0]
