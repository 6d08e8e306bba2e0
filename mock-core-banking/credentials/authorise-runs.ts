import { sql } from 'drizzle-orm'
import { accountParts } from '#shared/accounts.ts'
import { type Answer, answerOf, answerRest } from '#shared/batched-calls.ts'
import { changeTogether } from '#shared/change-by-call.ts'
import type { PaymentContent } from '#shared/contracts/payment-content.ts'
import { textArray, type Transaction } from '#shared/database.ts'
import { dateIn } from '#shared/dates.ts'
import { AppError, fieldError } from '#shared/errors.ts'
import type { ServiceCaller } from '#shared/service-token.ts'
import { isOwnedBy, payeesAsNamed } from '../accounts/account-rules.ts'
import { findAccounts, type KnownAccount } from '../accounts/find-accounts.ts'
import type { Deps } from '../deps.ts'
import { spentTokens } from '../spent-tokens.table.ts'
import { customers } from './credentials.table.ts'
import { type CountedTry, countTries, giveTriesBack } from './count-tries.ts'
import { passwordFits } from '#shared/hash-password.ts'
import { signAuthorisation } from './sign-authorisation.ts'
import { customerSubject } from './unlock-authorisation.ts'

type AuthoriseDeps = Pick<Deps, 'config' | 'db' | 'clock' | 'keys'>

export interface RunToAuthorise {
  customerId: string
  /** As typed: full-width digits, blanks and dashes don't matter. */
  accountNumber: string
  password: string
  payments: PaymentContent[]
  caller: ServiceCaller
}

export type AuthorisedRun =
  | { outcome: 'authorised'; authorisation: string }
  | { outcome: 'not-accepted'; triesLeft: number }
  | { outcome: 'locked'; lockedUntil: Date }
  | { outcome: 'content-stale' }

const checkForm = (payments: PaymentContent[]) => {
  payments.forEach((payment, index) => {
    if (payment.kind !== 'payment')
      throw fieldError(`#/payments/${index}/kind`, 'only payments of today can be authorised here')
  })
  if (new Set(payments.map((payment) => payment.paymentId)).size !== payments.length)
    throw fieldError('#/payments', 'the same payment id twice')
}

/** Whether the customer may agree to it as it stands: today, from their accounts, to payees as named. */
const isCurrent = (
  payment: PaymentContent,
  found: Map<string, KnownAccount>,
  { customerId, today }: { customerId: string; today: string },
): boolean => {
  const payer = found.get(payment.payerAccount)
  return (
    payment.day === today &&
    isOwnedBy(payer, customerId) &&
    payer?.currency === payment.currency &&
    payeesAsNamed(payment, found)
  )
}

const typedDigits = (typed: string) => typed.normalize('NFKC').replaceAll(/[\s\-‐-―ー]/g, '')

const accountsOf = (runs: readonly RunToAuthorise[]) => [
  ...new Set(
    runs.flatMap(({ payments }) =>
      payments.flatMap((payment) => [
        payment.payerAccount,
        ...payment.claims.map((claim) => claim.payeeAccount),
      ]),
    ),
  ),
]

interface Facts {
  passwords: Map<string, string>
  accounts: Map<string, KnownAccount>
}

const findPasswords = async (tx: Transaction, runs: readonly RunToAuthorise[]) => {
  const rows = await tx.execute<{ customerId: string; passwordHash: string }>(
    sql`select customer_id as "customerId", password_hash as "passwordHash" from ${customers}
        where customer_id = any(${textArray(runs.map((run) => run.customerId))})`,
  )
  return new Map(rows.map((row) => [row.customerId, row.passwordHash]))
}

const findFacts = async (tx: Transaction, runs: readonly RunToAuthorise[]): Promise<Facts> => {
  const [passwords, accounts] = await Promise.all([
    findPasswords(tx, runs),
    findAccounts(tx, accountsOf(runs)),
  ])
  return { passwords, accounts }
}

