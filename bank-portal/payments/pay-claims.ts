import { setTimeout as sleep } from 'node:timers/promises'
import type { PaymentContent } from '#shared/contracts/payment-content.ts'
import { AppError } from '#shared/errors.ts'
import { NoAnswer } from '#shared/service-client.ts'
import { completePayment, type ReserveOutcome, reserveRun } from '../claim-server-client.ts'
import { executePayment } from '../core-banking-client.ts'
import type { AuthoriseOutcome, Calls, Customer, Deps, PaymentAuthorisation } from '../deps.ts'
import { knowsPayment } from './knows-payment.ts'

type Pays = Calls &
  Pick<Deps, 'log' | 'claimServerAnsweredLately'> & { authorisation: PaymentAuthorisation }
type Reserved = Extract<ReserveOutcome, { outcome: 'reserved' }>

/** What became of a confirmation as far as this request knows; the claim server knows the rest. */
export type PayOutcome =
  /** The payment id was confirmed before: its status page answers, no password is asked for. */
  | { outcome: 'known' }
  /** Handed to the core: the status page shows the result, or that it is being checked. */
  | { outcome: 'submitted' }
  /** Whether the claims are held is not known; without a hold nothing can be paid. */
  | { outcome: 'unclear' }
  /** No answer before anything was held: nothing was paid. */
  | { outcome: 'not-possible' }
  /** The id belongs to a payment of other content. */
  | { outcome: 'other-content' }
  | Exclude<AuthoriseOutcome, { outcome: 'authorised' }>
  | Exclude<ReserveOutcome, { outcome: 'reserved' }>

export interface RunToPay {
  payments: [PaymentContent, ...PaymentContent[]]
  /** What the customer typed to agree. */
  form: Record<string, string>
}

const noAnswer = Symbol('no answer')

const answerOf = async <T>(ask: () => Promise<T>): Promise<T | typeof noAnswer> => {
  try {
    return await ask()
  } catch (error) {
    if (error instanceof NoAnswer) return noAnswer
    throw error
  }
}

const lookForMs = 2000
const lookEveryMs = 250

/** Whether it was confirmed before; undefined when the claim server doesn't say. */
const askForIt = async (
  deps: Pays,
  customer: Customer,
  { paymentId }: PaymentContent,
): Promise<boolean | undefined> => {
  const known = await answerOf(() => knowsPayment(deps, customer, paymentId))
  return known === noAnswer ? undefined : known
}

/**
 * Whether the payment is started meanwhile by another click on the same button: only then may this one
 * not say that nothing was paid. The core counts every click as a try until the first is accepted, so
 * that many at once find authorisation locked; and of two clicks one may get no answer.
 */
const becomesKnown = async (
  deps: Pays,
  customer: Customer,
  content: PaymentContent,
): Promise<boolean> => {
  const giveUpAt = Date.now() + lookForMs
  while (Date.now() < giveUpAt) {
    if (await askForIt(deps, customer, content)) return true
    await sleep(lookEveryMs)
  }
  return false
}

const reserve = async (
  deps: Pays,
  customer: Customer,
  run: { payments: PaymentContent[]; authorisation: string },
): Promise<ReserveOutcome | { outcome: 'unclear' | 'other-content' }> => {
  try {
    return await reserveRun(deps, customer, run)
  } catch (error) {
    if (error instanceof NoAnswer) return { outcome: 'unclear' }
    if (error instanceof AppError && error.code === 'digest-mismatch')
      return { outcome: 'other-content' }
    throw error
  }
}

/** Whatever goes wrong here, only the core's receipt decides: the claim server asks for it later. */
const executeAndComplete = async (
  deps: Pays,
  customer: Customer,
  { paymentId, instruction }: Reserved['payments'][number],
  authorisation: string,
): Promise<void> => {
  try {
    const receipt = await executePayment(deps, customer, { paymentId, instruction, authorisation })
    await completePayment(deps, customer, receipt)
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'unknown'
    deps.log.warn({ paymentId, reason }, 'a payment is in doubt')
  }
}

const pay = async (
  deps: Pays,
  customer: Customer,
  { payments, form }: RunToPay,
): Promise<PayOutcome> => {
  const authorised = await answerOf(() => deps.authorisation.authorise(customer, form, payments))
  if (authorised === noAnswer) return { outcome: 'not-possible' }
  if (authorised.outcome !== 'authorised') return authorised

  const { authorisation } = authorised
  const reserved = await reserve(deps, customer, { payments, authorisation })
  if (reserved.outcome !== 'reserved') return reserved

  await Promise.all(
    reserved.payments.map((one) => executeAndComplete(deps, customer, one, authorisation)),
  )
  return { outcome: 'submitted' }
}

/**
 * A claim server that is away should be found out before anything is begun: only then is it certain
 * that nothing was paid. One that has just answered is not asked, which is a call less of five.
 */
const payUnlessAway = async (
  deps: Pays,
  customer: Customer,
  run: RunToPay,
): Promise<PayOutcome> => {
  if (deps.claimServerAnsweredLately?.()) return pay(deps, customer, run)
  const known = await askForIt(deps, customer, run.payments[0])
  if (known === undefined) return { outcome: 'not-possible' }
  return known ? { outcome: 'known' } : pay(deps, customer, run)
}

/**
 * Design §5, steps 2 to 5, for the payments of a run: authorise, reserve, then execute and complete
 * each payment on its own; a run that was begun before goes through all of them again and changes
 * nothing. One that can't go through was perhaps confirmed before, or is just now: that decides what
 * its customer sees. Throws `AppError` for a request that was refused before anything was held.
 */
export const payClaims = async (
  deps: Pays,
  customer: Customer,
  run: RunToPay,
): Promise<PayOutcome> => {
  const [first] = run.payments
  const paid = await payUnlessAway(deps, customer, run)
  switch (paid.outcome) {
    case 'known':
    case 'submitted':
    case 'unclear':
      return paid
    case 'locked':
    case 'not-possible':
      return (await becomesKnown(deps, customer, first)) ? { outcome: 'known' } : paid
    default:
      return (await askForIt(deps, customer, first)) ? { outcome: 'known' } : paid
  }
}
