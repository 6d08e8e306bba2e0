import { eq, inArray } from 'drizzle-orm'
import { accountParts } from '#shared/accounts.ts'
import type { PaymentContent } from '#shared/contracts/payment-content.ts'
import { dateIn } from '#shared/dates.ts'
import { AppError, fieldError } from '#shared/errors.ts'
import type { ServiceCaller } from '#shared/service-token.ts'
import { spendToken } from '#shared/spent-tokens.ts'
import { type AccountRow, accounts } from '../accounts/accounts.table.ts'
import { isOwnedBy, payeesAsNamed } from '../accounts/account-rules.ts'
import type { Deps } from '../deps.ts'
import { spentTokens } from '../spent-tokens.table.ts'
import { customers } from './credentials.table.ts'
import { countTry, giveTriesBack } from './count-try.ts'
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
  found: Map<string, AccountRow>,
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

const findAccounts = async (db: Deps['db'], payments: PaymentContent[]) => {
  const keys = payments.flatMap((payment) => [
    payment.payerAccount,
    ...payment.claims.map((claim) => claim.payeeAccount),
  ])
  const rows = await db
    .select()
    .from(accounts)
    .where(inArray(accounts.account, [...new Set(keys)]))
  return new Map(rows.map((row) => [row.account, row]))
}

/**
 * The customer's agreement to a run: the number of one of its payer accounts, and the password. The
 * try is counted and committed before the password is looked at; one answer whether number or
 * password was wrong. Signs which payments, by D, for five minutes (seed: password check of the
 * transfer, Fig. 27).
 */
export const authoriseRun = async (
  deps: AuthoriseDeps,
  { customerId, accountNumber, password, payments, caller }: RunToAuthorise,
): Promise<AuthorisedRun> => {
  checkForm(payments)
  const [customer] = await deps.db
    .select({ passwordHash: customers.passwordHash })
    .from(customers)
    .where(eq(customers.customerId, customerId))
  if (!customer) throw new AppError('not-found')
  const found = await findAccounts(deps.db, payments)
  const today = dateIn(deps.config.TIME_ZONE, deps.clock.now())
  const current = payments.every((one) => isCurrent(one, found, { customerId, today }))
  const subject = customerSubject(customerId)
  const counted = await deps.db.transaction(async (tx) => {
    await spendToken(tx, spentTokens, caller)
    return current ? countTry(tx, subject) : undefined
  })
  if (!counted) return { outcome: 'content-stale' }
  if (counted.outcome === 'locked') return counted
  const typed = typedDigits(accountNumber)
  const numberFits = payments.some((one) => accountParts(one.payerAccount).number === typed)
  const fits = await passwordFits(deps.config, customer.passwordHash, password)
  if (!numberFits || !fits) return { outcome: 'not-accepted', triesLeft: counted.triesLeft }
  await giveTriesBack(deps.db, subject)
  return {
    outcome: 'authorised',
    authorisation: await signAuthorisation(deps, customerId, payments),
  }
}
