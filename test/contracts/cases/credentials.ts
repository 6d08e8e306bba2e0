import { expect } from 'vitest'
import {
  authoriseRun,
  checkCredentials,
  checkStaffCredentials,
  unlockAuthorisation,
} from '#shared/contracts/core-banking.ts'
import { searchCustomers } from '#shared/contracts/core-staff.ts'
import { digestOf } from '#shared/contracts/payment-content.ts'
import { readDocument } from '#shared/contracts/documents.ts'
import { bankStaff } from '../../demo/bank-world.ts'
import { trustKeys } from '../../mocks/index.ts'
import { accountOf, agree, contentOf, daniel, haruka, kenji, mei, payeeOf, yuki } from '../acts.ts'
import type { Bench, ContractGroup } from '../side.ts'

const signIn = (
  { ask }: Bench,
  login: { userId: string } | { branch: string; accountNumber: string },
  password: string = haruka.password,
) => ask(checkCredentials, { body: { login, password } })

const staffSignIn = ({ ask }: Bench, staffId: string, password: string) =>
  ask(checkStaffCredentials, { body: { staffId, password } })

const unlock = ({ ask }: Bench, staffId: string, customerId = mei.customerId) =>
  ask(
    unlockAuthorisation,
    { params: { customerId }, body: { staffId } },
    { onBehalfOf: `staff:${staffId}` },
  )

export const credentials: ContractGroup = {
  of: 'sign-in',
  cases: [
    {
      rule: 'by user id, whatever its case and width, or by branch and account number',
      async run(bench) {
        for (const login of [
          { userId: 'haruka' },
          { userId: ' ＨＡＲＵＫＡ ' },
          { branch: '101', accountNumber: '0014471' },
        ]) {
          const answer = await signIn(bench, login)
          expect(answer).toMatchObject({
            outcome: 'accepted',
            customer: { customerId: haruka.customerId, name: 'Haruka Sato', nameJa: '佐藤 遥' },
          })
        }
        const { userId, password } = daniel
        const noJapaneseName = await signIn(bench, { userId }, password)
        expect(noJapaneseName).toHaveProperty('customer.name', daniel.name)
        expect(noJapaneseName).not.toHaveProperty('customer.nameJa')
      },
    },
    {
      rule: 'one answer whichever of customer and password is wrong',
      async run(bench) {
        const answers = [
          await signIn(bench, { userId: 'haruka' }, 'wrong'),
          await signIn(bench, { userId: 'nobody' }),
          await signIn(bench, { branch: '202', accountNumber: '0014471' }),
          await signIn(bench, { branch: '101', accountNumber: '1100101' }),
        ]
        expect(answers).toEqual(Array(4).fill({ outcome: 'not-accepted' }))
      },
    },
    {
      rule: 'staff with their roles, and one answer for everybody else',
      async run(bench) {
        const { staffId, name, password } = bankStaff.approver
        expect(await staffSignIn(bench, ' Approver1', password)).toEqual({
          outcome: 'accepted',
          staff: { staffId, name, roles: ['clerk', 'approver'], passwordIsTemporary: false },
        })
        expect(await staffSignIn(bench, staffId, 'wrong')).toEqual({ outcome: 'not-accepted' })
        expect(await staffSignIn(bench, 'nobody', password)).toEqual({ outcome: 'not-accepted' })
      },
    },
  ],
}

const authoriseAs = (bench: Bench, customerId: string, onBehalfOf: string) =>
  bench.ask(
    authoriseRun,
    {
      params: { customerId },
      body: { accountNumber: '0014471', password: haruka.password, payments: [contentOf(bench)] },
    },
    { onBehalfOf },
  )

