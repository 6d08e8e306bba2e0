import { randomUUIDv7 } from 'node:crypto'
import { accountParts } from '#shared/accounts.ts'
import {
  completePayment,
  findPayment,
  type Payment,
  quoteBasket,
  reserveRun,
} from '#shared/contracts/claim-server.ts'
import { authoriseRun, executePayment, nameHolders } from '#shared/contracts/core-banking.ts'
import type { PaymentContent } from '#shared/contracts/payment-content.ts'
import type { ServiceClient } from '#shared/service-client.ts'

export interface PaymentToMake {
  customerId: string
  orderNumbers: readonly string[]
  account: string
  password: string
  paymentId?: string
}

/** Asks both as the portal does. */
export interface Peers {
  core: ServiceClient
  claimServer: ServiceClient
}

/** What the confirmation page shows and the customer agrees to: quoted, payees named by the core. */
export const draftContent = async (
  { core, claimServer }: Peers,
  {
    customerId,
    orderNumbers,
    account,
    paymentId = randomUUIDv7(),
  }: Omit<PaymentToMake, 'password'>,
): Promise<PaymentContent> => {
  const onBehalf = { onBehalfOf: customerId }
  const { quotes, claims, currency, today, notPayable } = await claimServer(
    quoteBasket,
    { params: { customerId }, body: { orderNumbers: [...orderNumbers], accounts: [account] } },
    onBehalf,
  )
  const groups = quotes[0]?.groups
  if (!groups || !currency || notPayable.length > 0)
    throw new Error(`these claims can't be paid together: ${orderNumbers.join(', ')}`)
  const accounts = groups.map((one) => one.payeeAccount)
  const { holders } = await core(nameHolders, { body: { accounts } })
  const holderOf = new Map(holders.map((one) => [one.account, one.holder]))
  return {
    kind: 'payment',
    paymentId,
    day: today,
    payerAccount: account,
    claims: groups.flatMap(({ payeeAccount, orderNumbers: own }) =>
      own.map((orderNumber) => ({
        orderNumber,
        payeeAccount,
        payeeHolder: holderOf.get(payeeAccount) ?? '',
        amountMinor: claims.find((one) => one.orderNumber === orderNumber)?.amountMinor ?? 0n,
      })),
    ),
    fees: groups.map(({ payeeAccount, feeMinor }) => ({ payeeAccount, feeMinor })),
    currency,
  }
}

/** A payment that came to its end, with the core's signed receipt. */
export interface MadePayment extends Payment {
  receipt: string
}

/**
 * Pays claims as the portal does: quotes, authorises, reserves, executes, completes. Throws when the
 * customer or the claims are not accepted, and `NoAnswer` when an answer is lost on the way.
 */
export const payClaims = async (peers: Peers, wanted: PaymentToMake): Promise<MadePayment> => {
  const { core, claimServer } = peers
  const { customerId, password } = wanted
  const onBehalf = { onBehalfOf: customerId }
  const params = { customerId }
  const content = await draftContent(peers, wanted)
  const { paymentId, payerAccount } = content
  const { number: accountNumber } = accountParts(payerAccount)
  const agreed = await core(
    authoriseRun,
    { params, body: { accountNumber, password, payments: [content] } },
    onBehalf,
  )
  if (agreed.outcome !== 'authorised') throw new Error(`the core answers ${agreed.outcome}`)
  const { authorisation } = agreed
  const run = await claimServer(
    reserveRun,
    { params, body: { payments: [content], authorisation } },
    onBehalf,
  )
  if (run.outcome !== 'reserved') throw new Error(`the claim server answers ${run.reason}`)
  const instruction = run.payments[0]?.instruction ?? ''
  const { receipt } = await core(
    executePayment,
    { params: { paymentId }, body: { instruction, authorisation } },
    onBehalf,
  )
  await claimServer(completePayment, { body: { receipt } })
  const payment = await claimServer(findPayment, { params: { customerId, paymentId } }, onBehalf)
  return { ...payment, receipt }
}
