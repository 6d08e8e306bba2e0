import { completePayment, quoteBasket, reserveRun } from '#shared/contracts/claim-server.ts'
import type { ReplyOf } from '#shared/contracts/call.ts'
import { authoriseRun, executePayment, nameHolders } from '#shared/contracts/core-banking.ts'
import type { PaymentContent } from '#shared/contracts/payment-content.ts'
import { accountParts } from '#shared/accounts.ts'
import type { WorldCustomer } from '../../../mock-core-banking/seed-bank.ts'
import type { System } from '../system.ts'

type Calls = Pick<System, 'asPortal' | 'claims'>

const by = ({ customerId }: WorldCustomer) => ({ onBehalfOf: customerId })

/** Step 1 as the portal takes it: what a confirmation page would show of these claims. */
export const prepare = async (
  { asPortal, claims }: Calls,
  customer: WorldCustomer,
  { orderNumbers, account }: { orderNumbers: string[]; account: string },
): Promise<PaymentContent> => {
  const params = { customerId: customer.customerId }
  const quote = await asPortal.callClaims(
    quoteBasket,
    { params, body: { orderNumbers, accounts: [account] } },
    by(customer),
  )
  const groups = quote.quotes[0]?.groups ?? []
  const { holders } = await asPortal.callCore(
    nameHolders,
    { body: { accounts: groups.map((group) => group.payeeAccount) } },
    by(customer),
  )
  const amountOf = new Map(quote.claims.map((claim) => [claim.orderNumber, claim.amountMinor]))
  return {
    kind: 'payment',
    paymentId: claims.newId(),
    day: quote.today,
    payerAccount: account,
    claims: groups.flatMap(({ payeeAccount, orderNumbers: numbers }) =>
      numbers.map((orderNumber) => ({
        orderNumber,
        payeeAccount,
        payeeHolder: holders.find((one) => one.account === payeeAccount)?.holder ?? '',
        amountMinor: amountOf.get(orderNumber) ?? 0n,
      })),
    ),
    fees: groups.map(({ payeeAccount, feeMinor }) => ({ payeeAccount, feeMinor })),
    currency: 'JPY',
  }
}

/** Step 2: the authorisation; throws when the core does not give it. */
export const authorise = async (
  { asPortal }: Calls,
  customer: WorldCustomer,
  content: PaymentContent,
): Promise<string> => {
  const reply = await asPortal.callCore(
    authoriseRun,
    {
      params: { customerId: customer.customerId },
      body: {
        accountNumber: accountParts(content.payerAccount).number,
        password: customer.password,
        payments: [content],
      },
    },
    by(customer),
  )
  if (reply.outcome !== 'authorised') throw new Error(`authorisation: ${reply.outcome}`)
  return reply.authorisation
}

export interface Agreed {
  customer: WorldCustomer
  content: PaymentContent
  authorisation: string
}

/** Steps 1 and 2. */
export const agree = async (
  system: Calls,
  customer: WorldCustomer,
  basket: { orderNumbers: string[]; account: string },
): Promise<Agreed> => {
  const content = await prepare(system, customer, basket)
  return { customer, content, authorisation: await authorise(system, customer, content) }
}

/** Step 3. */
export const reserve = (
  { asPortal }: Calls,
  { customer, content, authorisation }: Agreed,
): Promise<ReplyOf<typeof reserveRun>> =>
  asPortal.callClaims(
    reserveRun,
    {
      params: { customerId: customer.customerId },
      body: { payments: [content], authorisation },
    },
    by(customer),
  )

/** Step 4, with the instruction of step 3. Returns the receipt. */
export const execute = async (
  { asPortal }: Calls,
  { customer, content, authorisation }: Agreed,
  instruction: string,
): Promise<string> => {
  const { receipt } = await asPortal.callCore(
    executePayment,
    { params: { paymentId: content.paymentId }, body: { instruction, authorisation } },
    by(customer),
  )
  return receipt
}

/** Step 5. */
export const complete = ({ asPortal }: Calls, receipt: string) =>
  asPortal.callClaims(completePayment, { body: { receipt } })

/** Steps 3 to 5. Returns what became of it, or why nothing was held. */
export const payAgreed = async (system: Calls, agreed: Agreed): Promise<string> => {
  const reserved = await reserve(system, agreed)
  if (reserved.outcome === 'not-reserved') return reserved.reason
  const instruction = reserved.payments[0]?.instruction ?? ''
  const { status } = await complete(system, await execute(system, agreed, instruction))
  return status
}
