import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays } from '#shared/dates.ts'
import { sumMinor } from '#shared/money.ts'
import { payablePart } from './payable-part.ts'

interface TestClaim {
  orderNumber: string
  payee: number
  timeLimit: string
  amountMinor: bigint
}

/** A fee per payee, higher from an amount on: what groups cost in one payment. */
interface Fees {
  small: bigint
  large: bigint
  from: bigint
}

const totalWith =
  (fees: readonly Fees[]) =>
  (claims: readonly TestClaim[]): bigint => {
    const amounts = claims.map((one) => one.amountMinor)
    const groups = [...Map.groupBy(claims, (one) => one.payee)].map(([payee, own]) => {
      const { small = 0n, large = 0n, from = 0n } = fees[payee] ?? {}
      return sumMinor(own.map((one) => one.amountMinor)) < from ? small : large
    })
    return sumMinor([...amounts, ...groups])
  }

const payees = 4
const minor = (max: bigint) => fc.bigInt({ min: 0n, max })
const anyFees = fc.array(
  fc.record({ small: minor(300n), large: minor(600n), from: minor(9000n) }),
  {
    minLength: payees,
    maxLength: payees,
  },
)
const anyClaims = fc
  .array(
    fc.record({
      payee: fc.nat({ max: payees - 1 }),
      days: fc.nat({ max: 9 }),
      amountMinor: fc.bigInt({ min: 1n, max: 9000n }),
    }),
    { maxLength: 50 },
  )
  .map((claims) =>
    claims.map(
      ({ days, ...claim }, at): TestClaim => ({
        ...claim,
        orderNumber: `${at}`,
        timeLimit: addDays('2026-11-23', days),
      }),
    ),
  )
const anyBasket = fc.record({ claims: anyClaims, fees: anyFees, available: minor(120_000n) })

const holds = (
  rule: (
    basket: { claims: TestClaim[]; available: bigint; total: ReturnType<typeof totalWith> },
    part: Awaited<ReturnType<typeof payablePart<TestClaim>>>,
  ) => void,
) =>
  fc.assert(
    fc.asyncProperty(anyBasket, async ({ claims, fees, available }) => {
      const total = totalWith(fees)
      rule({ claims, available, total }, await payablePart(claims, available, total))
    }),
    { numRuns: 500 },
  )

const inOrder = (claims: readonly TestClaim[]) =>
  claims.every((one, at) => at === 0 || (claims[at - 1]?.timeLimit ?? '') <= one.timeLimit)

describe('the part that a balance can pay', () => {
  it('never costs more than the balance, fees included, and says what it costs', () =>
    holds(({ available, total }, { fits, totalMinor }) => {
      expect(totalMinor).toBe(total(fits))
      expect(totalMinor <= available).toBe(true)
    }))

  it('has every claim either in it or left, in order of time limit', () =>
    holds(({ claims }, { fits, left }) => {
      expect(new Set([...fits, ...left])).toEqual(new Set(claims))
      expect(fits.length + left.length).toBe(claims.length)
      expect(inOrder(fits) && inOrder(left)).toBe(true)
    }))

  it('leaves a claim only where it did not fit beside those of nearer limits', () =>
    holds(({ claims, available, total }, { fits, left }) => {
      const order = claims.toSorted((a, b) => a.timeLimit.localeCompare(b.timeLimit))
      for (const claim of left) {
        const before = fits.filter((one) => order.indexOf(one) < order.indexOf(claim))
        expect(total([...before, claim]) > available).toBe(true)
      }
    }))

  it('is the whole basket exactly when every beginning of it fits', () =>
    holds(({ claims, available, total }, { left }) => {
      const order = claims.toSorted((a, b) => a.timeLimit.localeCompare(b.timeLimit))
      const fit = order.every((_one, at) => total(order.slice(0, at + 1)) <= available)
      expect(left.length === 0).toBe(fit)
    }))

  it('takes a small claim of a far limit after a large one that does not fit', async () => {
    const claim = (orderNumber: string, timeLimit: string, amountMinor: bigint) => ({
      orderNumber,
      payee: 0,
      timeLimit,
      amountMinor,
    })
    const shoes = claim('shoes', '2026-11-24', 3150n)
    const table = claim('table', '2026-11-25', 8400n)
    const hat = claim('hat', '2026-11-26', 2100n)
    const part = await payablePart([hat, table, shoes], 5500n, totalWith([]))
    expect(part).toEqual({ fits: [shoes, hat], left: [table], totalMinor: 5250n })
  })

  it('asks for no price where the amounts alone are too much', async () => {
    let asked = 0
    const claims = Array.from({ length: 50 }, () => ({
      timeLimit: '2026-11-24',
      amountMinor: 5000n,
    }))
    await payablePart(claims, 12_000n, (some) => {
      asked += 1
      return sumMinor(some.map((one) => one.amountMinor))
    })
    expect(asked).toBe(2)
  })
})
