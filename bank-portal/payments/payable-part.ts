import { sumMinor } from '#shared/money.ts'

interface Payable {
  timeLimit: string
  amountMinor: bigint
}

export interface PayablePart<C> {
  /** In order of time limit. */
  fits: C[]
  /** What does not fit, in order of time limit: the first of it broke the balance. */
  left: C[]
  /** What those that fit cost, fees included. */
  totalMinor: bigint
}

const byTimeLimit = (a: Payable, b: Payable) =>
  a.timeLimit < b.timeLimit ? -1 : a.timeLimit > b.timeLimit ? 1 : 0

/**
 * What of a basket a balance can pay: in order of time limit each claim that still fits, fees included.
 * `totalOf` prices some of the claims as one payment; undefined where that can't be paid at all.
 */
export const payablePart = async <C extends Payable>(
  claims: readonly C[],
  availableMinor: bigint,
  totalOf: (claims: readonly C[]) => Promise<bigint | undefined> | bigint | undefined,
): Promise<PayablePart<C>> => {
  const part: PayablePart<C> = { fits: [], left: [], totalMinor: 0n }
  for (const claim of claims.toSorted(byTimeLimit)) {
    const wanted = [...part.fits, claim]
    // Amounts alone are too much: no need to ask for the fees.
    const isTooMuch = sumMinor(wanted.map((one) => one.amountMinor)) > availableMinor
    const totalMinor = isTooMuch ? undefined : await totalOf(wanted)
    if (totalMinor === undefined || totalMinor > availableMinor) part.left.push(claim)
    else {
      part.fits = wanted
      part.totalMinor = totalMinor
    }
  }
  return part
}
