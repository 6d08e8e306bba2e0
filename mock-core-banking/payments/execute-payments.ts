import { type Answer, answerOf, answerRest } from '#shared/batched-calls.ts'
import { changeTogether } from '#shared/change-by-call.ts'
import { type Transaction, violatesUnique } from '#shared/database.ts'
import { AppError } from '#shared/errors.ts'
import { onlyOwn } from '#shared/on-behalf-of.ts'
import type { ServiceCaller } from '#shared/service-token.ts'
import { lockAccounts } from '../accounts/find-accounts.ts'
import type { Deps } from '../deps.ts'
import { spentTokens } from '../spent-tokens.table.ts'
import { type Decision, decidePayment, type PaymentFacts } from './decide-payment.ts'
import { findExecutedLegs } from './find-executed-legs.ts'
import { findDecisions, lockPayments } from './lock-payments.ts'
import { type DecidedPayment, movementsOf, postPayments } from './post-payments.ts'
import { authorisationReader, type PaymentOrder, readPaymentOrder } from './read-payment-order.ts'
import type { ExecutedLeg } from './refund-rules.ts'
import { type KnownPayment, signKnown } from './sign-receipts.ts'

type ExecuteDeps = Pick<Deps, 'config' | 'db' | 'clock' | 'keys' | 'trust' | 'log'>

export interface PaymentToExecute {
  paymentId: string
  instruction: string
  authorisation: string
  caller: ServiceCaller
}

/** Only the customer who pays is behind the call; behind a refund stands a member of staff. */
const checkPayer = ({ content, payer }: PaymentOrder, caller: ServiceCaller) => {
  if (content.kind !== 'refund') onlyOwn(caller, payer)
}

const readAll = (
  deps: ExecuteDeps,
  inputs: readonly PaymentToExecute[],
): Promise<Answer<PaymentOrder>[]> => {
  const readAuthorisation = authorisationReader(deps)
  return Promise.all(
    inputs.map((input) =>
      answerOf(async () => {
        const order = await readPaymentOrder(deps, input, readAuthorisation)
        checkPayer(order, input.caller)
        return order
      }),
    ),
  )
}

/** Business time of the authorisation: as long ago by the business clock as by the real one. */
const authorisedAt = ({ clock }: Pick<Deps, 'clock'>, { authorisation }: PaymentOrder) =>
  new Date(clock.now().getTime() - (Date.now() - authorisation.iat * 1000))

interface Decided {
  order: PaymentOrder
  decision: Decision
}

/** What the next decision has to know of one that was just made, and is not stored yet. */
const take = ({ accounts: found, legs }: PaymentFacts, { content, payer }: PaymentOrder) => {
  const add = (account: string, minor: bigint) => {
    const row = found.get(account)
    if (row) found.set(account, { ...row, balanceMinor: row.balanceMinor + minor })
  }
  for (const { orderNumber, payeeAccount, amountMinor } of content.claims) {
    add(content.payerAccount, -amountMinor)
    add(payeeAccount, amountMinor)
    legs.push({
      orderNumber,
      kind: content.kind,
      amountMinor,
      payer,
      debitAccount: content.payerAccount,
      creditAccount: payeeAccount,
    })
  }
  for (const { feeMinor } of content.fees) add(content.payerAccount, -feeMinor)
}

const legsOf = (legs: readonly ExecutedLeg[], { content }: PaymentOrder) => {
  const numbers = new Set(content.claims.map((claim) => claim.orderNumber))
  return legs.filter((leg) => numbers.has(leg.orderNumber))
}

/** Decides one after the other; a known id keeps its decision, and its content. */
const decide = (
  orders: readonly PaymentOrder[],
  known: Map<string, { result: string; digest: string }>,
  facts: PaymentFacts,
): { answers: Answer<string>[]; decided: Decided[] } => {
  const decided: Decided[] = []
  const answers = orders.map((order): Answer<string> => {
    const { paymentId } = order.content
    const before = known.get(paymentId)
    if (before && before.result !== 'voided' && before.digest !== order.digest)
      return { error: new AppError('digest-mismatch') }
    if (!before) {
      const decision = decidePayment(order, { ...facts, legs: legsOf(facts.legs, order) })
      decided.push({ order, decision })
      known.set(paymentId, { result: decision.result, digest: order.digest })
      if (decision.result === 'executed') take(facts, order)
    }
    return { reply: paymentId }
  })
  return { answers, decided }
}

