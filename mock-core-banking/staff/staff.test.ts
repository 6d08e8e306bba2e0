import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { AnyCall, Sent } from '#shared/contracts/call.ts'
import { checkStaffCredentials, unlockAuthorisation } from '#shared/contracts/core-banking.ts'
import {
  addStaff,
  changeStaffPassword,
  changeStaffRoles,
  listStaff,
  resetStaffPassword,
  searchCustomers,
  suspendStaff,
} from '#shared/contracts/core-staff.ts'
import { bankCustomers, bankStaff, bankWorld } from '../../test/demo/bank-world.ts'
import { openTestBank, type TestBank } from '../../test/support/core-bank.ts'
import { hashPassword } from '#shared/hash-password.ts'
import { authorisationTries, staff } from '../credentials/credentials.table.ts'
import { isApprover } from '../credentials/is-approver.ts'

let bank: TestBank
beforeAll(async () => {
  bank = await openTestBank()
})
afterAll(() => bank.close())
beforeEach(async () => {
  const { db, config } = bank.deps
  await db.delete(authorisationTries)
  await db.delete(staff)
  const hashed = bankWorld.staff.map(async ({ password, roles, ...member }) => ({
    ...member,
    roles: [...roles],
    passwordHash: await hashPassword(config, password),
  }))
  await db.insert(staff).values(await Promise.all(hashed))
})

const { clerk, approver, secondApprover, operator } = bankStaff
const consent = { staffId: secondApprover.staffId, password: secondApprover.password }

const as = <C extends AnyCall>(staffId: string, call: C, sent: Sent<C>) =>
  bank.callAs['bank-portal'](call, sent, { onBehalfOf: `staff:${staffId}` })

const byApprover = <C extends AnyCall>(call: C, sent: Sent<C>) => as(approver.staffId, call, sent)

const signIn = (staffId: string, password: string) =>
  bank.callAs['bank-portal'](checkStaffCredentials, { body: { staffId, password } })

const takeOn = async (roles: ('clerk' | 'approver')[] = ['clerk']) => {
  const answer = await byApprover(addStaff, {
    body: { staffId: 'newcomer', name: 'New Comer', roles, secondApproval: consent },
  })
  if (answer.outcome !== 'added') throw new Error(answer.outcome)
  return answer.password
}

describe('taking somebody on', () => {
  test('makes a password that signs in, and is told nowhere else', async () => {
    const password = await takeOn()
    expect(password).toMatch(/^([2-9a-hjkmnp-z]{4}-){4}[2-9a-hjkmnp-z]{4}$/)
    expect(await signIn('NewComer', password)).toMatchObject({
      outcome: 'accepted',
      staff: { staffId: 'newcomer', roles: ['clerk'], passwordIsTemporary: true },
    })
    const rows = await bank.deps.db.select().from(staff)
    expect(JSON.stringify(rows)).not.toContain(password)
  })

  test('finds out that the id is taken, in other letters too', async () => {
    const body = { staffId: ' CLERK ', name: 'Another', roles: ['clerk' as const] }
    expect(await byApprover(addStaff, { body: { ...body, staffId: 'Clerk' } })).toEqual({
      outcome: 'exists',
    })
    expect(await signIn(clerk.staffId, clerk.password)).toMatchObject({ outcome: 'accepted' })
  })

  test.each([
    ['a clerk', clerk.staffId],
    ['an operator', operator.staffId],
    ['nobody', 'nobody'],
  ])('is refused to %s', async (_who, staffId) => {
    const body = { staffId: 'x1', name: 'X', roles: ['clerk' as const] }
    await expect(as(staffId, addStaff, { body })).rejects.toMatchObject({ code: 'forbidden' })
    await expect(as(staffId, listStaff, {})).rejects.toMatchObject({ code: 'forbidden' })
  })

  test('is refused to a call on behalf of a customer, whatever their id', async () => {
    const body = { staffId: 'x1', name: 'X', roles: ['clerk' as const] }
    const call = bank.callAs['bank-portal'](addStaff, { body }, { onBehalfOf: approver.staffId })
    await expect(call).rejects.toMatchObject({ code: 'forbidden' })
  })
})

