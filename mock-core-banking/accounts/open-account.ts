import { randomInt } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import { type AccountType, toAccountKey } from '#shared/accounts.ts'
import { fieldError } from '#shared/errors.ts'
import type { Transaction } from '#shared/database.ts'
import { customers } from '../credentials/credentials.table.ts'
import type { Deps } from '../deps.ts'
import { addAccount } from './add-account.ts'
import { accounts, branches } from './accounts.table.ts'

export interface AccountToOpen {
  /** Made with the form: sending it again opens nothing more. */
  formId: string
  /** A customer's id, or the name of a company, which has no online banking here. */
  owner: { customerId: string } | { company: string }
  branch: string
  type: AccountType
  label: string
  labelJa: string
  /** Zero: nothing is deposited. */
  depositMinor: bigint
}

type OpenDeps = Pick<Deps, 'config' | 'db' | 'clock' | 'newId'>

const mostDraws = 20

const ownerOf = async (tx: Transaction, owner: AccountToOpen['owner']) => {
  if ('company' in owner) return { holder: owner.company }
  const [customer] = await tx
    .select({ holder: customers.name, customerId: customers.customerId })
    .from(customers)
    .where(eq(customers.customerId, owner.customerId))
  if (!customer) throw fieldError('#/customerId', 'there is no such customer')
  return customer
}

const openedBefore = async (tx: Transaction, formId: string): Promise<string | undefined> => {
  const [row] = await tx
    .select({ account: accounts.account })
    .from(accounts)
    .where(eq(accounts.formId, formId))
  return row?.account
}

/**
 * Opens an account under a number that is free, with its opening deposit. The same form again answers
 * the account that it opened. Throws `invalid` for an unknown customer or branch.
 */
export const openAccount = (
  deps: OpenDeps,
  { formId, owner, branch, type, label, labelJa, depositMinor }: AccountToOpen,
): Promise<{ account: string }> =>
  deps.db.transaction(async (tx) => {
    const bank = deps.config.BANK_CODE
    const [known] = await tx
      .select()
      .from(branches)
      .where(and(eq(branches.bank, bank), eq(branches.branch, branch)))
    if (!known) throw fieldError('#/branch', 'there is no such branch')
    const holder = await ownerOf(tx, owner)
    for (let draw = 0; draw < mostDraws; draw++) {
      const before = await openedBefore(tx, formId)
      if (before) return { account: before }
      const number = `${randomInt(2_000_000, 9_000_000)}`
      const account = toAccountKey({ bank, branch, type, number })
      const place = { account, branch, number, formId }
      const terms = { ...holder, label, labelJa, limitMinor: 0n, openedAt: deps.clock.now() }
      const isAdded = await addAccount(
        tx,
        deps,
        { ...place, ...terms, purpose: 'holder' },
        depositMinor,
      )
      if (isAdded) return { account }
    }
    throw new Error(`no free account number in branch ${branch}`)
  })
