import * as z from 'zod'

/**
 * One account of one bank, everywhere: bank code, branch, type digit (1 ordinary, 2 current,
 * 4 savings) and number, as "0901-101-1-0014471".
 */
export type AccountKey = string

const pattern = /^\d{4}-\d{3}-[124]-\d{7}$/

/** An account on the wire: its form alone, there may be no such account. */
export const accountKey = z
  .string()
  .regex(pattern, 'an account is written as bank-branch-type-number, such as 0901-101-1-0014471')

const types = { '1': 'ordinary', '2': 'current', '4': 'savings' } as const
export type AccountType = (typeof types)[keyof typeof types]

export interface AccountParts {
  bank: string
  branch: string
  type: AccountType
  number: string
}

export const accountParts = (account: AccountKey): AccountParts => {
  const [bank, branch, type, number] = account.split('-')
  return {
    bank: bank ?? '',
    branch: branch ?? '',
    type: types[type as keyof typeof types],
    number: number ?? '',
  }
}

export const toAccountKey = ({ bank, branch, type, number }: AccountParts): AccountKey => {
  const digit = Object.entries(types).find(([, name]) => name === type)?.[0]
  return `${bank}-${branch}-${digit}-${number}`
}

/** The last four digits, as screens and mails show an account: "•••• 4471". */
export const maskedNumber = (account: AccountKey): string => `•••• ${account.slice(-4)}`