export const authorising: ContractGroup = {
  of: 'authorising a run',
  cases: [
    {
      rule: 'signs which payments, by D, for five minutes',
      async run(bench) {
        const contents = [
          contentOf(bench),
          contentOf(bench, { payerAccount: accountOf(haruka, 1) }),
        ]
        const answer = await agree(bench, contents)
        if (answer.outcome !== 'authorised') throw new Error(answer.outcome)
        const trust = trustKeys('claim-server', bench.keys)
        const { content } = await readDocument(trust, 'authorisation', answer.authorisation)
        expect(content.exp - content.iat).toBe(300)
        expect(content.payer).toBe(haruka.customerId)
        expect(content.payments).toEqual(
          contents.map((one) => ({ paymentId: one.paymentId, digest: digestOf(one) })),
        )
      },
    },
    {
      rule: 'the number of any of its accounts, typed in full width or with dashes',
      async run(bench) {
        const contents = [
          contentOf(bench),
          contentOf(bench, { payerAccount: accountOf(haruka, 1) }),
        ]
        for (const accountNumber of ['００１４４７１', '002-0926', ' 0014471 '])
          expect((await agree(bench, contents, haruka, { accountNumber })).outcome).toBe(
            'authorised',
          )
        const other = await agree(bench, contents, haruka, { accountNumber: '0033310' })
        expect(other).toEqual({ outcome: 'not-accepted', triesLeft: 4 })
        expect((await agree(bench, contents)).outcome).toBe('authorised')
      },
    },
    {
      rule: 'wrong passwords are counted, and forgotten after the right one',
      async run(bench) {
        const contents = [contentOf(bench)]
        const wrong = () => agree(bench, contents, haruka, { password: 'wrong' })
        expect(await wrong()).toEqual({ outcome: 'not-accepted', triesLeft: 4 })
        expect(await wrong()).toEqual({ outcome: 'not-accepted', triesLeft: 3 })
        expect((await agree(bench, contents)).outcome).toBe('authorised')
        expect(await wrong()).toEqual({ outcome: 'not-accepted', triesLeft: 4 })
        expect((await agree(bench, contents)).outcome).toBe('authorised')
      },
    },
    {
      rule: 'five wrong ones lock, the right one too, until staff unlock',
      async run(bench) {
        const contents = [contentOf(bench, { payerAccount: accountOf(mei) })]
        const lefts = []
        for (let tried = 0; tried < 5; tried++) {
          const answer = await agree(bench, contents, mei, { password: 'wrong' })
          if (answer.outcome === 'not-accepted') lefts.push(answer.triesLeft)
        }
        expect(lefts).toEqual([4, 3, 2, 1, 0])
        const locked = await agree(bench, contents, mei)
        if (locked.outcome !== 'locked') throw new Error(locked.outcome)
        const minutes = (locked.lockedUntil.getTime() - Date.now()) / 60_000
        expect(minutes).toBeGreaterThan(28)
        expect(minutes).toBeLessThanOrEqual(30)
        const found = await bench.ask(
          searchCustomers,
          { query: { search: 'mei' } },
          { onBehalfOf: 'staff:clerk' },
        )
        expect(found.customers[0]?.lockedUntil).toEqual(locked.lockedUntil)
        await expect(unlock(bench, 'op')).rejects.toMatchObject({ code: 'forbidden' })
        await expect(unlock(bench, 'nobody')).rejects.toMatchObject({ code: 'forbidden' })
        expect(await unlock(bench, 'clerk')).toEqual({ unlocked: true })
        expect(await unlock(bench, 'clerk')).toEqual({ unlocked: false })
        expect((await agree(bench, contents, mei)).outcome).toBe('authorised')
      },
    },
    {
      rule: 'nothing that is not as it stands now: day, own account, payee, holder, currency',
      async run(bench) {
        const stale = [
          contentOf(bench, { day: '2026-11-23' }),
          contentOf(bench, { payerAccount: accountOf(kenji) }),
          contentOf(bench, { payerAccount: '0901-101-1-7777777' }),
          contentOf(bench, { claims: [{ payeeHolder: 'Somebody Else' }] }),
          contentOf(bench, { claims: [{ payeeAccount: '0901-101-1-7777777' }] }),
          contentOf(bench, {
            claims: [{ payeeAccount: '0901-101-1-9990001', payeeHolder: 'Minato Bank' }],
          }),
          contentOf(bench, { currency: 'EUR' }),
        ]
        for (const content of stale)
          expect(await agree(bench, [content])).toEqual({ outcome: 'content-stale' })
        expect(
          await agree(bench, [contentOf(bench), contentOf(bench, { day: '2026-11-25' })]),
        ).toEqual({
          outcome: 'content-stale',
        })
      },
    },
    {
      rule: 'no other kind of payment, and no id twice',
      async run(bench) {
        await expect(
          agree(bench, [contentOf(bench), contentOf(bench, { kind: 'refund' })]),
        ).rejects.toMatchObject({ code: 'invalid', errors: [{ pointer: '#/payments/1/kind' }] })
        const content = contentOf(bench)
        await expect(agree(bench, [content, content])).rejects.toMatchObject({
          errors: [{ pointer: '#/payments' }],
        })
        const { claims } = content
        const twice = { ...content, claims: [...claims, ...claims] }
        await expect(agree(bench, [twice])).rejects.toMatchObject({ code: 'invalid' })
        const freeOfFees = contentOf(bench, {
          claims: [{}, payeeOf('hats')],
        })
        await expect(
          agree(bench, [{ ...freeOfFees, fees: freeOfFees.fees.slice(1) }]),
        ).rejects.toMatchObject({ code: 'invalid' })
      },
    },
    {
      rule: 'nobody’s, and nobody else’s: not-found',
      async run(bench) {
        await expect(authoriseAs(bench, 'C-999999', 'C-999999')).rejects.toMatchObject({
          code: 'not-found',
        })
        await expect(authoriseAs(bench, haruka.customerId, yuki.customerId)).rejects.toMatchObject({
          code: 'not-found',
        })
      },
    },
  ],
}
