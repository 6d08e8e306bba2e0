import { and, asc, eq, inArray } from 'drizzle-orm'
import { type Transaction, violatesUnique } from '#shared/database.ts'
import { AppError } from '#shared/errors.ts'
import type { ServiceCaller } from '#shared/service-token.ts'
import { spendToken } from '#shared/spent-tokens.ts'
import { accounts } from '../accounts/accounts.table.ts'
import type { Deps } from '../deps.ts'
import { spentTokens } from '../spent-tokens.table.ts'
import { type Decision, decidePayment } from './decide-payment.ts'
import { findExecutedLegs } from './find-executed-legs.ts'
import { findDecision, lockPayment } from './lock-payment.ts'
import { payments } from './payments.table.ts'
import { postPayment } from './post-payment.ts'
import { type PaymentOrder, readPaymentOrder } from './read-payment-order.ts'
import { signReceipt } from './sign-receipts.ts'

type ExecuteDeps = Pick<Deps, 'config' | 'db' | 'clock' | 'keys' | 'trust' | 'log'>

/** In order of their keys, like every payment: two that cross can't wait for each other. */
const lockAccounts = (tx: Transaction, { content }: PaymentOrder) =>
  tx
    .select()
    .from(accounts)
    .where(
      and(
        inArray(accounts.account, [
          content.payerAccount,
          ...content.fees.map((fee) => fee.payeeAccount),
        ]),
        eq(accounts.purpose, 'holder'),
      ),
    )
    .orderBy(asc(accounts.account))
    .for('no key update')

/** Business time of the authorisation: as long ago by the business clock as by the real one. */
const authorisedAt = ({ clock }: Pick<Deps, 'clock'>, { authorisation }: PaymentOrder) =>
  new Date(clock.now().getTime() - (Date.now() - authorisation.iat * 1000))

/** Only the customer who pays is behind the call; behind a refund stands a member of staff. */
const checkPayer = ({ content, payer }: PaymentOrder, { onBehalfOf }: ServiceCaller) => {
  if (content.kind !== 'refund' && onBehalfOf !== payer) throw new AppError('not-found')
}

const store = async (
  deps: ExecuteDeps,
  tx: Transaction,
  order: PaymentOrder,
  decision: Decision,
): Promise<void> => {
  const decidedAt = deps.clock.now()
  await tx.insert(payments).values({
    ...decision,
    paymentId: order.content.paymentId,
    kind: order.content.kind,
    payer: order.payer,
    digest: order.digest,
    payerAccount: order.content.payerAccount,
    currency: order.content.currency,
    authorisedAt: authorisedAt(deps, order),
    decidedAt,
  })
  if (decision.result === 'executed')
    await postPayment(tx, order, { feeAccount: deps.config.FEE_ACCOUNT, madeAt: decidedAt })
}

/** The token, the locks, and then all that the decision needs to know. */
const lockAndFind = async (tx: Transaction, order: PaymentOrder, caller: ServiceCaller) => {
  const { paymentId, claims } = order.content
  const orderNumbers = claims.map((claim) => claim.orderNumber)
  await Promise.all([spendToken(tx, spentTokens, caller), lockPayment(tx, paymentId, orderNumbers)])
  const [known, legs, locked] = await Promise.all([
    findDecision(tx, paymentId),
    findExecutedLegs(tx, orderNumbers),
    lockAccounts(tx, order),
  ])
  return { known, legs, accounts: new Map(locked.map((row) => [row.account, row])) }
}

/**
 * Executes a payment, all groups and fees or none, once for its id, for ever (design of the seed's
 * Figs. 15, 27: settle transfer by transfer, here as one). A known id gets its stored receipt whatever
 * the time; a refusal is stored and final. Throws `digest-mismatch` for a known id with another
 * content, `not-found` on behalf of another than the payer, and what `readPaymentOrder` throws,
 * without a row.
 */
export const executePayment = async (
  deps: ExecuteDeps,
  input: { paymentId: string; instruction: string; authorisation: string; caller: ServiceCaller },
): Promise<{ receipt: string }> => {
  const order = await readPaymentOrder(deps, input)
  checkPayer(order, input.caller)
  const outcome = await deps.db
    .transaction(async (tx) => {
      const { known, ...facts } = await lockAndFind(tx, order, input.caller)
      if (known && known.result !== 'voided' && known.digest !== order.digest)
        return 'other-content'
      if (!known)
        await store(deps, tx, order, decidePayment(order, { ...facts, nowMs: Date.now() }))
      return 'decided'
    })
    .catch(refuseUsedTransferId)
  if (outcome === 'other-content') throw new AppError('digest-mismatch')
  return { receipt: await signReceipt(deps, input.paymentId) }
}

const refuseUsedTransferId = (error: unknown): never => {
  if (violatesUnique(error, 'transfers_pkey'))
    throw new AppError('invalid', {
      detail: 'a transfer id of another payment',
      errors: [{ pointer: '#/instruction', detail: 'a transfer id of another payment' }],
    })
  throw error
}
