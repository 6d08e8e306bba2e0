import fc from 'fast-check'
import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { currencies } from '../money.ts'
import { newOrderNumber } from '../order-number.ts'
import {
  digest,
  digestOf,
  groupsOf,
  type PaymentContent,
  paymentContent,
  totalOf,
} from './payment-content.ts'

const accounts = fc
  .tuple(
    fc.integer({ min: 0, max: 999 }),
    fc.constantFrom(1, 2, 4),
    fc.integer({ min: 0, max: 9_999_999 }),
  )
  .map(([branch, type, number]) =>
    ['0901', String(branch).padStart(3, '0'), type, String(number).padStart(7, '0')].join('-'),
  )
const numbers = fc
  .uint8Array({ minLength: 8, maxLength: 8 })
  .map((bytes) => newOrderNumber(() => bytes))
const uuids = fc.uuid({ version: 7 })
const days = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2040-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))
const holders = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
const amounts = fc.bigInt(1n, 100_000_000_000n)
const fees = fc.bigInt(0n, 10_000n)

const contents: fc.Arbitrary<PaymentContent> = fc
  .record({
    kind: fc.constantFrom('payment' as const, 'dated payment' as const, 'refund' as const),
    paymentId: uuids,
    day: days,
    payerAccount: accounts,
    currency: fc.constantFrom(...currencies),
    payees: fc.uniqueArray(accounts, { minLength: 1, maxLength: 4 }),
    claims: fc.uniqueArray(
      fc.record({ orderNumber: numbers, payeeHolder: holders, amountMinor: amounts, at: fc.nat() }),
      { minLength: 4, maxLength: 8, selector: (claim) => claim.orderNumber },
    ),
    feeOfPayee: fc.array(fees, { minLength: 4, maxLength: 4 }),
  })
  .map(({ payees, claims, feeOfPayee, ...rest }) => ({
    ...rest,
    claims: claims.map(({ at, ...claim }, index) => ({
      ...claim,
      payeeAccount: payees[index < payees.length ? index : at % payees.length] as string,
    })),
    fees: payees.map((payeeAccount, index) => ({
      payeeAccount,
      feeMinor: feeOfPayee[index] as bigint,
    })),
  }))

/** Every way to change one thing that the customer was shown. */
const changes: [string, (content: PaymentContent, other: PaymentContent) => PaymentContent][] = [
  ['the kind', (content, { kind }) => ({ ...content, kind })],
  ['the payment id', (content, { paymentId }) => ({ ...content, paymentId })],
  ['the day', (content, { day }) => ({ ...content, day })],
  ['the payer’s account', (content, { payerAccount }) => ({ ...content, payerAccount })],
  ['the currency', (content, { currency }) => ({ ...content, currency })],
  [
    'a claim’s number',
    (content, { claims: [other] }) => withClaim(content, { orderNumber: other?.orderNumber }),
  ],
  [
    'a claim’s payee',
    (content, { claims: [other] }) => withClaim(content, { payeeAccount: other?.payeeAccount }),
  ],
  [
    'a payee’s holder',
    (content, { claims: [other] }) => withClaim(content, { payeeHolder: other?.payeeHolder }),
  ],
  [
    'a claim’s amount',
    (content, { claims: [other] }) => withClaim(content, { amountMinor: other?.amountMinor }),
  ],
  [
    'an amount by one',
    (content) => withClaim(content, { amountMinor: (content.claims[0]?.amountMinor ?? 0n) + 1n }),
  ],
  [
    'a fee',
    (content) => ({
      ...content,
      fees: content.fees.map((fee, at) =>
        at === 0 ? { ...fee, feeMinor: fee.feeMinor + 1n } : fee,
      ),
    }),
  ],
  [
    'the payee of a fee',
    (content, { payerAccount }) => ({
      ...content,
      fees: content.fees.map((fee, at) =>
        at === 0 ? { ...fee, payeeAccount: payerAccount } : fee,
      ),
    }),
  ],
  ['one claim fewer', (content) => ({ ...content, claims: content.claims.slice(1) })],
  [
    'one claim more',
    (content, { claims: [other] }) => ({
      ...content,
      claims: other ? [...content.claims, other] : content.claims,
    }),
  ],
  ['one fee fewer', (content) => ({ ...content, fees: content.fees.slice(1) })],
  ['two amounts swapped', (content) => swapped(content, 'amountMinor')],
  ['two payees swapped', (content) => swapped(content, 'payeeAccount')],
]