describe('what gives the power to approve takes two approvers:', () => {
  const body = { staffId: 'third', name: 'Third', roles: ['approver' as const] }

  const acts: [string, () => Promise<unknown>][] = [
    ['taking on an approver', () => byApprover(addStaff, { body })],
    [
      'making a clerk an approver',
      () =>
        byApprover(changeStaffRoles, {
          params: { staffId: 'clerk' },
          body: { roles: ['clerk', 'approver'] },
        }),
    ],
    [
      'a new password for an approver',
      () => byApprover(resetStaffPassword, { params: { staffId: 'approver2' }, body: {} }),
    ],
  ]
  test.each(acts)('%s', async (_case, act) => {
    expect(await act()).toEqual({ outcome: 'second-approval-needed' })
  })

  test.each([
    ['the first approver again', { staffId: approver.staffId, password: approver.password }],
    ['the first in other letters', { staffId: 'APPROVER1', password: approver.password }],
    ['a clerk', { staffId: clerk.staffId, password: clerk.password }],
    ['a wrong password', { ...consent, password: 'no' }],
  ])('the second is not %s', async (_case, secondApproval) => {
    expect(await byApprover(addStaff, { body: { ...body, secondApproval } })).toEqual({
      outcome: 'not-accepted',
    })
    expect(await signIn('third', 'anything')).toEqual({ outcome: 'not-accepted' })
  })

  test('the second is not the one who gets the new password', async () => {
    const answer = await byApprover(resetStaffPassword, {
      params: { staffId: secondApprover.staffId },
      body: { secondApproval: consent },
    })
    expect(answer).toEqual({ outcome: 'not-accepted' })
    expect(await signIn(secondApprover.staffId, secondApprover.password)).toMatchObject({
      outcome: 'accepted',
    })
  })

  test('five wrong passwords lock the second, also for the right one', async () => {
    const wrong = { ...body, secondApproval: { ...consent, password: 'no' } }
    for (let tries = 0; tries < 5; tries++) await byApprover(addStaff, { body: wrong })
    const right = { ...body, secondApproval: consent }
    expect(await byApprover(addStaff, { body: right })).toEqual({ outcome: 'not-accepted' })
  })

  test('the password made for a new approver agrees to nothing until they choose their own', async () => {
    const password = await takeOn(['approver'])
    expect(await isApprover(bank.deps, { staffId: 'newcomer', password })).toBe(false)
    const own = 'a sentence of my own'
    await as('newcomer', changeStaffPassword, { body: { password, newPassword: own } })
    expect(await isApprover(bank.deps, { staffId: 'newcomer', password: own })).toBe(true)
  })
})

describe('nobody manages themselves:', () => {
  const params = { staffId: 'Approver1' }
  const acts: [string, () => Promise<unknown>][] = [
    ['roles', () => byApprover(changeStaffRoles, { params, body: { roles: ['clerk'] } })],
    ['suspension', () => byApprover(suspendStaff, { params, body: { suspended: true } })],
    [
      'password',
      () => byApprover(resetStaffPassword, { params, body: { secondApproval: consent } }),
    ],
  ]
  test.each(acts)('%s', async (_case, act) => {
    await expect(act()).rejects.toMatchObject({ code: 'forbidden' })
  })
})

describe('a suspended member', () => {
  const suspend = (staffId: string, suspended = true) =>
    byApprover(suspendStaff, { params: { staffId }, body: { suspended } })

  test('signs in nowhere and agrees to nothing, until taken back', async () => {
    await suspend(secondApprover.staffId)
    const { staffId, password } = secondApprover
    expect(await signIn(staffId, password)).toEqual({ outcome: 'not-accepted' })
    expect(await isApprover(bank.deps, consent)).toBe(false)
    await expect(as(staffId, listStaff, {})).rejects.toMatchObject({ code: 'forbidden' })
    await suspend(staffId, false)
    expect(await signIn(staffId, password)).toMatchObject({ outcome: 'accepted' })
  })

  test('unlocks nobody', async () => {
    await suspend(clerk.staffId)
    const call = bank.callAs['bank-portal'](unlockAuthorisation, {
      params: { customerId: bankCustomers.haruka.customerId },
      body: { staffId: clerk.staffId },
    })
    await expect(call).rejects.toMatchObject({ code: 'forbidden' })
  })

  test('is somebody whom the bank knows', async () => {
    await expect(suspend('nobody')).rejects.toMatchObject({ code: 'not-found' })
  })
})

