import { randomUUID, randomUUIDv7 } from 'node:crypto'
import { accountParts } from '#shared/accounts.ts'
import {
  acceptOrder,
  completePayment,
  findEntry,
  reserveRun,
} from '#shared/contracts/claim-server.ts'
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
import { draftContent, trustKeys } from '../mocks/index.ts'
import type { Bench, HttpAnswer } from './side.ts'
import type { ShopName } from './world.ts'

export const { haruka, kenji, yuki, takumi, mei, daniel } = bankCustomers
type Customer = (typeof bankCustomers)[keyof typeof bankCustomers]

export const accountOf = ({ accounts }: Customer, at = 0): string => accounts[at]?.account ?? ''
export const payeeOf = (shop: keyof typeof bankCompanies, at = 0) => {
  const { holder, accounts } = bankCompanies[shop]
  return {
    payeeAccount: (accounts[at] ?? accounts[0]).account as string,
    payeeHolder: holder as string,
  }
}

/** Asks a shop's API with its key. */
export const askAsShop = (
  { request, apiKeys }: Bench,
  shop: ShopName,
  path: string,
  {
    body,
    headers = {},
    method,
  }: { body?: unknown; headers?: Record<string, string>; method?: string } = {},
): Promise<HttpAnswer> =>
  request('claim-server', path, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers: {
      authorization: `Bearer ${apiKeys[shop]}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })

export interface OrderToSend {
  yen?: number
  description?: string
  [field: string]: unknown
}

/** A shop's own reference that was not used before. */
export const newReference = ({ draw }: Bench): string => `REF ${newOrderNumber(draw)}`

export interface SentOrder {
  orderNumber: string
  entryToken: string
}

/** A shop's order, as its server sends it. */
export const sendOrder = async (
  bench: Bench,
  shop: ShopName = 'shoes',
  { yen = 3150, description = 'A pair of shoes, size 24', ...rest }: OrderToSend = {},
): Promise<SentOrder> => {
  const { body, status } = await askAsShop(bench, shop, '/v1/orders', {
    body: {
      shopOrderRef: newReference(bench),
      description,
      amount: { value: yen, currency: 'JPY' },
      ...rest,
    },
    headers: { 'idempotency-key': randomUUID() },
  })
  if (status !== 201) throw new Error(`the order was answered ${status}`)
  const { orderNumber, entryUrl } = body as { orderNumber: string; entryUrl: string }
  return { orderNumber, entryToken: entryUrl.split('/').at(-1) ?? '' }
}

export const acceptance = (customer: Customer, at = 0) => ({
  customerId: customer.customerId,
  customerName: customer.name,
  account: accountOf(customer, at),
  mailAddress: customer.mailAddress,
  language: customer.language,
})

/** An order on the customer's list. */
export const order = async (
  bench: Bench,
  customer: Customer = haruka,
  shop: ShopName = 'shoes',
  sent: OrderToSend = {},
): Promise<string> => {
  const { entryToken, orderNumber } = await sendOrder(bench, shop, sent)
  await bench.ask(findEntry, { params: { entryToken } })
  await bench.ask(acceptOrder, { params: { entryToken }, body: acceptance(customer) })
  return orderNumber
}

export const today = ({ clock }: Bench): string => dateIn('Asia/Tokyo', clock.now())

/** What a customer agrees to who pays these claims, quoted by the claim server. */
export const quoted = (
  bench: Bench,
  orderNumbers: readonly string[],
  customer: Customer = haruka,
  at = 0,
): Promise<PaymentContent> =>
  draftContent(
    { core: bench.ask as never, claimServer: bench.ask as never },
    { customerId: customer.customerId, orderNumbers, account: accountOf(customer, at) },
  )

type NewClaim = Partial<PaymentContent['claims'][number]>

/** A content that no claim server knows of: 3,150 yen from Haruka's savings to the shoe shop. */
export const contentOf = (
  bench: Bench,
  {
    claims = [{}],
    feeMinor = 0n,
    ...rest
  }: Partial<Omit<PaymentContent, 'claims' | 'fees'>> & {
    claims?: NewClaim[]
    feeMinor?: bigint
  } = {},
): PaymentContent => {
  const filled = claims.map((claim) => ({
    orderNumber: newOrderNumber(bench.draw),
    ...payeeOf('shoes'),
    amountMinor: 3150n,
    ...claim,
  }))
  const payees = [...new Set(filled.map((claim) => claim.payeeAccount))]
  return {
    kind: 'payment',
    paymentId: randomUUIDv7(),
    day: today(bench),
    payerAccount: accountOf(haruka),
    currency: 'JPY',
    ...rest,
    claims: filled,
    fees: payees.map((payeeAccount) => ({ payeeAccount, feeMinor })),
  }
}

const seconds = () => Math.floor(Date.now() / 1000)

/** The claim server's instruction for a content; `changed` bends it before it is signed. */
export const instruct = (
  { keys }: Bench,
  content: PaymentContent,
  changed: Partial<Instruction> = {},
): Promise<string> => {
  const { fees, ...rest } = content
  return signDocument(keys['claim-server'], 'instruction', {
    iss: 'claim-server',
    aud: 'core-banking',
    iat: seconds(),
    submitBefore: seconds() + 30,
    payer: haruka.customerId,
    ...rest,
    groups: fees.map((fee) => ({ ...fee, transferId: randomUUIDv7(), reference: 'a transfer' })),
    digest: digestOf(content),
    ...changed,
  })
}

/** The core's authorisation of contents, without asking for a password. */
export const authorisationOf = (
  { keys }: Bench,
  contents: readonly PaymentContent[],
  changed: Partial<Authorisation> = {},
): Promise<string> =>
  signDocument(keys['core-banking'], 'authorisation', {
    iss: 'core-banking',
    aud: 'claim-server',
    iat: seconds(),
    exp: seconds() + 300,
    authTime: seconds(),
    payer: haruka.customerId,
    payments: contents.map((one) => ({ paymentId: one.paymentId, digest: digestOf(one) })),
    ...changed,
  })

export const readReceipt = async ({ keys }: Bench, receipt: string): Promise<Receipt> =>
  (await readDocument(trustKeys('claim-server', keys), 'receipt', receipt)).content

/** Step 4 of a payment: the receipt, as text and read. */
export const execute = async (
  bench: Bench,
  paymentId: string,
  documents: { instruction: string; authorisation: string },
): Promise<{ token: string; receipt: Receipt }> => {
  const { receipt: token } = await bench.ask(executePayment, {
    params: { paymentId },
    body: documents,
  })
  return { token, receipt: await readReceipt(bench, token) }
}

/** A payment of a content at the core alone, signed by both without asking anybody. */
export const payAtCore = async (
  bench: Bench,
  content: PaymentContent,
  {
    instruction = {},
    authorisation = {},
  }: { instruction?: Partial<Instruction>; authorisation?: Partial<Authorisation> } = {},
) =>
  execute(bench, content.paymentId, {
    instruction: await instruct(bench, content, instruction),
    authorisation: await authorisationOf(bench, [content], authorisation),
  })

/** Step 2: the customer's agreement by number and password. */
export const agree = async (
  bench: Bench,
  payments: PaymentContent[],
  customer: Customer = haruka,
  typed: { accountNumber?: string; password?: string } = {},
) => {
  const { number } = accountParts(payments[0]?.payerAccount ?? '')
  const { accountNumber = number, password = customer.password } = typed
  return bench.ask(authoriseRun, {
    params: { customerId: customer.customerId },
    body: { accountNumber, password, payments },
  })
}

export const agreed = async (
  bench: Bench,
  payments: PaymentContent[],
  customer: Customer = haruka,
) => {
  const answer = await agree(bench, payments, customer)
  if (answer.outcome !== 'authorised') throw new Error(`authorising was answered ${answer.outcome}`)
  return answer.authorisation
}

export const reserve = (
  bench: Bench,
  payments: PaymentContent[],
  authorisation: string,
  customer: Customer = haruka,
) =>
  bench.ask(reserveRun, {
    params: { customerId: customer.customerId },
    body: { payments, authorisation },
  })

/** Steps 2 and 3 of one payment: its documents. */
export const reserved = async (
  bench: Bench,
  content: PaymentContent,
  customer: Customer = haruka,
) => {
  const authorisation = await agreed(bench, [content], customer)
  const run = await reserve(bench, [content], authorisation, customer)
  if (run.outcome !== 'reserved') throw new Error(`reserving was answered ${run.reason}`)
  return { authorisation, instruction: run.payments[0]?.instruction ?? '' }
}

export const complete = (bench: Bench, receipt: string) =>
  bench.ask(completePayment, { body: { receipt } })

/** All steps of a payment of these claims. */
export const pay = async (
  bench: Bench,
  orderNumbers: readonly string[],
  customer: Customer = haruka,
  at = 0,
) => {
  const content = await quoted(bench, orderNumbers, customer, at)
  const documents = await reserved(bench, content, customer)
  const { token, receipt } = await execute(bench, content.paymentId, documents)
  const { status } = await complete(bench, token)
  return { content, documents, token, receipt, status }
}

export const balanceOf = async (bench: Bench, customer: Customer = haruka, at = 0) => {
  const { customerId } = customer
  const { accounts } = await bench.ask(listAccounts, { params: { customerId } })
  return accounts[at]?.balanceMinor
}
