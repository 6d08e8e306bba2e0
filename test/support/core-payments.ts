import { randomUUIDv7 } from 'node:crypto'
import { authoriseRun, executePayment, listAccounts } from '#shared/contracts/core-banking.ts'
import {
  type Authorisation,
  type Instruction,
  type Receipt,
  readDocument,
  signDocument,
} from '#shared/contracts/documents.ts'
import { digestOf, type PaymentContent } from '#shared/contracts/payment-content.ts'
import { dateIn } from '#shared/dates.ts'
import { newOrderNumber } from '#shared/order-number.ts'
import { bankCompanies, bankCustomers } from '../demo/bank-world.ts'
import { ownTrust } from '../../mock-core-banking/own-trust.ts'
import type { TestBank } from './core-bank.ts'

export const { haruka, kenji, yuki } = bankCustomers
export const harukaSavings = haruka.accounts[0].account
export const harukaCurrent = haruka.accounts[1].account
export const shoes = bankCompanies.shoes
export const hats = bankCompanies.hats
export const shoesAccount = shoes.accounts[0].account
export const hatsAccount = hats.accounts[0].account

type NewClaim = Partial<PaymentContent['claims'][number]>

export interface NewPayment extends Partial<Omit<PaymentContent, 'claims' | 'fees'>> {
  claims?: NewClaim[]
  feeMinor?: bigint
}

/** A payment of today from Haruka's savings to the shoe shop, 3,150 yen, unless said otherwise. */
export const newPayment = (
  { deps }: Pick<TestBank, 'deps'>,
  { claims = [{}], feeMinor = 0n, ...rest }: NewPayment = {},
): PaymentContent => {
  const filled = claims.map((claim) => ({
    orderNumber: newOrderNumber(),
    payeeAccount: shoesAccount as string,
    payeeHolder: shoes.holder as string,
    amountMinor: 3_150n,
    ...claim,
  }))
  return {
    kind: 'payment',
    paymentId: randomUUIDv7(),
    day: dateIn(deps.config.TIME_ZONE, deps.clock.now()),
    payerAccount: harukaSavings,
    currency: 'JPY',
    ...rest,
    claims: filled,
    fees: [...new Set(filled.map((claim) => claim.payeeAccount))].map((payeeAccount) => ({
      payeeAccount,
      feeMinor,
    })),
  }
}

const seconds = () => Math.floor(Date.now() / 1000)

/** The claim server's instruction for a content, good for 30 s; `changed` bends it before signing. */
export const instruct = (
  { rings }: Pick<TestBank, 'rings'>,
  content: PaymentContent,
  changed: Partial<Instruction> = {},
): Promise<string> => {
  const { fees, ...rest } = content
  return signDocument(rings['claim-server'], 'instruction', {
    iss: 'claim-server',
    aud: 'core-banking',
    iat: seconds(),
    submitBefore: seconds() + 30,
    payer: haruka.customerId,
    ...rest,
    groups: fees.map((fee) => ({
      ...fee,
      transferId: randomUUIDv7(),
      reference: rest.claims.map((claim) => claim.orderNumber).join(' '),
    })),
    digest: digestOf(content),
    ...changed,
  })
}

/** The core's authorisation of these contents, without asking for a password. */
export const authorise = (
  { rings }: Pick<TestBank, 'rings'>,
  contents: PaymentContent[],
  changed: Partial<Authorisation> = {},
): Promise<string> =>
  signDocument(rings['core-banking'], 'authorisation', {
    iss: 'core-banking',
    aud: 'claim-server',
    iat: seconds(),
    exp: seconds() + 300,
    authTime: seconds(),
    payer: haruka.customerId,
    payments: contents.map((one) => ({ paymentId: one.paymentId, digest: digestOf(one) })),
    ...changed,
  })

export const readReceipt = async (
  { rings }: Pick<TestBank, 'rings'>,
  receipt: string,
): Promise<Receipt> =>
  (await readDocument(ownTrust(rings['core-banking']), 'receipt', receipt)).content

/** Sends an execute with these documents as the portal would; the receipt, read. */
export const execute = async (
  bank: TestBank,
  paymentId: string,
  documents: { instruction: string; authorisation: string },
): Promise<Receipt> => {
  const { receipt } = await bank.callAs['bank-portal'](executePayment, {
    params: { paymentId },
    body: documents,
  })
  return readReceipt(bank, receipt)
}

/** Instruction, authorisation and execute of one content. */
export const pay = async (
  bank: TestBank,
  content: PaymentContent,
  {
    instruction = {},
    authorisation = {},
  }: { instruction?: Partial<Instruction>; authorisation?: Partial<Authorisation> } = {},
): Promise<Receipt> =>
  execute(bank, content.paymentId, {
    instruction: await instruct(bank, content, instruction),
    authorisation: await authorise(bank, [content], authorisation),
  })

/** The portal's call of a customer's agreement. */
export const authoriseAs = (
  bank: TestBank,
  payments: PaymentContent[],
  typed: { accountNumber?: string; password?: string; customerId?: string } = {},
) => {
  const {
    customerId = haruka.customerId,
    accountNumber = '0014471',
    password = haruka.password,
  } = typed
  return bank.callAs['bank-portal'](authoriseRun, {
    params: { customerId },
    body: { accountNumber, password, payments },
  })
}

export const balanceOf = async (
  bank: TestBank,
  customer: { customerId: string },
  account: string,
): Promise<bigint | undefined> => {
  const { accounts } = await bank.callAs['bank-portal'](listAccounts, {
    params: { customerId: customer.customerId },
  })
  return accounts.find((one) => one.account === account)?.balanceMinor
}
