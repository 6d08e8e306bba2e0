import { accountParts } from '#shared/accounts.ts'
import type { Account, Customer, StaffRole } from '#shared/contracts/core-banking.ts'
import type { Receipt, RefusalReason } from '#shared/contracts/documents.ts'
import type { Clock } from '#shared/dates.ts'
import { normalId } from '#shared/normal-id.ts'

export interface MockCustomer extends Customer {
  userId: string
  password: string
}

export interface MockAccount extends Omit<Account, 'availableMinor'> {
  /** Undefined for accounts of shops and of the bank. */
  customerId?: string
  /** What the balance may not go below; 0 without an overdraft. */
  limitMinor: bigint
  closed: boolean
}

/** Somebody who works at the mocked bank. */
export interface MockStaffMember {
  staffId: string
  name: string
  roles: readonly StaffRole[]
  password: string
  /** Good for choosing an own one, for nothing else. */
  passwordIsTemporary?: boolean
  suspendedAt?: Date | null
}

export interface MockPosting {
  transferId: string
  paymentId: string
  line: 'amount' | 'fee'
  account: string
  /** Negative for a debit; those of one transfer sum to zero. */
  amountMinor: bigint
}

/** Outcomes that testers ask for by name. */
export interface CoreScenarios {
  /** Every authorisation finds the password wrong. */
  wrongPassword: boolean
  /** Every authorisation finds that day or payees have changed. */
  contentStale: boolean
  /** No account is found of those that are asked for. */
  accountUnknown: boolean
  /** Every execution is refused for this reason. */
  refuse: RefusalReason | undefined
}

export const noScenarios = (): CoreScenarios => ({
  wrongPassword: false,
  contentStale: false,
  accountUnknown: false,
  refuse: undefined,
})

export type StoredReceipt = Omit<Receipt, 'iat'>

export interface Tries {
  count: number
  lockedUntil: number
}

/** The books of the mocked core, for tests to read and to change. */
export interface CoreState {
  clock: Clock
  timeZone: string
  /** The bank's own account to which fees go. */
  feeAccount: string
  customers: MockCustomer[]
  staff: MockStaffMember[]
  accounts: Map<string, MockAccount>
  /** What came in from outside: opening balances, and `setBalance`. */
  deposits: { account: string; amountMinor: bigint }[]
  /** Debit and credit lines of executed payments. */
  postings: MockPosting[]
  /** By payment id, in order of decision. */
  receipts: Map<string, StoredReceipt>
  /** Wrong passwords in a row: of a customer by their id, of staff by "staff/" and theirs. */
  wrongTries: Map<string, Tries>
  /** When the bank was asked whether an account exists, by account and by holder. */
  accountQuestions: Map<string, number>
  /** For the next authorisation or payment alone. */
  scenarios: CoreScenarios
  /** Until they are taken back. */
  lastingScenarios: CoreScenarios
}

export interface CoreWorld {
  customers: readonly MockCustomer[]
  staff: readonly MockStaffMember[]
  accounts: readonly MockAccount[]
  feeAccount: string
}

/** The state in which the mocked core begins. */
export const newCoreState = (
  { customers, staff, accounts, feeAccount }: CoreWorld,
  { clock, timeZone }: { clock: Clock; timeZone: string },
): CoreState => ({
  clock,
  timeZone,
  feeAccount,
  customers: customers.map((one) => ({ ...one })),
  staff: staff.map((one) => ({ ...one, roles: [...one.roles] })),
  accounts: new Map(accounts.map((one) => [one.account, { ...one }])),
  deposits: accounts
    .filter((one) => one.balanceMinor !== 0n)
    .map(({ account, balanceMinor }) => ({ account, amountMinor: balanceMinor })),
  postings: [],
  receipts: new Map(),
  wrongTries: new Map(),
  accountQuestions: new Map(),
  scenarios: noScenarios(),
  lastingScenarios: noScenarios(),
})

/** What was planned for this moment, once or lasting; the plan for once is used up. */
export const takeScenario = <Name extends keyof CoreScenarios>(
  { scenarios, lastingScenarios }: CoreState,
  name: Name,
): CoreScenarios[Name] => {
  const planned = scenarios[name]
  scenarios[name] = noScenarios()[name]
  return planned || lastingScenarios[name]
}

const mostTries = 5
const lockMs = 30 * 60_000

/** Until when tries of that subject are locked. */
export const lockOf = ({ wrongTries }: CoreState, subject: string): Date | undefined => {
  const lockedUntil = wrongTries.get(subject)?.lockedUntil ?? 0
  return lockedUntil > Date.now() ? new Date(lockedUntil) : undefined
}

/** Counts a wrong password; the fifth locks. How many are left. */
export const countWrongTry = ({ wrongTries }: CoreState, subject: string): number => {
  const count = (wrongTries.get(subject)?.count ?? 0) + 1
  const isLast = count >= mostTries
  const lockedUntil = isLast ? Date.now() + lockMs : 0
  wrongTries.set(subject, { count: isLast ? 0 : count, lockedUntil })
  return mostTries - count
}

type AccountState = Pick<CoreState, 'accounts' | 'feeAccount'>

/** An account that money can come from or go to: open, and not the bank's own. */
export const findOpenAccount = (
  { accounts, feeAccount }: AccountState,
  account: string,
): MockAccount | undefined => {
  const found = accounts.get(account)
  return found && !found.closed && account !== feeAccount ? found : undefined
}

export const ownAccounts = ({ accounts }: AccountState, customerId: string): MockAccount[] =>
  [...accounts.values()].filter((one) => one.customerId === customerId && !one.closed)

export const findByLogin = (
  { customers, accounts }: CoreState,
  login: { userId: string } | { branch: string; accountNumber: string },
): MockCustomer | undefined => {
  if ('userId' in login)
    return customers.find((one) => normalId(one.userId) === normalId(login.userId))
  const account = [...accounts.values()].find((one) => {
    const { branch, number } = accountParts(one.account)
    return one.customerId && branch === login.branch && number === login.accountNumber
  })
  return customers.find((one) => one.customerId === account?.customerId)
}
