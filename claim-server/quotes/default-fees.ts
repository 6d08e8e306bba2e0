import type { FeeRule } from './price-groups.ts'

const relations = [
  { relation: 'same-branch', small: 0n, large: 0n },
  { relation: 'same-bank', small: 110n, large: 220n },
  { relation: 'affiliated', small: 165n, large: 330n },
  { relation: 'other-bank', small: 275n, large: 440n },
] as const

/** What a bank charges until its staff enter a table of their own: yen, with a step at 30,000. */
export const defaultFees: FeeRule[] = relations.flatMap(({ relation, small, large }) => [
  { relation, fromAmountMinor: 0n, belowAmountMinor: 30_000n, feeMinor: small },
  { relation, fromAmountMinor: 30_000n, belowAmountMinor: null, feeMinor: large },
])
