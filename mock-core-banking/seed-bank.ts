import { sql } from 'drizzle-orm'
import { accountParts } from '#shared/accounts.ts'
import type { StaffRole } from '#shared/contracts/core-banking.ts'
import type { Language } from '#shared/contracts/fields.ts'
import type { Transaction } from '#shared/database.ts'
import { type LocalDate, startOfDay } from '#shared/dates.ts'
import { addAccount, type NewAccount } from './accounts/add-account.ts'
import { branches } from './accounts/accounts.table.ts'
import { customers, staff } from './credentials/credentials.table.ts'
import { type HashCost, hashPassword } from '#shared/hash-password.ts'
import { normalId } from '#shared/normal-id.ts'
import type { Deps } from './deps.ts'

type SeedDeps = Pick<Deps, 'config' | 'db' | 'newId'>

export interface WorldAccount {
  /** The key, fixed: other services name it. */
  account: string
  label: string
  labelJa: string
  openedOn: LocalDate
  depositMinor: bigint
  /** The lowest balance allowed, 0 unless said otherwise. */
  limitMinor?: bigint
}

export interface WorldCustomer {
  customerId: string
  name: string
  nameJa?: string
  mailAddress: string
  language: Language
  userId: string
  password: string
  accounts: readonly WorldAccount[]
}

/** A shop or biller with an account here, and no online banking. */
export interface WorldCompany {
  holder: string
  accounts: readonly WorldAccount[]
}

export interface WorldStaff {
  staffId: string
  name: string
  roles: readonly StaffRole[]
  password: string
}

/** What a bank starts with: its branches, people, accounts and opening deposits. */
export interface BankWorld {
  branches: readonly { branch: string; name: string; nameJa: string }[]
  customers: readonly WorldCustomer[]
  companies: readonly WorldCompany[]
  staff: readonly WorldStaff[]
}

const placeOf = (account: string) => {
  const { branch, number } = accountParts(account)
  return { account, branch, number }
}

const ownAccounts = ({ config }: SeedDeps, openedAt: Date): NewAccount[] => {
  const own = { holder: config.BANK_NAME, openedAt }
  return [
    {
      ...own,
      ...placeOf(config.FEE_ACCOUNT),
      purpose: 'fees',
      label: 'Fee income',
      labelJa: '手数料収入',
    },
    {
      ...own,
      ...placeOf(config.DEPOSIT_ACCOUNT),
      purpose: 'deposits',
      label: 'Cash deposited',
      labelJa: '預入金',
    },
  ]
}

const addPeople = async (tx: Transaction, world: BankWorld, cost: HashCost) => {
  const hashed = <Person extends { password: string }>({ password, ...person }: Person) =>
    hashPassword(cost, password).then((passwordHash) => ({ ...person, passwordHash }))
  const people = await Promise.all(world.customers.map(hashed))
  if (people.length > 0)
    await tx
      .insert(customers)
      .values(people.map((person) => ({ ...person, userId: normalId(person.userId) })))
  const members = await Promise.all(world.staff.map(hashed))
  if (members.length > 0)
    await tx.insert(staff).values(
      members.map((member) => ({
        ...member,
        staffId: normalId(member.staffId),
        roles: [...member.roles],
      })),
    )
}

/** Ten in the morning of that day at the bank. */
const atTen = ({ config }: Pick<Deps, 'config'>, day: LocalDate) =>
  new Date(startOfDay(config.TIME_ZONE, day).getTime() + 10 * 3600 * 1000)

const addAccounts = async (
  tx: Transaction,
  deps: SeedDeps,
  owner: { holder: string; customerId?: string },
  opened: readonly WorldAccount[],
) => {
  for (const { openedOn, depositMinor, limitMinor = 0n, ...account } of opened) {
    const openedAt = atTen(deps, openedOn)
    await addAccount(
      tx,
      deps,
      {
        ...owner,
        ...account,
        ...placeOf(account.account),
        purpose: 'holder',
        limitMinor,
        openedAt,
      },
      depositMinor,
    )
  }
}

/**
 * Fills an empty bank with a world. Returns false, and does nothing, when the bank has branches
 * already. `cost` is that of the password hashes: low ones keep tests and benchmarks quick.
 */
export const seedBank = (
  deps: SeedDeps,
  world: BankWorld,
  cost: HashCost = deps.config,
): Promise<boolean> =>
  deps.db.transaction(async (tx) => {
    await tx.execute(sql`lock table ${branches} in share row exclusive mode`)
    const [known] = await tx.select().from(branches).limit(1)
    if (known) return false
    const { BANK_CODE: bank, TIME_ZONE: zone } = deps.config
    await tx.insert(branches).values(world.branches.map((branch) => ({ bank, ...branch })))
    for (const account of ownAccounts(deps, startOfDay(zone, '2000-01-01')))
      await addAccount(tx, deps, account, 0n)
    await addPeople(tx, world, cost)
    for (const customer of world.customers)
      await addAccounts(
        tx,
        deps,
        { holder: customer.name, customerId: customer.customerId },
        customer.accounts,
      )
    for (const { holder, accounts } of world.companies)
      await addAccounts(tx, deps, { holder }, accounts)
    return true
  })
