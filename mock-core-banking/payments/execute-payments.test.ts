import { randomUUIDv7 } from 'node:crypto'
import { asc, eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { executePayment, findReceipts, voidPayment } from '#shared/contracts/core-banking.ts'
import { digestOf, type PaymentContent } from '#shared/contracts/payment-content.ts'
import { signServiceToken } from '#shared/service-token.ts'
import { bankCustomers } from '../../test/demo/bank-world.ts'
import { openTestBank, origin, type TestBank } from '../../test/support/core-bank.ts'
import {
  authorise,
  authoriseAs,
  balanceOf,
  execute,
  haruka,
  harukaCurrent,
  harukaSavings,
  hats,
  hatsAccount,
  instruct,
  kenji,
  newPayment,
  pay,
  shoesAccount,
} from '../../test/support/core-payments.ts'
import { accounts } from '../accounts/accounts.table.ts'
import { checkBooks } from './check-books.ts'
import { postings } from './payments.table.ts'

let bank: TestBank
beforeAll(async () => {
  bank = await openTestBank()
})
afterAll(() => bank.close())

const storedReceipt = async (paymentId: string) => {
  const { receipts } = await bank.callAs['claim-server'](findReceipts, {
    body: { paymentIds: [paymentId] },
  })
  return receipts[0]?.receipt
}

const balances = async () =>
  Object.fromEntries(
    (await bank.deps.db.select().from(accounts)).map((row) => [row.account, row.balanceMinor]),
  )

const secondsFromNow = (seconds: number) => Math.floor(Date.now() / 1000) + seconds

describe('an execute', () => {
  test('of what the customer authorised and the claim server instructed moves the money', async () => {
    const content = newPayment(bank, { feeMinor: 110n })
    const before = await balances()
    const answer = await authoriseAs(bank, [content])
    if (answer.outcome !== 'authorised') throw new Error(answer.outcome)
    const receipt = await execute(bank, content.paymentId, {
      instruction: await instruct(bank, content),
      authorisation: answer.authorisation,
    })
    expect(receipt).toMatchObject({
      jti: content.paymentId,
      result: 'executed',
      payer: haruka.customerId,
      digest: digestOf(content),
      legs: [{ orderNumber: content.claims[0]?.orderNumber, amountMinor: 3_150n }],
      fees: [{ payeeAccount: shoesAccount, feeMinor: 110n }],
    })
    const after = await balances()
    const change = (account: string) => (after[account] ?? 0n) - (before[account] ?? 0n)
    expect(change(harukaSavings)).toBe(-3_260n)
    expect(change(shoesAccount)).toBe(3_150n)
    expect(change(bank.deps.config.FEE_ACCOUNT)).toBe(110n)
  })

  test('posts each group as one transfer, and its fee as lines of its own that sum to zero', async () => {
    const content = newPayment(bank, {
      claims: [{}, { amountMinor: 850n }, { payeeAccount: hatsAccount, payeeHolder: hats.holder }],
      feeMinor: 55n,
    })
    const receipt = await pay(bank, content)
    expect(receipt.fees).toHaveLength(2)
    const transferTo = (account: string) =>
      receipt.fees.find((fee) => fee.payeeAccount === account)?.transferId
    const linesOf = async (transferId = '') =>
      (
        await bank.deps.db
          .select()
          .from(postings)
          .where(eq(postings.transferId, transferId))
          .orderBy(asc(postings.posting))
      ).map(({ line, account, amountMinor }) => [line, account, amountMinor])
    const fees = bank.deps.config.FEE_ACCOUNT
    expect(await linesOf(transferTo(shoesAccount))).toEqual([
      ['amount', harukaSavings, -4_000n],
      ['amount', shoesAccount, 4_000n],
      ['fee', harukaSavings, -55n],
      ['fee', fees, 55n],
    ])
    expect(await linesOf(transferTo(hatsAccount))).toContainEqual(['amount', hatsAccount, 3_150n])
  })

  test('may use the credit that the bank grants, to the last yen and not one more', async () => {
    const { customerId, accounts: own } = bankCustomers.takumi
    const business = { payer: customerId }
    const all = newPayment(bank, {
      payerAccount: own[1].account,
      claims: [{ amountMinor: 786_000n }],
    })
    const done = await pay(bank, all, { instruction: business, authorisation: business })
    expect(done.result).toBe('executed')
    expect(await balanceOf(bank, bankCustomers.takumi, own[1].account)).toBe(-300_000n)
    const more = newPayment(bank, { payerAccount: own[1].account, claims: [{ amountMinor: 1n }] })
    expect(await pay(bank, more, { instruction: business, authorisation: business })).toMatchObject(
      {
        reason: 'insufficient-funds',
        shortByMinor: 1n,
      },
    )
  })

  test('tells when the customer agreed in business time, however the clock was moved', async () => {
    const content = newPayment(bank)
    const agoSeconds = 120
    const authorisation = await authorise(bank, [content], {
      iat: secondsFromNow(-agoSeconds),
      exp: secondsFromNow(180),
    })
    bank.moveClock(new Date('2027-01-01T00:00:30+09:00'))
    const receipt = await execute(bank, content.paymentId, {
      instruction: await instruct(bank, content),
      authorisation,
    })
    bank.moveClock(new Date())
    const { decidedAt, authorisedAt } = receipt
    expect(decidedAt.toISOString().slice(0, 16)).toBe('2026-12-31T15:00')
    expect(authorisedAt?.toISOString().slice(0, 16)).toBe('2026-12-31T14:58')
  })
})

describe('documents that don’t verify or don’t agree leave no row', () => {
  const bent = (token: string) => {
    const [head, payload = '', signature] = token.split('.')
    const last = payload.endsWith('A') ? 'Q' : 'A'
    return [head, `${payload.slice(0, -1)}${last}`, signature].join('.')
  }
  const cases: [string, string, (content: PaymentContent) => Promise<[string, string]>][] = [
    [
      'an instruction whose content was changed',
      'answered 401',
      async (one) => [bent(await instruct(bank, one)), await authorise(bank, [one])],
    ],
    [
      'an authorisation whose content was changed',
      'answered 401',
      async (one) => [await instruct(bank, one), bent(await authorise(bank, [one]))],
    ],
    [
      'an authorisation in the place of the instruction',
      'answered 401',
      async (one) => [await authorise(bank, [one]), await authorise(bank, [one])],
    ],
    [
      'an authorisation signed with the core’s receipt key',
      'answered 401',
      async (one) => {
        const keys = bank.rings['core-banking']
        const ring = { ...keys, signingKey: () => keys.signingKey('receipt') }
        return [
          await instruct(bank, one),
          await authorise({ rings: { ...bank.rings, 'core-banking': ring } }, [one]),
        ]
      },
    ],
    [
      'an instruction signed by the portal',
      'answered 401',
      async (one) => {
        const keys = bank.rings['bank-portal']
        const ring = { ...keys, signingKey: () => keys.signingKey('request') }
        return [
          await instruct({ rings: { ...bank.rings, 'claim-server': ring } }, one),
          await authorise(bank, [one]),
        ]
      },
    ],
    [
      'an instruction of another payment',
      'of another payment',
      async (one) => {
        const other = { ...one, paymentId: randomUUIDv7() }
        return [await instruct(bank, other), await authorise(bank, [one])]
      },
    ],
    [
      'an instruction whose amount is not what its digest says',
      'its digest is not of its content',
      async (one) => [
        await instruct(bank, one, {
          claims: one.claims.map((claim) => ({ ...claim, amountMinor: 1n })),
        }),
        await authorise(bank, [one]),
      ],
    ],
    [
      'an instruction with a payee account but no group for it',
      'one fee for each payee account',
      async (one) => [
        await instruct(bank, one, {
          claims: one.claims.map((claim) => ({ ...claim, payeeAccount: hatsAccount })),
        }),
        await authorise(bank, [one]),
      ],
    ],
    [
      'an instruction with a claim twice',
      'the same claim twice',
      async (one) => {
        const twice = { ...one, claims: [...one.claims, ...one.claims] }
        return [await instruct(bank, twice), await authorise(bank, [twice])]
      },
    ],
    [
      'an instruction whose sum is beyond 2^53',
      'the sum is too large',
      async (one) => {
        const fees = one.fees.map((fee) => ({ ...fee, feeMinor: BigInt(Number.MAX_SAFE_INTEGER) }))
        const large = { ...one, fees }
        return [await instruct(bank, large), await authorise(bank, [large])]
      },
    ],
    [
      'an instruction that does not name the holder',
      'answered 401',
      async (one) => {
        const nameless = one.claims.map((claim) => ({ ...claim, payeeHolder: '' }))
        const content = { ...one, claims: nameless }
        return [await instruct(bank, content), await authorise(bank, [content])]
      },
    ],
  ]
  test.each(cases)('%s', async (_case, message, documents) => {
    const content = newPayment(bank)
    const before = await balances()
    const [instruction, authorisation] = await documents(content)
    await expect(execute(bank, content.paymentId, { instruction, authorisation })).rejects.toThrow(
      message,
    )
    expect(await storedReceipt(content.paymentId)).toBeNull()
    expect(await balances()).toEqual(before)
  })

  test('a transfer id that another payment used is refused, and nothing is stored', async () => {
    const first = newPayment(bank)
    const { fees } = await pay(bank, first)
    const second = newPayment(bank)
    const groups = [
      {
        payeeAccount: shoesAccount,
        transferId: fees[0]?.transferId ?? '',
        feeMinor: 0n,
        reference: '',
      },
    ]
    await expect(pay(bank, second, { instruction: { groups } })).rejects.toThrow('a transfer id')
    expect(await storedReceipt(second.paymentId)).toBeNull()
  })
})

describe('a known id', () => {
  test('gets its stored receipt, long after submit-before', async () => {
    const content = newPayment(bank)
    const first = await pay(bank, content)
    const before = await balances()
    const late = await pay(bank, content, { instruction: { submitBefore: secondsFromNow(-900) } })
    expect({ ...late, iat: 0 }).toEqual({ ...first, iat: 0 })
    expect(late.result).toBe('executed')
    expect(await balances()).toEqual(before)
  })

  test('with another content is refused, and the first receipt stands', async () => {
    const content = newPayment(bank)
    await pay(bank, content)
    const other = { ...content, claims: newPayment(bank).claims }
    await expect(pay(bank, other)).rejects.toMatchObject({ code: 'digest-mismatch' })
    expect((await pay(bank, content)).result).toBe('executed')
  })

  test('that was voided stays void, for any content', async () => {
    const content = newPayment(bank)
    await bank.callAs['claim-server'](voidPayment, {
      params: { paymentId: content.paymentId },
      body: { payer: haruka.customerId, digest: digestOf(content), kind: 'payment' },
    })
    const before = await balances()
    expect((await pay(bank, content)).result).toBe('voided')
    const other = { ...content, claims: newPayment(bank).claims }
    expect((await pay(bank, other)).result).toBe('voided')
    expect(await balances()).toEqual(before)
  })
})

describe('a refusal is stored and final, and moves nothing', () => {
  const closed = async (content: PaymentContent, account: string) => {
    const setClosed = (closedAt: Date | null) =>
      bank.deps.db.update(accounts).set({ closedAt }).where(eq(accounts.account, account))
    await setClosed(new Date())
    const receipt = await pay(bank, content)
    await setClosed(null)
    return receipt
  }
  const cases: [
    string,
    object,
    (content: PaymentContent) => Promise<object>,
    Partial<PaymentContent>?,
  ][] = [
    [
      'after submit-before',
      { reason: 'submitted-late' },
      (one) => pay(bank, one, { instruction: { submitBefore: secondsFromNow(-1) } }),
    ],
    [
      'when the authorisation ends before submit-before',
      { reason: 'not-authorised' },
      (one) => pay(bank, one, { authorisation: { exp: secondsFromNow(20) } }),
    ],
    [
      'when the authorisation is of another customer',
      { reason: 'not-authorised' },
      (one) => pay(bank, one, { authorisation: { payer: kenji.customerId } }),
    ],
    [
      'when the authorisation names another payment',
      { reason: 'not-authorised' },
      (one) =>
        pay(bank, one, {
          authorisation: { payments: [{ paymentId: randomUUIDv7(), digest: digestOf(one) }] },
        }),
    ],
    [
      'when the authorisation names other content',
      { reason: 'not-authorised' },
      (one) =>
        pay(bank, one, {
          authorisation: {
            payments: [{ paymentId: one.paymentId, digest: digestOf(newPayment(bank)) }],
          },
        }),
    ],
    [
      'from somebody else’s account',
      { reason: 'not-authorised' },
      (one) => pay(bank, one),
      { payerAccount: kenji.accounts[0].account },
    ],
    ['from a closed account', { reason: 'account-closed' }, (one) => closed(one, harukaSavings)],
    [
      'from an account that does not exist',
      { reason: 'account-closed' },
      (one) => pay(bank, one),
      { payerAccount: '0901-101-1-0000000' },
    ],
    [
      'from the bank’s own account',
      { reason: 'account-closed' },
      (one) => pay(bank, one),
      { payerAccount: '0901-101-1-9990002' },
    ],
    ['to a closed account', { reason: 'payee-not-found' }, (one) => closed(one, shoesAccount)],
  ]
  test.each(cases)('%s', async (_case, refusal, attempt, changed = {}) => {
    const content = newPayment(bank, changed)
    const before = await balances()
    expect(await attempt(content)).toMatchObject({ result: 'refused', legs: [], ...refusal })
    expect(await pay(bank, content)).toMatchObject({ result: 'refused', ...refusal })
    expect(await balances()).toEqual(before)
  })

  test.each([
    ['another holder than agreed', { payeeHolder: 'Shop A Shoe' }],
    ['an account that does not exist', { payeeAccount: '0901-101-2-0000000' }],
    ['the bank’s own account', { payeeAccount: '0901-101-1-9990001', payeeHolder: 'Minato Bank' }],
  ])('to %s', async (_case, claim) => {
    const content = newPayment(bank, { claims: [{}, claim] })
    expect(await pay(bank, content)).toMatchObject({ result: 'refused', reason: 'payee-not-found' })
  })

  test('for a claim that another payment executed', async () => {
    const first = newPayment(bank)
    await pay(bank, first)
    const second = newPayment(bank, { claims: [{}, ...first.claims] })
    expect(await pay(bank, second)).toMatchObject({ result: 'refused', reason: 'already-paid' })
  })

  test('on a short balance, saying by how much; no group of it is paid', async () => {
    const before = await balances()
    const available = before[harukaCurrent] ?? 0n
    const content = newPayment(bank, {
      payerAccount: harukaCurrent,
      claims: [
        { amountMinor: available },
        { payeeAccount: hatsAccount, payeeHolder: hats.holder, amountMinor: 1n },
      ],
      feeMinor: 10n,
    })
    expect(await pay(bank, content)).toMatchObject({
      result: 'refused',
      reason: 'insufficient-funds',
      shortByMinor: 21n,
      legs: [],
      fees: [],
    })
    expect(await balances()).toEqual(before)
  })
})

test('a call is good once: sent again, it is refused and nothing more happens', async () => {
  const content = newPayment(bank)
  const body = JSON.stringify({
    instruction: await instruct(bank, content),
    authorisation: await authorise(bank, [content]),
  })
  const target = executePayment.path.replace(':paymentId', content.paymentId)
  const token = await signServiceToken(
    bank.rings['bank-portal'],
    { method: 'PUT', target, body },
    {
      issuer: 'bank-portal',
      audience: 'core-banking',
      instance: 'test',
      onBehalfOf: haruka.customerId,
    },
  )
  const send = () =>
    bank.app.request(`${origin}${target}`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body,
    })
  const answers = await Promise.all(Array.from({ length: 10 }, async () => send()))
  expect(answers.filter((one) => one.status === 200)).toHaveLength(1)
  expect(answers.filter((one) => one.status === 401)).toHaveLength(9)
})

test('after all of this the books are right', async () => {
  expect(await checkBooks(bank.deps)).toMatchObject({ differences: [] })
})
