import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sumMinor } from '#shared/money.ts'
import { defaultFees } from './default-fees.ts'
import { type FeeRule, feeOf, priceGroups, type PricedClaim, relationOf } from './price-groups.ts'

const payer = '0901-101-4-0014471'

describe('the relation of two accounts', () => {
  test.each([
    ['0901-101-1-0020001', 'same-branch'],
    ['0901-202-1-0020001', 'same-bank'],
    ['0905-101-1-0020001', 'other-bank'],
  ] as const)('to %s is %s', (payee, relation) => {
    expect(relationOf(payer, payee)).toBe(relation)
  })
})

describe('a fee', () => {
  test.each([
    ['0901-101-1-0020001', 1n, 0n],
    ['0901-101-1-0020001', 100_000n, 0n],
    ['0901-202-1-0020001', 1n, 110n],
    ['0901-202-1-0020001', 29_999n, 110n],
    ['0901-202-1-0020001', 30_000n, 220n],
    ['0905-101-1-0020001', 29_999n, 275n],
    ['0905-101-1-0020001', 30_000n, 440n],
  ])('to %s for %d yen is %d by the default table', (payee, amount, fee) => {
    expect(feeOf(defaultFees, payer, payee, amount)).toBe(fee)
  })

  test('is not known where the table has no line', () => {
    const only: FeeRule[] = [
      { relation: 'same-bank', fromAmountMinor: 100n, belowAmountMinor: 200n, feeMinor: 1n },
    ]
    expect(feeOf(only, payer, '0901-202-1-0020001', 99n)).toBeUndefined()
    expect(feeOf(only, payer, '0901-202-1-0020001', 200n)).toBeUndefined()
    expect(feeOf(only, payer, '0901-101-1-0020001', 150n)).toBeUndefined()
  })
})

const claim = (orderNumber: string, shopId: string, amountMinor: bigint): PricedClaim => ({
  orderNumber,
  shopId,
  amountMinor,
})

describe('a basket', () => {
  const near = '0901-101-1-0020001'
  const far = '0901-202-1-0020001'

  test('has one group and one fee per payee, and says what that saves', () => {
    const groups = priceGroups(
      defaultFees,
      payer,
      [claim('1', 'A', 3150n), claim('2', 'B', 2100n), claim('3', 'A', 8400n)],
      new Map([
        ['A', [far]],
        ['B', [near]],
      ]),
    )
    expect(groups).toEqual([
      {
        payeeAccount: far,
        shopId: 'A',
        orderNumbers: ['1', '3'],
        amountMinor: 11_550n,
        feeMinor: 110n,
        savedMinor: 110n,
      },
      {
        payeeAccount: near,
        shopId: 'B',
        orderNumbers: ['2'],
        amountMinor: 2100n,
        feeMinor: 0n,
        savedMinor: 0n,
      },
    ])
  })

  test('goes to the payee’s account with the lowest fee, the first of equals', () => {
    const to = (accounts: string[]) =>
      priceGroups(defaultFees, payer, [claim('1', 'A', 1n)], new Map([['A', accounts]]))?.[0]
        ?.payeeAccount
    expect(to([far, near])).toBe(near)
    expect(to([near, far])).toBe(near)
    expect(to(['0901-202-1-0020002', far])).toBe('0901-202-1-0020002')
  })

  test('is never paid from an account to itself', () => {
    const own = new Map([['A', [payer]]])
    expect(priceGroups(defaultFees, payer, [claim('1', 'A', 1n)], own)).toBeUndefined()
  })

  test('has no price when a payee has no account', () => {
    expect(priceGroups(defaultFees, payer, [claim('1', 'A', 1n)], new Map())).toBeUndefined()
  })
})

const account = fc
  .tuple(
    fc.constantFrom('0901', '0905'),
    fc.constantFrom('101', '202'),
    fc.integer({ min: 1, max: 9 }),
  )
  .map(([bank, branch, number]) => `${bank}-${branch}-1-000000${number}`)
const basket = fc.array(
  fc.record({
    shopId: fc.constantFrom('A', 'B', 'C'),
    amountMinor: fc.bigInt({ min: 1n, max: 100_000_000_000n }),
  }),
  { minLength: 1, maxLength: 50 },
)
const payees = fc.record({
  A: fc.uniqueArray(account, { minLength: 1, maxLength: 4 }),
  B: fc.uniqueArray(account, { minLength: 1, maxLength: 4 }),
  C: fc.uniqueArray(account, { minLength: 1, maxLength: 4 }),
})

describe('whatever is in a basket', () => {
  const forAnyBasket = (
    holds: (groups: NonNullable<ReturnType<typeof priceGroups>>, claims: PricedClaim[]) => void,
  ) =>
    fc.assert(
      fc.property(basket, payees, account, (wanted, accounts, from) => {
        const claims = wanted.map((one, at) => ({ ...one, orderNumber: `${at}` }))
        const groups = priceGroups(defaultFees, from, claims, new Map(Object.entries(accounts)))
        if (groups) holds(groups, claims)
      }),
      { numRuns: 2000 },
    )

  test('every claim is in exactly one group, with its own payee’s', () => {
    forAnyBasket((groups, claims) => {
      const numbers = groups.flatMap((group) => group.orderNumbers)
      expect(numbers.toSorted()).toEqual(claims.map((one) => one.orderNumber).toSorted())
      for (const group of groups)
        for (const number of group.orderNumbers)
          expect(claims[Number(number)]?.shopId).toBe(group.shopId)
    })
  })

  test('amounts of groups sum to the claims, and fees and savings are never negative', () => {
    forAnyBasket((groups, claims) => {
      expect(sumMinor(groups.map((group) => group.amountMinor))).toBe(
        sumMinor(claims.map((one) => one.amountMinor)),
      )
      for (const { feeMinor, savedMinor } of groups) {
        expect(feeMinor >= 0n).toBe(true)
        expect(savedMinor >= 0n).toBe(true)
      }
    })
  })

  test('no payee is in two groups', () => {
    forAnyBasket((groups) => {
      expect(new Set(groups.map((group) => group.shopId)).size).toBe(groups.length)
    })
  })

  test('a dearer account of the payee is never chosen', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(account, { minLength: 1, maxLength: 6 }),
        account,
        fc.bigInt({ min: 1n, max: 100_000_000_000n }),
        (accounts, from, amountMinor) => {
          const [group] =
            priceGroups(
              defaultFees,
              from,
              [claim('1', 'A', amountMinor)],
              new Map([['A', accounts]]),
            ) ?? []
          for (const other of accounts.filter((one) => one !== from))
            expect(
              (group?.feeMinor ?? 0n) <= (feeOf(defaultFees, from, other, amountMinor) ?? 0n),
            ).toBe(true)
        },
      ),
    )
  })

  test('the default table has exactly one line for every relation and amount', () => {
    fc.assert(
      fc.property(account, account, fc.bigInt({ min: 1n, max: 10n ** 14n }), (from, to, amount) => {
        const relation = relationOf(from, to)
        const lines = defaultFees.filter(
          (rule) =>
            rule.relation === relation &&
            amount >= rule.fromAmountMinor &&
            (rule.belowAmountMinor === null || amount < rule.belowAmountMinor),
        )
        expect(lines).toHaveLength(1)
      }),
    )
  })
})
