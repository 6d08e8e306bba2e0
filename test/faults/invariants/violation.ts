/**
 * What must hold, whatever goes wrong:
 * I1 the sum of all balances is constant, and no balance is below its limit;
 * I2 every settled claim names exactly one executed transfer to its payee, and every executed transfer's
 *    claims sum to its amount and are settled by it, or being paid by it, or exceptions;
 * I3 no claim has two executed legs;
 * I4 every settled claim has exactly one notice of it per channel and recipient, and each is delivered;
 * I5 nothing is undecided a minute after the last fault;
 * I6 no exception but those that a scenario planted;
 * I7 every stored receipt verifies by the archived key of its time;
 * "token" no request between services is accepted twice;
 * "page" no page told a customer what is not so;
 * "deadlock" the databases had to break no deadlock;
 * "reconciliation" the claim server's own reconciliation lists no row;
 * "figure" a figure that was to be reached was not.
 */
export type Invariant =
  | 'I1'
  | 'I2'
  | 'I3'
  | 'I4'
  | 'I5'
  | 'I6'
  | 'I7'
  | 'token'
  | 'page'
  | 'deadlock'
  | 'reconciliation'
  | 'figure'

export interface Violation {
  invariant: Invariant
  detail: string
}

const mostDetails = 5

/** Collects violations: all are counted, some of each invariant are told. */
export interface Violations {
  add(invariant: Invariant, detail: string): void
  /** For how many of an invariant there were. */
  count(invariant: Invariant): number
  all(): Violation[]
  invariants(): Invariant[]
}

export const collectViolations = (): Violations => {
  const told = new Map<Invariant, string[]>()
  const counts = new Map<Invariant, number>()
  return {
    add(invariant, detail) {
      counts.set(invariant, (counts.get(invariant) ?? 0) + 1)
      const details = told.get(invariant) ?? []
      if (details.length < mostDetails) details.push(detail)
      told.set(invariant, details)
    },
    count: (invariant) => counts.get(invariant) ?? 0,
    all: () =>
      [...told].flatMap(([invariant, details]) =>
        details.map((detail, at) => {
          const more = (counts.get(invariant) ?? 0) - details.length
          const isLast = at === details.length - 1 && more > 0
          return { invariant, detail: isLast ? `${detail} (and ${more} more)` : detail }
        }),
      ),
    invariants: () => [...told.keys()].sort(),
  }
}