const toKeep = (
  deps: ExecuteDeps,
  { order, decision }: Decided,
  decidedAt: Date,
): DecidedPayment => ({
  payment: {
    reason: null,
    shortByMinor: null,
    ...decision,
    paymentId: order.content.paymentId,
    kind: order.content.kind,
    payer: order.payer,
    digest: order.digest,
    payerAccount: order.content.payerAccount,
    currency: order.content.currency,
    authorisedAt: authorisedAt(deps, order),
    decidedAt,
  },
  ...(decision.result === 'executed' ? movementsOf(order, decidedAt) : { transfers: [], legs: [] }),
})

const store = async (
  deps: ExecuteDeps,
  tx: Transaction,
  decided: readonly Decided[],
): Promise<Map<string, DecidedPayment>> => {
  const decidedAt = deps.clock.now()
  const rows = decided.map((one) => toKeep(deps, one, decidedAt))
  if (rows.length > 0) await postPayments(tx, rows, { feeAccount: deps.config.FEE_ACCOUNT })
  return new Map(rows.map((one) => [one.payment.paymentId, one]))
}

const numbersOf = (orders: readonly PaymentOrder[]) =>
  orders.flatMap(({ content }) => content.claims.map((claim) => claim.orderNumber))

const idsOf = (orders: readonly PaymentOrder[]) => orders.map(({ content }) => content.paymentId)

const accountsOf = (orders: readonly PaymentOrder[]) =>
  orders.flatMap(({ content }) => [
    content.payerAccount,
    ...content.fees.map((fee) => fee.payeeAccount),
  ])

/** The locks, and then all that the decisions need to know: begun, and so run, in this order. */
const lockAndFind = async (tx: Transaction, orders: readonly PaymentOrder[]) => {
  const [, accounts, known, legs] = await Promise.all([
    lockPayments(tx, idsOf(orders), numbersOf(orders)),
    lockAccounts(tx, accountsOf(orders)),
    findDecisions(tx, idsOf(orders)),
    findExecutedLegs(tx, numbersOf(orders)),
  ])
  return { known, legs, accounts }
}

const execute = async (
  deps: ExecuteDeps,
  tx: Transaction,
  orders: PaymentOrder[],
  { known, ...facts }: Awaited<ReturnType<typeof lockAndFind>>,
): Promise<Answer<KnownPayment>[]> => {
  const { answers, decided } = decide(orders, known, { ...facts, nowMs: Date.now() })
  const stored = await store(deps, tx, decided)
  return answers.map((one) =>
    'error' in one ? one : { reply: { paymentId: one.reply, decided: stored.get(one.reply) } },
  )
}

const refuseUsedTransferId = <T>(answer: Answer<T>): Answer<T> => {
  if (!('error' in answer) || !violatesUnique(answer.error, 'transfers_pkey')) return answer
  const detail = 'a transfer id of another payment'
  const errors = [{ pointer: '#/instruction', detail }]
  return { error: new AppError('invalid', { detail, errors }) }
}

/**
 * Executes payments of one call, each all its groups and fees or none, once for its id, for ever
 * (design of the seed's Figs. 15, 27: settle transfer by transfer, here as one). A known id gets its
 * stored receipt whatever the time; a refusal is stored and final. Answers `digest-mismatch` for a
 * known id with another content, `not-found` on behalf of another than the payer, and what
 * `readPaymentOrder` throws, without a row.
 */
export const executePayments = async (
  deps: ExecuteDeps,
  inputs: readonly PaymentToExecute[],
): Promise<Answer<{ receipt: string }>[]> => {
  const orders = await readAll(deps, inputs)
  const caller = inputs[0]?.caller
  const decided = await answerRest(orders, async (orders) => {
    const answers = await changeTogether({ db: deps.db, spentTokens }, caller, orders, {
      find: lockAndFind,
      change: (tx, some, found) => execute(deps, tx, some, found),
    })
    return answers.map(refuseUsedTransferId)
  })
  const receipts = await signKnown(
    deps,
    decided.flatMap((one) => ('reply' in one ? [one.reply] : [])),
  )
  return decided.map((one) => {
    if ('error' in one) return one
    const receipt = receipts.get(one.reply.paymentId)
    return receipt ? { reply: { receipt } } : { error: new Error('decided, and without its row') }
  })
}
