import { expect, test } from 'vitest'
import { groupsOf, totalOf } from '#shared/contracts/payment-content.ts'
import { sumMinor } from '#shared/money.ts'
import { defaultFees } from './default-fees.ts'
import { type FeeRule, priceGroups, type Relation, relationOf } from './price-groups.ts'

const payer = '0901-101-1-0014471'
const payees = ['0901-101-1-0020001', '0901-202-1-0020002', '0905-101-1-0020003']

/** Brackets of one yen, of many, and without an end, with other steps for each relation. */
const steep: FeeRule[] = (
  ['same-branch', 'same-bank', 'affiliated', 'other-bank'] as const
).flatMap((relation, at) => {
  const steps = [0n, 1n, 2n, 9_999n, 10_000n, 30_000n, 99_999n + BigInt(at), 1_000_000n]
  return steps.map((fromAmountMinor, step) => ({
    relation,
    fromAmountMinor,
    belowAmountMinor: steps[step + 1] ?? null,
    feeMinor: BigInt(step * 55 + at),
  }))
})

/** The fee by the table read from its end, to compare with. */
const feeByHand = (rules: readonly FeeRule[], relation: Relation, amountMinor: bigint): bigint =>
  rules.findLast((one) => one.relation === relation && one.fromAmountMinor <= amountMinor)
    ?.feeMinor ?? -1n

/** Every edge of every bracket and its neighbours, then amounts of all sizes. */
const amountsOf = function* (rules: readonly FeeRule[], count: number): Generator<bigint> {
  const edges = new Set(rules.flatMap(({ fromAmountMinor: at }) => [at - 1n, at, at + 1n]))
  const inRange = [...edges].filter((one) => one > 0n)
  yield* inRange
  let state = 20_261_123
  for (let at = inRange.length; at < count; at++) {
    state = (state * 48_271) % 2_147_483_647
    const digits = 1 + (at % 11)
    yield 1n + ((BigInt(state) * 47n) % 10n ** BigInt(digits))
  }
}

const wrongOnes = (rules: readonly FeeRule[], count: number): string[] => {
  const wrong: string[] = []
  let at = 0
  for (const amountMinor of amountsOf(rules, count)) {
    const payeeAccount = payees[at++ % payees.length] ?? ''
    const claims = [{ orderNumber: '1', shopId: 'A', amountMinor }]
    const groups = priceGroups(rules, payer, claims, new Map([['A', [payeeAccount]]])) ?? []
    const content = {
      kind: 'payment' as const,
      paymentId: '',
      day: '2026-11-23',
      payerAccount: payer,
      currency: 'JPY' as const,
      claims: claims.map((one) => ({ ...one, payeeAccount, payeeHolder: 'A' })),
      fees: groups.map(({ feeMinor }) => ({ payeeAccount, feeMinor })),
    }
    const legs = sumMinor(groupsOf(content).map((one) => one.amountMinor))
    const fees = sumMinor(groups.map((one) => one.feeMinor))
    const expected = feeByHand(rules, relationOf(payer, payeeAccount), amountMinor)
    const isRight =
      legs === amountMinor && fees === expected && totalOf(content) === amountMinor + expected
    if (!isRight) wrong.push(`${amountMinor} to ${payeeAccount}: ${legs} and ${fees}`)
  }
  return wrong
}

test.each([
  ['the table a bank begins with', defaultFees],
  ['a table of many brackets', steep],
])(
  'what is debited is what the payees get and the fee of the bracket, 500,000 amounts over %s',
  (_table, rules) => {
    expect(wrongOnes(rules, 500_000).slice(0, 5)).toEqual([])
  },
  60_000,
)
