import { expect } from 'vitest'
import { checkStaffCredentials } from '#shared/contracts/core-banking.ts'
import * as calls from '#shared/contracts/core-staff.ts'
import { bankStaff } from '../../demo/bank-world.ts'
import { haruka } from '../acts.ts'
import type { Bench, ContractGroup } from '../side.ts'
import { asStaff } from '../staff-acts.ts'

const { approver, secondApprover, clerk } = bankStaff
const second: { staffId: string; password: string } = {
  staffId: secondApprover.staffId,
  password: secondApprover.password,
}

const signIn = async ({ ask }: Bench, staffId: string, password: string) =>
  ask(checkStaffCredentials, { body: { staffId, password } })

/** Somebody new, with the password that was made for them. */
const takeOn = async (bench: Bench, staffId: string, roles: calls.DeskRole[] = ['clerk']) => {
  const added = await asStaff(bench)(calls.addStaff, {
    body: { staffId, name: `New ${staffId}`, roles, secondApproval: second },
  })
  if (added.outcome !== 'added') throw new Error(added.outcome)
  return added.password
}

const forbidden = { code: 'forbidden' }

export const staffMembers: ContractGroup = {
  of: 'the bank’s staff',
  cases: [
    {
      rule: 'are listed by id, for approvers alone',
      async run(bench) {
        const { staff } = await asStaff(bench)(calls.listStaff, {})
        expect(staff.map((one) => one.staffId)).toEqual(['approver1', 'approver2', 'clerk', 'op'])
        for (const staffId of ['clerk', 'op', 'nobody'])
          await expect(asStaff(bench, staffId)(calls.listStaff, {})).rejects.toMatchObject(
            forbidden,
          )
        await expect(bench.ask(calls.listStaff, {})).rejects.toMatchObject(forbidden)
        const asCustomer = bench.ask(calls.listStaff, {}, { onBehalfOf: haruka.customerId })
        await expect(asCustomer).rejects.toMatchObject(forbidden)
      },
    },
    {
      rule: 'begin with a password that signs in, chooses an own one, and does nothing else',
      async run(bench) {
        const password = await takeOn(bench, 'temp1')
        const accepted = await signIn(bench, 'temp1', password)
        expect(accepted).toHaveProperty('staff.passwordIsTemporary', true)
        const search = { query: { search: 'Sato' } }
        const asTemp = asStaff(bench, 'temp1')
        await expect(asTemp(calls.searchCustomers, search)).rejects.toMatchObject(forbidden)
        const newPassword = 'an own password of temp1'
        const wrong = { body: { password: 'not the one', newPassword } }
        expect(await asTemp(calls.changeStaffPassword, wrong)).toEqual({ outcome: 'not-accepted' })
        const same = { body: { password: newPassword, newPassword } }
        await expect(asTemp(calls.changeStaffPassword, same)).rejects.toMatchObject({
          code: 'invalid',
          errors: [{ pointer: '#/newPassword' }],
        })
        const short = { body: { password, newPassword: 'too short' } }
        await expect(asTemp(calls.changeStaffPassword, short)).rejects.toMatchObject({
          code: 'invalid',
        })
        const right = { body: { password, newPassword } }
        expect(await asTemp(calls.changeStaffPassword, right)).toEqual({ outcome: 'changed' })
        expect(await signIn(bench, 'temp1', password)).toEqual({ outcome: 'not-accepted' })
        expect((await asTemp(calls.searchCustomers, search)).customers).toHaveLength(1)
      },
    },
    {
      rule: 'are taken on once, by approvers alone',
      async run(bench) {
        const body = { staffId: ' Clerk ', name: 'Another', roles: ['clerk' as const] }
        expect(await asStaff(bench)(calls.addStaff, { body })).toEqual({ outcome: 'exists' })
        const asClerk = asStaff(bench, clerk.staffId)(calls.addStaff, { body })
        await expect(asClerk).rejects.toMatchObject(forbidden)
        const bent = { ...body, staffId: 'a b' }
        await expect(asStaff(bench)(calls.addStaff, { body: bent })).rejects.toMatchObject({
          code: 'invalid',
          errors: [{ pointer: '#/staffId' }],
        })
      },
    },
    {
      rule: 'become approvers by two approvers',
      async run(bench) {
        const add = (secondApproval?: typeof second) =>
          asStaff(bench)(calls.addStaff, {
            body: {
              staffId: 'approver3',
              name: 'A third approver',
              roles: ['approver'],
              ...(secondApproval ? { secondApproval } : {}),
            },
          })
        expect(await add()).toEqual({ outcome: 'second-approval-needed' })
        const refused = [
          { ...second, password: 'wrong' },
          { staffId: approver.staffId, password: approver.password },
          { staffId: clerk.staffId, password: clerk.password },
        ]
        for (const one of refused) expect(await add(one)).toEqual({ outcome: 'not-accepted' })
        expect((await add(second)).outcome).toBe('added')
      },
    },
    {
      rule: 'get other roles from an approver, not from themselves',
      async run(bench) {
        await takeOn(bench, 'temp2')
        const change = (staffId: string, roles: calls.DeskRole[], secondApproval?: typeof second) =>
          asStaff(bench)(calls.changeStaffRoles, {
            params: { staffId },
            body: { roles, ...(secondApproval ? { secondApproval } : {}) },
          })
        expect(await change('temp2', ['approver'])).toEqual({ outcome: 'second-approval-needed' })
        expect(await change('temp2', ['clerk', 'approver'], second)).toEqual({ outcome: 'changed' })
        expect(await change('op', ['clerk'])).toEqual({ outcome: 'changed' })
        await expect(change(approver.staffId, ['clerk'])).rejects.toMatchObject(forbidden)
        await expect(change('nobody', ['clerk'])).rejects.toMatchObject({ code: 'not-found' })
        const { staff } = await asStaff(bench)(calls.listStaff, {})
        const roles = Object.fromEntries(staff.map((one) => [one.staffId, one.roles]))
        expect(roles).toMatchObject({ temp2: ['clerk', 'approver'], op: ['operator', 'clerk'] })
      },
    },
    {
      rule: 'who are suspended neither sign in nor act, until they are taken back',
      async run(bench) {
        const { staffId, password } = clerk
        const suspend = (suspended: boolean, id: string = staffId) =>
          asStaff(bench)(calls.suspendStaff, { params: { staffId: id }, body: { suspended } })
        expect(await suspend(true)).toEqual({ suspended: true })
        expect(await suspend(true)).toEqual({ suspended: true })
        expect(await signIn(bench, staffId, password)).toEqual({ outcome: 'not-accepted' })
        const search = asStaff(bench, staffId)(calls.searchCustomers, { query: { search: 'x' } })
        await expect(search).rejects.toMatchObject(forbidden)
        expect(await suspend(false)).toEqual({ suspended: false })
        expect((await signIn(bench, staffId, password)).outcome).toBe('accepted')
        await expect(suspend(true, approver.staffId)).rejects.toMatchObject(forbidden)
        await expect(suspend(true, 'nobody')).rejects.toMatchObject({ code: 'not-found' })
      },
    },
    {
      rule: 'get a new password from an approver; an approver from two',
      async run(bench) {
        const before = await takeOn(bench, 'temp3')
        const reset = (staffId: string, secondApproval?: typeof second) =>
          asStaff(bench)(calls.resetStaffPassword, {
            params: { staffId },
            body: secondApproval ? { secondApproval } : {},
          })
        const made = await reset('temp3')
        if (made.outcome !== 'reset') throw new Error(made.outcome)
        expect(await signIn(bench, 'temp3', before)).toEqual({ outcome: 'not-accepted' })
        expect((await signIn(bench, 'temp3', made.password)).outcome).toBe('accepted')
        expect(await reset(secondApprover.staffId)).toEqual({ outcome: 'second-approval-needed' })
        // Who gets the password can't be the second.
        expect(await reset(secondApprover.staffId, second)).toEqual({ outcome: 'not-accepted' })
        await expect(reset(approver.staffId)).rejects.toMatchObject(forbidden)
      },
    },
    {
      rule: 'find customers by id, user id, account or part of their name',
      async run(bench) {
        const search = async (text: string) => {
          const found = await asStaff(bench)(calls.searchCustomers, { query: { search: text } })
          return found.customers.map((one) => one.customerId)
        }
        const own = [haruka.customerId]
        for (const text of ['c-100417', ' Haruka', 'SATO', '佐藤', '0014471', '0901-202-4-0033310'])
          expect(await search(text)).toEqual(own)
        expect(await search('%')).toEqual([])
        expect(await search('nobody at all')).toEqual([])
        expect(await search('a')).toHaveLength(5)
      },
    },
  ],
}
