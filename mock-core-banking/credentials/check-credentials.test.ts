import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { checkCredentials, checkStaffCredentials } from '#shared/contracts/core-banking.ts'
import type { CustomerLogin } from '#shared/contracts/core-banking.ts'
import { bankStaff } from '../../test/demo/bank-world.ts'
import { openTestBank, type TestBank } from '../../test/support/core-bank.ts'
import { haruka, kenji } from '../../test/support/core-payments.ts'
import { customers } from './credentials.table.ts'
import { hashPassword, nobodysHash, passwordFits } from '#shared/hash-password.ts'

let bank: TestBank
beforeAll(async () => {
  bank = await openTestBank()
})
afterAll(() => bank.close())

const signIn = (login: CustomerLogin, password: string = haruka.password) =>
  bank.callAs['bank-portal'](checkCredentials, { body: { login, password } })

describe('a customer signs in', () => {
  test.each<[string, CustomerLogin]>([
    ['by user id', { userId: 'haruka' }],
    ['by user id in capitals', { userId: ' HARUKA ' }],
    ['by user id typed full-width', { userId: 'ｈａｒｕｋａ' }],
    ['by branch and number of one account', { branch: '101', accountNumber: '0014471' }],
    ['by branch and number of another account', { branch: '202', accountNumber: '0033310' }],
  ])('%s', async (_case, login) => {
    expect(await signIn(login)).toEqual({
      outcome: 'accepted',
      customer: {
        customerId: haruka.customerId,
        name: 'Haruka Sato',
        nameJa: '佐藤 遥',
        mailAddress: haruka.mailAddress,
        language: 'en',
      },
    })
  })

  test.each<[string, CustomerLogin, string?]>([
    ['with another’s password', { userId: 'haruka' }, kenji.password],
    ['with the password in capitals', { userId: 'haruka' }, haruka.password.toUpperCase()],
    ['as nobody', { userId: 'nobody' }],
    ['with an account number of another branch', { branch: '202', accountNumber: '0014471' }],
    ['by a shop’s account', { branch: '101', accountNumber: '1100101' }],
    ['by the bank’s own account', { branch: '101', accountNumber: '9990001' }],
  ])('not %s, and is not told why', async (_case, login, password) => {
    expect(await signIn(login, password)).toEqual({ outcome: 'not-accepted' })
  })

  test('not with a password of more than 200 characters: it is not even hashed', async () => {
    await expect(signIn({ userId: 'haruka' }, 'x'.repeat(201))).rejects.toMatchObject({
      code: 'invalid',
    })
  })
})

test('a staff member signs in by id in either case, and their roles are told', async () => {
  const { staffId, password, name } = bankStaff.approver
  expect(
    await bank.callAs['bank-portal'](checkStaffCredentials, {
      body: { staffId: staffId.toUpperCase(), password },
    }),
  ).toEqual({
    outcome: 'accepted',
    staff: { staffId, name, roles: ['clerk', 'approver'], passwordIsTemporary: false },
  })
  expect(
    await bank.callAs['bank-portal'](checkStaffCredentials, { body: { staffId, password: 'x' } }),
  ).toEqual({ outcome: 'not-accepted' })
})

describe('passwords', () => {
  const cheap = { PASSWORD_MEMORY_KIB: 8, PASSWORD_PASSES: 1 }
  const dear = { PASSWORD_MEMORY_KIB: 19_456, PASSWORD_PASSES: 2 }

  test('are stored as argon2id hashes with the cost of the settings', async () => {
    const [row] = await bank.deps.db.select().from(customers)
    expect(row?.passwordHash).toMatch(/^\$argon2id\$v=19\$m=8,t=1,p=1\$/)
    expect(await hashPassword(dear, 'secret')).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  })

  test('are checked at the cost that their hash was made with', async () => {
    expect(await passwordFits(dear, await hashPassword(cheap, 'secret'), 'secret')).toBe(true)
    expect(await passwordFits(cheap, await hashPassword(dear, 'secret'), 'secret')).toBe(true)
    expect(await passwordFits(cheap, await hashPassword(dear, 'secret'), 'Secret')).toBe(false)
  })

  test('of nobody are checked against a hash of the same cost as those of somebody', async () => {
    const costOf = (hash: string) => hash.split('$').slice(0, 4).join('$')
    const stored = await hashPassword(dear, 'secret')
    expect(costOf(await nobodysHash(dear))).toBe(costOf(stored))
    expect(await passwordFits(dear, undefined, 'secret')).toBe(false)
  })
})