const withClaim = (content: PaymentContent, change: object): PaymentContent => ({
  ...content,
  claims: content.claims.map((claim, at) => (at === 0 ? { ...claim, ...change } : claim)),
})

const swapped = (
  content: PaymentContent,
  field: 'amountMinor' | 'payeeAccount',
): PaymentContent => {
  const [one, other] = content.claims
  if (!one || !other) return content
  return {
    ...content,
    claims: [
      { ...one, [field]: other[field] },
      { ...other, [field]: one[field] },
      ...content.claims.slice(2),
    ],
  }
}

const sortedByNumber = (content: PaymentContent) => ({
  ...content,
  claims: content.claims.toSorted((a, b) => (a.orderNumber < b.orderNumber ? -1 : 1)),
  fees: content.fees.toSorted((a, b) => (a.payeeAccount < b.payeeAccount ? -1 : 1)),
})

const shown = (content: PaymentContent) =>
  JSON.stringify(sortedByNumber(content), (_key, value) =>
    typeof value === 'bigint' ? String(value) : value,
  )

describe('the digest', () => {
  test.each(changes)('is another when %s is another', (_name, change) => {
    fc.assert(
      fc.property(contents, contents, (content, other) => {
        const changed = change(content, other)
        fc.pre(shown(changed) !== shown(content))
        expect(digestOf(changed)).not.toBe(digestOf(content))
      }),
      { numRuns: 200 },
    )
  })

  test('is the same in whatever order claims, fees and fields stand, and however they travelled', () => {
    fc.assert(
      fc.property(contents, (content) => {
        const turned = {
          ...Object.fromEntries(Object.entries(content).reverse()),
          claims: content.claims.toReversed(),
          fees: content.fees.toReversed(),
        } as PaymentContent
        const travelled = JSON.parse(
          JSON.stringify(content, (_key, value) =>
            typeof value === 'bigint' ? Number(value) : value,
          ),
        )
        expect(digestOf(turned)).toBe(digestOf(content))
        expect(digestOf(paymentContent.parse(travelled))).toBe(digestOf(content))
        expect(digest.safeParse(digestOf(content)).success).toBe(true)
      }),
    )
  })

  test('is SHA-256 of the RFC 8785 text that an implementer elsewhere writes', () => {
    const content: PaymentContent = {
      kind: 'payment',
      paymentId: '0197c3a0-0000-7000-8000-000000000000',
      day: '2026-07-01',
      payerAccount: '0901-101-4-0014471',
      claims: [
        {
          orderNumber: 'ZZZZ-0000-0',
          payeeAccount: '0901-202-1-0000002',
          payeeHolder: 'みなと靴店',
          amountMinor: 3150n,
        },
        {
          orderNumber: '0000-0000-0',
          payeeAccount: '0901-202-1-0000001',
          payeeHolder: 'Hat "B"',
          amountMinor: 2100n,
        },
      ],
      fees: [
        { payeeAccount: '0901-202-1-0000002', feeMinor: 0n },
        { payeeAccount: '0901-202-1-0000001', feeMinor: 110n },
      ],
      currency: 'JPY',
    }
    const text =
      '{"claims":[{"amountMinor":2100,"orderNumber":"0000-0000-0","payeeAccount":"0901-202-1-0000001","payeeHolder":"Hat \\"B\\""},' +
      '{"amountMinor":3150,"orderNumber":"ZZZZ-0000-0","payeeAccount":"0901-202-1-0000002","payeeHolder":"みなと靴店"}],' +
      '"currency":"JPY","day":"2026-07-01","fees":[{"feeMinor":110,"payeeAccount":"0901-202-1-0000001"},' +
      '{"feeMinor":0,"payeeAccount":"0901-202-1-0000002"}],"kind":"payment","payerAccount":"0901-101-4-0014471",' +
      '"paymentId":"0197c3a0-0000-7000-8000-000000000000"}'
    expect(digestOf(content)).toBe(createHash('sha256').update(text).digest('base64url'))
  })
})

