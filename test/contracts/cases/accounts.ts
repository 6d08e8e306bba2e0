import { expect } from 'vitest'
import {
  accountExists,
  checkBooks,
  listAccounts,
  nameHolders,
} from '#shared/contracts/core-banking.ts'
import { bankCompanies } from '../../demo/bank-world.ts'
import { accountOf, haruka, payeeOf, takumi } from '../acts.ts'
import type { Bench, ContractGroup } from '../side.ts'

const list = ({ ask }: Bench, customerId: string, onBehalfOf = customerId) =>
  ask(listAccounts, { params: { customerId } }, { onBehalfOf })

const exists = ({ ask }: Bench, account: string, holder: string) =>
  ask(accountExists, { body: { account, holder } })

const { books, leather } = bankCompanies

export const accounts: ContractGroup = {
  of: 'accounts',
  cases: [
    {
      rule: 'a customer’s own with their balances, in order of opening',
      async run(bench) {
        const own = await list(bench, haruka.customerId)
        expect(own.accounts.map((one) => [one.label, one.balanceMinor])).toEqual([
          ['Savings', 358_900n],
          ['Current', 132_651n],
          ['Travel', 1_200n],
        ])
        const withCredit = await list(bench, takumi.customerId)
        expect(withCredit.accounts[1]).toMatchObject({
          balanceMinor: 486_000n,
          availableMinor: 786_000n,
        })
      },
    },
    {
      rule: 'none of nobody, and nobody else’s',
      async run(bench) {
        expect(await list(bench, 'C-999999')).toEqual({ accounts: [] })
        const stolen = list(bench, haruka.customerId, takumi.customerId)
        await expect(stolen).rejects.toMatchObject({ code: 'not-found' })
        await expect(list(bench, 'not a customer')).rejects.toMatchObject({
          code: 'invalid',
          errors: [{ pointer: ':customerId' }],
        })
      },
    },
    {
      rule: 'holders are named as the core names them; what is not open to payments is left out',
      async run(bench) {
        const asked = [
          payeeOf('shoes').payeeAccount,
          accountOf(haruka),
          '0901-101-1-7777777',
          '0901-101-1-9990001',
        ]
        const { holders } = await bench.ask(nameHolders, { body: { accounts: asked } })
        expect(holders).toHaveLength(2)
        expect(holders).toContainEqual({ account: asked[0], holder: 'Shop A Shoes' })
        const both = bench.ask(nameHolders, { body: { accounts: asked } }, { as: 'claim-server' })
        expect((await both).holders).toHaveLength(2)
        await expect(bench.ask(nameHolders, { body: { accounts: [] } })).rejects.toMatchObject({
          code: 'invalid',
          errors: [{ pointer: '#/accounts' }],
        })
      },
    },
    {
      rule: 'one exists only where account and holder fit, however the name is written',
      async run(bench) {
        const { account } = books.accounts[0]
        expect(await exists(bench, account, 'Nagi Books')).toEqual({ exists: true })
        expect(await exists(bench, account, ' nagi  ＢＯＯＫＳ ')).toEqual({ exists: true })
        expect(await exists(bench, account, 'Nagi Book')).toEqual({ exists: false })
        expect(await exists(bench, '0901-101-1-7777777', 'Nagi Books')).toEqual({ exists: false })
        expect(await exists(bench, '0901-101-1-9990001', 'Minato Bank')).toEqual({ exists: false })
      },
    },
    {
      rule: 'ten questions an hour about one account, whoever the holder',
      async run(bench) {
        const { account } = leather.accounts[0]
        for (let asked = 0; asked < 10; asked++)
          expect(await exists(bench, account, `Holder ${asked}`)).toEqual({ exists: false })
        await expect(exists(bench, account, 'Tama Leather')).rejects.toMatchObject({
          code: 'too-many-requests',
        })
      },
    },
    {
      rule: 'the books are right, opening deposits included',
      async run(bench) {
        const { differences, transfers, postings } = await bench.ask(checkBooks, {})
        expect(differences).toEqual([])
        expect(postings).toBe(2 * transfers)
      },
    },
  ],
}