test('roles change, and an operator stays one', async () => {
  const params = { staffId: operator.staffId }
  await byApprover(changeStaffRoles, { params, body: { roles: ['clerk'] } })
  const { staff: members } = await byApprover(listStaff, {})
  const found = members.find((one) => one.staffId === operator.staffId)
  expect(found?.roles).toEqual(['operator', 'clerk'])
})

test('a new password ends the old one and the lock of wrong tries', async () => {
  const { staffId } = clerk
  await bank.deps.db
    .insert(authorisationTries)
    .values({ subject: `staff/${staffId}`, tries: 5, lockedUntil: new Date(Date.now() + 60_000) })
  const answer = await byApprover(resetStaffPassword, { params: { staffId }, body: {} })
  if (answer.outcome !== 'reset') throw new Error(answer.outcome)
  expect(await signIn(staffId, clerk.password)).toEqual({ outcome: 'not-accepted' })
  expect(await signIn(staffId, answer.password)).toMatchObject({
    staff: { passwordIsTemporary: true },
  })
  expect(await bank.deps.db.select().from(authorisationTries)).toEqual([])
})

describe('an own password', () => {
  const change = (password: string, newPassword: string) =>
    as(clerk.staffId, changeStaffPassword, { body: { password, newPassword } })

  test('is chosen by the one before', async () => {
    const newPassword = 'harbour lights at six'
    expect(await change('wrong', newPassword)).toEqual({ outcome: 'not-accepted' })
    expect(await change(clerk.password, newPassword)).toEqual({ outcome: 'changed' })
    expect(await signIn(clerk.staffId, newPassword)).toMatchObject({ outcome: 'accepted' })
  })

  test.each([
    ['short', 'too short'],
    ['the same as before', 'the one before, long'],
  ])('is not %s', async (_case, newPassword) => {
    await bank.deps.db
      .update(staff)
      .set({ passwordHash: await hashPassword(bank.deps.config, 'the one before, long') })
      .where(eq(staff.staffId, clerk.staffId))
    const call = change('the one before, long', newPassword)
    await expect(call).rejects.toMatchObject({ code: 'invalid' })
  })

  test('is guessed at five times, no more', async () => {
    for (let tries = 0; tries < 5; tries++) await change('wrong', 'harbour lights at six')
    expect(await change(clerk.password, 'harbour lights at six')).toEqual({
      outcome: 'not-accepted',
    })
  })
})

describe('customers are found', () => {
  const { customerId } = bankCustomers.haruka
  const search = async (text: string) => {
    const { customers } = await as(clerk.staffId, searchCustomers, { query: { search: text } })
    return customers
  }

  test.each([['c-100417'], ['haruka'], ['0014471'], ['0901-101-1-0014471'], ['sato'], ['佐藤']])(
    'by %s',
    async (text) => {
      expect(await search(text)).toEqual([
        { customerId, name: 'Haruka Sato', nameJa: '佐藤 遥', lockedUntil: null },
      ])
    },
  )

  test('with the lock on their authorisation while it lasts', async () => {
    const lockedUntil = new Date(Date.now() + 60_000)
    await bank.deps.db
      .insert(authorisationTries)
      .values({ subject: `customer/${customerId}`, tries: 5, lockedUntil })
    expect((await search(customerId))[0]?.lockedUntil).toEqual(lockedUntil)
    await bank.deps.db.update(authorisationTries).set({ lockedUntil: new Date(Date.now() - 1) })
    expect((await search(customerId))[0]?.lockedUntil).toBeNull()
  })

  test.each([['%'], ['_'], ['\\'], ["'; drop table"]])('by no pattern: %s', async (text) => {
    expect(await search(text)).toEqual([])
  })

  test('by clerks and approvers alone', async () => {
    const query = { search: 'sato' }
    await expect(as(operator.staffId, searchCustomers, { query })).rejects.toMatchObject({
      code: 'forbidden',
    })
  })
})
