import { eq, inArray, sql } from 'drizzle-orm'
import { type Answer, answerOf, answerRest } from '#shared/batched-calls.ts'
import { changeTogether } from '#shared/change-by-call.ts'
import type { PaymentContent } from '#shared/contracts/payment-content.ts'
import type { Transaction } from '#shared/database.ts'
import { AppError } from '#shared/errors.ts'
import { holdClaims, lockClaims, type LockedClaim } from '../claims/change-claims.ts'
import type { Deps } from '../deps.ts'
import { findFees } from '../quotes/find-fees.ts'
import type { FeeRule } from '../quotes/price-groups.ts'
import { shopAccounts, shops } from '../shops/shops.table.ts'
import { spentTokens } from '../spent-tokens.table.ts'
import { checkForm, type PayeeAccount } from './check-run.ts'
import {
  decideRun,
  type Desk,
  numbersOf,
  type Prepared,
  type ReservedRun,
  type RunToReserve,
  type Tables,
} from './decide-run.ts'
import { draftPayment } from './draft-payment.ts'
import { findKnown, type Known } from './known-payments.ts'
import { readAuthorisation } from './read-authorisation.ts'
import { storeDrafts } from './store-drafts.ts'

export type { ReservedRun, RunToReserve } from './decide-run.ts'

type ReserveDeps = Pick<Deps, 'db' | 'clock' | 'keys' | 'trust' | 'newId' | 'log'>

const contentsOf = (some: readonly Prepared[]) => some.flatMap(({ run }) => run.payments)

const findPayees = async (
  tx: Transaction,
  contents: readonly PaymentContent[],
): Promise<Map<string, PayeeAccount>> => {
  const accounts = contents.flatMap((one) => one.claims.map((claim) => claim.payeeAccount))
  const rows = await tx
    .select({
      account: shopAccounts.account,
      shopId: shopAccounts.shopId,
      holder: shopAccounts.holder,
      isSuspended: sql<boolean>`${shops.status} = 'suspended'`,
      isStopped: sql<boolean>`${shopAccounts.stoppedAt} is not null`,
    })
    .from(shopAccounts)
    .innerJoin(shops, eq(shops.id, shopAccounts.shopId))
    .where(inArray(shopAccounts.account, [...new Set(accounts)]))
  return new Map(rows.map((row) => [row.account, row]))
}

const hold = async (
  { clock }: Pick<Deps, 'clock'>,
  tx: Transaction,
  { toHold, locked }: Desk,
): Promise<void> => {
  const wanted = toHold.flatMap(({ prepared: { run, agreement }, drafts }) =>
    drafts.flatMap(({ content }) =>
      content.claims.map(({ orderNumber }) => ({
        orderId: locked.get(orderNumber)?.order.id ?? '',
        paymentId: content.paymentId,
        bank: run.bank.code,
        customerId: agreement.payer,
        payableOn: agreement.day,
      })),
    ),
  )
  if (wanted.length === 0) return
  const [held] = await Promise.all([
    holdClaims(tx, { claims: wanted, at: clock.now() }),
    storeDrafts(
      tx,
      toHold.flatMap((one) => one.drafts),
      locked,
    ),
  ])
  // They were read under lock as payable, so a claim that can't be held now is a fault of ours.
  if (held.length !== wanted.length) throw new Error('a claim that was payable could not be held')
}

const feeKey = ({ run, agreement }: Prepared) => `${run.bank.code} ${agreement.day}`

const findTables = async (tx: Transaction, some: readonly Prepared[]): Promise<Tables> => {
  const byDay = new Map(some.map((one) => [feeKey(one), one]))
  const [payees, ...fees] = await Promise.all([
    findPayees(tx, contentsOf(some)),
    ...[...byDay].map(
      async ([key, { run, agreement }]): Promise<[string, readonly FeeRule[]]> => [
        key,
        await findFees(tx, run.bank.code, agreement.day),
      ],
    ),
  ])
  const rules = new Map(fees)
  return { payees, feesOf: (prepared) => rules.get(feeKey(prepared)) ?? [] }
}

interface Found {
  locked: LockedClaim[]
  known: Known[]
  tables: Tables
}

/** Known ids are looked up under the lock: of two equal calls the second sees what the first has stored. */
const lockAndFind = async (tx: Transaction, some: readonly Prepared[]): Promise<Found> => {
  const contents = contentsOf(some)
  const [locked, known, tables] = await Promise.all([
    lockClaims(tx, numbersOf(contents)),
    findKnown(tx, contents),
    findTables(tx, some),
  ])
  return { locked, known, tables }
}

const reserve = async (
  deps: Pick<Deps, 'clock'>,
  tx: Transaction,
  some: readonly Prepared[],
  { locked, known, tables }: Found,
): Promise<Answer<ReservedRun>[]> => {
  const desk: Desk = {
    locked: new Map(locked.map((one) => [one.order.orderNumber, one])),
    known,
    toHold: [],
  }
  const answers = await Promise.all(some.map((one) => answerOf(() => decideRun(one, desk, tables))))
  await hold(deps, tx, desk)
  return answers
}

const prepare = async (deps: ReserveDeps, run: RunToReserve): Promise<Prepared> => {
  checkForm(run.payments)
  const { bank } = run
  const agreement = await readAuthorisation(deps, bank, run.authorisation, run.payments)
  if (agreement.payer !== run.customerId) throw new AppError('not-found')
  const runId = deps.newId()
  const drafts = await Promise.all(
    run.payments.map((content) => draftPayment(deps, bank, { content, agreement, runId })),
  )
  return { run, agreement, drafts }
}

/**
 * Step 3 of a payment, for the runs of one call: holds the claims of each for its payments and answers
 * the signed instructions, all of a run or nothing, in one transaction (Figs. 15, 34). A known id with
 * the same D is answered as it was stored, whatever became of it; another D answers `digest-mismatch`.
 * Claims that aren't this customer's answer `not-found`.
 */
export const reserveRuns = async (
  deps: ReserveDeps,
  runs: readonly RunToReserve[],
): Promise<Answer<ReservedRun>[]> => {
  const prepared = await Promise.all(runs.map((run) => answerOf(() => prepare(deps, run))))
  return answerRest(prepared, (rest) =>
    // Two runs over different claims may bring one id at once: tried again, it is known.
    changeTogether({ db: deps.db, spentTokens }, runs[0]?.caller, rest, {
      find: lockAndFind,
      change: (tx, some, found) => reserve(deps, tx, some, found),
    }),
  )
}