interface CheckedRun {
  run: RunToAuthorise
  passwordHash: string
  /** Whether it may be agreed to as it stands. */
  current: boolean
}

const checkRun = (
  run: RunToAuthorise,
  { passwords, accounts }: Facts,
  today: string,
): CheckedRun => {
  const { customerId, payments } = run
  checkForm(payments)
  const passwordHash = passwords.get(customerId)
  if (passwordHash === undefined) throw new AppError('not-found')
  const current = payments.every((one) => isCurrent(one, accounts, { customerId, today }))
  return { run, passwordHash, current }
}

interface CountedRun extends CheckedRun {
  /** None for a run that is stale. */
  counted: CountedTry | undefined
}

const countThem = async (
  tx: Transaction,
  runs: readonly CheckedRun[],
): Promise<Answer<CountedRun>[]> => {
  const current = runs.filter((one) => one.current)
  const counted = await countTries(
    tx,
    current.map(({ run }) => customerSubject(run.customerId)),
  )
  return runs.map((one) => ({ reply: { ...one, counted: counted[current.indexOf(one)] } }))
}

/** Commits a try for every run that may be agreed to, with the call's token. */
const checkAndCount = (
  { config, db, clock }: AuthoriseDeps,
  runs: readonly RunToAuthorise[],
): Promise<Answer<CountedRun>[]> =>
  changeTogether({ db, spentTokens }, runs[0]?.caller, [...runs], {
    find: findFacts,
    async change(tx, some, facts) {
      const today = dateIn(config.TIME_ZONE, clock.now())
      const checked = await Promise.all(
        some.map((run) => answerOf(() => checkRun(run, facts, today))),
      )
      return answerRest(checked, (rest) => countThem(tx, rest))
    },
  })

const isTypedRight = async (
  { config }: AuthoriseDeps,
  { run, passwordHash }: CheckedRun,
): Promise<boolean> => {
  const typed = typedDigits(run.accountNumber)
  const numberFits = run.payments.some((one) => accountParts(one.payerAccount).number === typed)
  const fits = await passwordFits(config, passwordHash, run.password)
  return numberFits && fits
}

interface LookedAt extends CountedRun {
  isRight: boolean
}

/** What can't be checked fails for itself: the tries of the others, who were right, are given back. */
const lookAt = async (deps: AuthoriseDeps, one: CountedRun): Promise<Answer<LookedAt>> => {
  try {
    const isRight = one.counted?.outcome === 'counted' && (await isTypedRight(deps, one))
    return { reply: { ...one, isRight } }
  } catch (error) {
    return { error }
  }
}

const authorise = async (
  deps: AuthoriseDeps,
  { run: { customerId, payments }, counted, isRight }: LookedAt,
): Promise<AuthorisedRun> => {
  if (!counted) return { outcome: 'content-stale' }
  if (counted.outcome === 'locked') return counted
  if (!isRight) return { outcome: 'not-accepted', triesLeft: counted.triesLeft }
  const authorisation = await signAuthorisation(deps, customerId, payments)
  return { outcome: 'authorised', authorisation }
}

/**
 * The customers' agreement to runs of one call, each by the number of one of its payer accounts and the
 * password. The tries are counted and committed before a password is looked at; one answer whether
 * number or password was wrong. Signs which payments, by D, for five minutes (seed: password check of
 * the transfer, Fig. 27).
 */
export const authoriseRuns = async (
  deps: AuthoriseDeps,
  runs: readonly RunToAuthorise[],
): Promise<Answer<AuthorisedRun>[]> =>
  answerRest(await checkAndCount(deps, runs), async (counted) => {
    const looked = await Promise.all(counted.map((one) => lookAt(deps, one)))
    return answerRest(looked, async (rest) => {
      const right = rest.filter((one) => one.isRight)
      await giveTriesBack(
        deps.db,
        right.map(({ run }) => customerSubject(run.customerId)),
      )
      return Promise.all(rest.map((one) => answerOf(() => authorise(deps, one))))
    })
  })
