import * as z from 'zod'
import { violatesUnique } from '#shared/database.ts'
import { AppError, type FieldError } from '#shared/errors.ts'
import { accountKey, language, lineOfText, mailAddress } from '#shared/contracts/fields.ts'
import type { Deps } from '../deps.ts'
import { checkAccounts } from './check-accounts.ts'
import { shopLogins } from './console.table.ts'
import { shopAccounts, shops } from './shops.table.ts'

/** What a shop or biller says of itself (Fig. 23B). Accounts come first to last in order of preference. */
export const newShop = z.strictObject({
  name: lineOfText(60),
  nameJa: lineOfText(60).optional(),
  kind: z.enum(['shop', 'biller']).default('shop'),
  mailAddress,
  phone: lineOfText(30).optional(),
  /** The address that customers see. */
  contactAddress: mailAddress.optional(),
  website: z
    .url({ protocol: /^https?$/ })
    .max(200)
    .optional(),
  language: language.default('en'),
  defaultDaysToPay: z.int().min(0).max(365).default(14),
  warningDays: z.int().min(0).max(60).default(3),
  accounts: z
    .array(z.strictObject({ account: accountKey, holder: lineOfText(140) }))
    .min(1)
    .max(20),
})
export type NewShop = z.input<typeof newShop>

/** How the shop will sign in to its console; the password is hashed already. */
export interface NewShopLogin {
  signInId: string
  passwordHash: string
}

interface SignUp {
  shop: z.output<typeof newShop>
  login?: NewShopLogin
  /** Of a form that may be sent twice: the second time registers nothing. */
  shopId?: string
}

/** What stands against a registration; `at` counts the accounts from zero. */
export type RegistrationProblem =
  | { field: 'account'; at: number; problem: 'unknown' | 'asked-too-often' }
  | { field: 'accounts' | 'signInId'; problem: 'taken' }

export type Registration =
  | { outcome: 'registered'; shopId: string }
  | { outcome: 'refused'; problems: RegistrationProblem[] }

type NewShopDeps = Pick<Deps, 'db' | 'config' | 'clock' | 'newId' | 'callCore'>

const accountProblems = async (
  deps: NewShopDeps,
  accounts: z.output<typeof newShop>['accounts'],
): Promise<RegistrationProblem[]> => {
  const checks = await checkAccounts(deps, accounts)
  return checks.flatMap((problem, at) =>
    problem === 'exists' ? [] : [{ field: 'account' as const, at, problem }],
  )
}

const takenField = (error: unknown): 'accounts' | 'signInId' | undefined => {
  if (violatesUnique(error, 'shop_accounts_account')) return 'accounts'
  return violatesUnique(error, 'shop_logins_sign_in_id') ? 'signInId' : undefined
}

const storeShop = (
  { db, config, clock }: NewShopDeps,
  id: string,
  { accounts, ...shop }: z.output<typeof newShop>,
  login: NewShopLogin | undefined,
): Promise<string> =>
  db.transaction(async (tx) => {
    const createdAt = clock.now()
    const stored = await tx
      .insert(shops)
      .values({ ...shop, id, bank: config.BANK_CODE, status: 'waiting', createdAt })
      .onConflictDoNothing({ target: shops.id })
      .returning({ id: shops.id })
    if (stored.length === 0) return id
    await tx.insert(shopAccounts).values(accounts.map((one) => ({ ...one, shopId: id, createdAt })))
    if (login) await tx.insert(shopLogins).values({ ...login, shopId: id, changedAt: createdAt })
    return id
  })

/**
 * Registers a shop, with its login if it will use the console; it waits for the bank's staff
 * (`approveShop`). The core is asked whether each account exists and belongs to that holder (Fig. 3).
 * Throws `NoAnswer` when the core can't be asked.
 */
export const signUpShop = async (
  deps: NewShopDeps,
  { shop, login, shopId = deps.newId() }: SignUp,
): Promise<Registration> => {
  const problems = await accountProblems(deps, shop.accounts)
  if (problems.length > 0) return { outcome: 'refused', problems }
  try {
    return { outcome: 'registered', shopId: await storeShop(deps, shopId, shop, login) }
  } catch (error) {
    const field = takenField(error)
    if (!field) throw error
    return { outcome: 'refused', problems: [{ field, problem: 'taken' }] }
  }
}

const inWords = (problem: RegistrationProblem): FieldError => {
  if (problem.field === 'account')
    return {
      pointer: `#/accounts/${problem.at}`,
      detail:
        problem.problem === 'unknown'
          ? 'the bank knows no such account of that holder'
          : 'the bank was asked about this account or holder too often: try again in an hour',
    }
  return problem.field === 'accounts'
    ? { pointer: '#/accounts', detail: 'one of these accounts belongs to another payee' }
    : { pointer: '#/signInId', detail: 'this sign-in id is taken' }
}

/** As `signUpShop`, without a login. Returns the shop's id; throws `invalid` naming what is wrong. */
export const registerShop = async (
  deps: NewShopDeps,
  input: z.output<typeof newShop>,
): Promise<string> => {
  const registration = await signUpShop(deps, { shop: input })
  if (registration.outcome === 'registered') return registration.shopId
  const errors = registration.problems.map(inWords)
  throw new AppError('invalid', { detail: errors[0]?.detail, errors })
}