describe('groups', () => {
  test('hold every claim once, and sum with their fees to what the payer is debited', () => {
    fc.assert(
      fc.property(contents, (content) => {
        const groups = groupsOf(content)
        const inGroups = groups.flatMap((group) => group.orderNumbers)
        expect(inGroups.toSorted()).toEqual(content.claims.map((one) => one.orderNumber).toSorted())
        expect(new Set(groups.map((group) => group.payeeAccount)).size).toBe(groups.length)
        expect(groups.reduce((sum, one) => sum + one.amountMinor + one.feeMinor, 0n)).toBe(
          totalOf(content),
        )
      }),
    )
  })
})

describe('a content', () => {
  const claim = (orderNumber: string, payeeAccount = '0901-202-1-0000001', amountMinor = 2100) => ({
    orderNumber,
    payeeAccount,
    payeeHolder: 'Shop B',
    amountMinor,
  })
  const [first, second] = [newOrderNumber(), newOrderNumber()]
  const good = {
    kind: 'payment',
    paymentId: '0197c3a0-0000-7000-8000-000000000000',
    day: '2026-07-01',
    payerAccount: '0901-101-4-0014471',
    claims: [claim(first)],
    fees: [{ payeeAccount: '0901-202-1-0000001', feeMinor: 0 }],
    currency: 'JPY',
  }

  test('that is whole passes', () => {
    expect(paymentContent.safeParse(good).success).toBe(true)
  })

  test.each([
    ['no claim', { claims: [] }, 'claims'],
    ['51 claims', { claims: Array.from({ length: 51 }, () => claim(newOrderNumber())) }, 'claims'],
    ['one claim twice', { claims: [claim(first), claim(first)] }, 'claims'],
    ['no fee', { fees: [] }, 'fees'],
    ['a fee twice', { fees: [...good.fees, ...good.fees] }, 'fees'],
    ['a fee of nobody', { fees: [{ payeeAccount: '0901-202-1-0000009', feeMinor: 0 }] }, 'fees'],
    [
      'a payee without a fee',
      { claims: [claim(first), claim(second, '0901-202-1-0000002')] },
      'fees',
    ],
    ['a fee below zero', { fees: [{ payeeAccount: '0901-202-1-0000001', feeMinor: -1 }] }, 'fees'],
    ['an amount of zero', { claims: [claim(first, undefined, 0)] }, 'claims'],
    ['half a yen', { claims: [claim(first, undefined, 0.5)] }, 'claims'],
    ['an amount beyond the largest', { claims: [claim(first, undefined, 1e11 + 1)] }, 'claims'],
    [
      'a sum beyond 2^53',
      { fees: [{ payeeAccount: '0901-202-1-0000001', feeMinor: 2 ** 53 - 1 }] },
      'claims',
    ],
    ['a day that does not exist', { day: '2026-02-30' }, 'day'],
    ['another kind', { kind: 'gift' }, 'kind'],
    ['another currency', { currency: 'XXX' }, 'currency'],
    ['no payment id', { paymentId: undefined }, 'paymentId'],
    ['a field more', { note: 'x' }, ''],
  ])('with %s does not', (_name, change, field) => {
    const parsed = paymentContent.safeParse({ ...good, ...change })
    expect(parsed.success).toBe(false)
    expect(parsed.error?.issues.map(({ path }) => String(path[0] ?? ''))).toContain(field)
  })
})
