import { setTimeout as sleep } from 'node:timers/promises'
import type { PaymentContent } from '#shared/contracts/payment-content.ts'
import { AppError } from '#shared/errors.ts'
import { NoAnswer } from '#shared/service-client.ts'
import { completePayment, type ReserveOutcome, reserveRun } from '../claim-server-client.ts'
import { executePayment } from '../core-banking-client.ts'
import type { AuthoriseOutcome, Calls, Customer, Deps, PaymentAuthorisation } from '../deps.ts'
import { knowsPayment } from './knows-payment.ts'

type Pays = Calls & Pick<Deps, 'log' | 'noteConfirmation'> & { authorisation: PaymentAuthorisation }
type Reserved = Extract<ReserveOutcome, { outcome: 'reserved' }>

/** What became of a confirmation as far as this request knows; the claim server knows the rest. */
export type PayOutcome =
  /** The payment id was confirmed before: its status page answers, no password is asked for. */
  | { outcome: 'known' }
  /** Handed to the core: the status page shows the result, or that it is being checked. */
  | { outcome: 'submitted' }
  /** Whether the claims are held, or were paid before, is not known. */
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

/** Whether it was confirmed before; undefined when nobody says. */
const isKnown = async (
  deps: Pays,
  customer: Customer,
  { paymentId }: PaymentContent,
): Promise<boolean | undefined> => {
  try {
    return await knowsPayment(deps, customer, paymentId)
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'unknown'
    deps.log.warn({ paymentId, reason }, 'whether a payment is known was not said')
    return undefined
  }
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
): Promise<boolean | undefined> => {
  const giveUpAt = Date.now() + lookForMs
  let known = await isKnown(deps, customer, content)
  while (!known && Date.now() + lookEveryMs <= giveUpAt) {
    await sleep(lookEveryMs)
    known = (await isKnown(deps, customer, content)) ?? known
  }
  return known
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

/** Looks first: a claim server that is away is found out before anything is begun. */
const payUnlessKnown = async (
  deps: Pays,
  customer: Customer,
  run: RunToPay,
): Promise<PayOutcome> => {
  const known = await answerOf(() => knowsPayment(deps, customer, run.payments[0].paymentId))
  if (known === noAnswer) return { outcome: 'not-possible' }
  return known ? { outcome: 'known' } : pay(deps, customer, run)
}

/** Not looked for first: a refusal may be of a payment that was confirmed elsewhere and is known. */
const payUnasked = async (deps: Pays, customer: Customer, run: RunToPay): Promise<PayOutcome> => {
  try {
    return await pay(deps, customer, run)
  } catch (error) {
    if (await isKnown(deps, customer, run.payments[0])) return { outcome: 'known' }
    throw error
  }
}

/** Says that nothing was paid, or that it may be confirmed anew, which must be known. */
const saysUnpaid = ({ outcome }: PayOutcome) =>
  outcome === 'not-possible' || outcome === 'content-stale' || outcome === 'not-reserved'

/**
 * Design §5, steps 2 to 5, for the payments of a run: authorise, reserve, then execute and complete
 * each payment on its own. A known id is looked for first, but for one that is surely new; one that
 * can't go through is looked for afterwards, since another click may have started it. Throws `AppError`
 * for a request that was refused before anything was held.
 */
export const payClaims = async (
  deps: Pays,
  customer: Customer,
  run: RunToPay,
): Promise<PayOutcome> => {
  const [first] = run.payments
  const newness = deps.noteConfirmation?.(first.paymentId) ?? 'perhaps known'
  const paid = await (newness === 'surely new' ? payUnasked : payUnlessKnown)(deps, customer, run)
  if (paid.outcome === 'known' || paid.outcome === 'submitted' || paid.outcome === 'unclear')
    return paid
  const mayStartMeanwhile = paid.outcome === 'locked' || paid.outcome === 'not-possible'
  const known = await (mayStartMeanwhile ? becomesKnown : isKnown)(deps, customer, first)
  if (known) return { outcome: 'known' }
  const mayBeUnderWay = known === undefined && newness !== 'perhaps known'
  return mayBeUnderWay && saysUnpaid(paid) ? { outcome: 'unclear' } : paid
}
