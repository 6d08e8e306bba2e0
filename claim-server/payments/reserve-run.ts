import { eq, inArray, sql } from 'drizzle-orm'
import { digestOf, type PaymentContent } from '#shared/contracts/payment-content.ts'
import { type Transaction, violatesUnique } from '#shared/database.ts'
import { AppError } from '#shared/errors.ts'
import type { ServiceCaller } from '#shared/service-token.ts'
import type { Bank } from '../banks/find-bank.ts'
import { changeByCall } from '../change-by-call.ts'
import { holdClaims, lockClaims } from '../claims/change-claims.ts'
import type { Deps } from '../deps.ts'
import { findFees } from '../quotes/find-fees.ts'
import type { FeeRule } from '../quotes/price-groups.ts'
import { shopAccounts, shops } from '../shops/shops.table.ts'
import {
  checkForm,
  type ClaimInTheWay,
  claimsByNumber,
  type LockedClaim,
  notPayable,
  type PayeeAccount,
  staleClaims,
} from './check-run.ts'
import { type Draft, draftPayment } from './draft-payment.ts'
import { groups, paymentClaims, payments } from './payments.table.ts'
import { type Agreement, readAuthorisation } from './read-authorisation.ts'

export interface RunToReserve {
  bank: Bank
  customerId: string
  payments: PaymentContent[]
  authorisation: string
  caller: ServiceCaller
}

export interface ReservedPayment {
  paymentId: string
  instruction: string
  submitBefore: Date
}

export type ReservedRun =
  | { outcome: 'reserved'; payments: ReservedPayment[] }
  | {
      outcome: 'not-reserved'
      reason: 'claim-not-payable' | 'content-stale' | 'authorisation-expired'
      claims: ClaimInTheWay[]
    }

type ReserveDeps = Pick<Deps, 'db' | 'clock' | 'keys' | 'trust' | 'newId' | 'log'>

interface Known {
  id: string
  customerId: string
  digest: string
  instruction: string | null
  submitBefore: Date
}

const findKnown = (tx: Transaction, contents: readonly PaymentContent[]): Promise<Known[]> =>
  tx
    .select({
      id: payments.id,
      customerId: payments.customerId,
      digest: payments.digest,
      instruction: payments.instruction,
      submitBefore: payments.submitBefore,
    })
    .from(payments)
    .where(
      inArray(
        payments.id,
        contents.map((one) => one.paymentId),
      ),
    )

/** Throws `not-found` for a payment of somebody else, `digest-mismatch` for another content under its id. */
const checkKnown = (
  known: readonly Known[],
  { customerId, payments: contents }: RunToReserve,
): void => {
  for (const payment of known) {
    if (payment.customerId !== customerId) throw new AppError('not-found')
    const content = contents.find((one) => one.paymentId === payment.id)
    if (content && digestOf(content) !== payment.digest) throw new AppError('digest-mismatch')
  }
}

const findPayees = async (
  { db }: Pick<Deps, 'db'>,
  contents: readonly PaymentContent[],
): Promise<Map<string, PayeeAccount>> => {
  const accounts = contents.flatMap((one) => one.claims.map((claim) => claim.payeeAccount))
  const rows = await db
    .select({
      account: shopAccounts.account,
      shopId: shopAccounts.shopId,
      holder: shopAccounts.holder,
      isSuspended: sql<boolean>`${shops.status} = 'suspended'`,
    })
    .from(shopAccounts)
    .innerJoin(shops, eq(shops.id, shopAccounts.shopId))
    .where(inArray(shopAccounts.account, [...new Set(accounts)]))
  return new Map(rows.map((row) => [row.account, row]))
}

const storeDrafts = async (
  tx: Transaction,
  drafts: readonly Draft[],
  claims: ReadonlyMap<string, LockedClaim>,
): Promise<void> => {
  const groupRows = drafts.flatMap((draft) => draft.groups)
  const claimRows = groupRows.flatMap(({ paymentId, transferId, orderNumbers }) =>
    orderNumbers.flatMap((orderNumber) => {
      const found = claims.get(orderNumber)
      if (!found) return []
      const { id: orderId, amountMinor } = found.order
      return [{ paymentId, orderId, transferId, amountMinor, live: true }]
    }),
  )
  // One connection runs them in this order; not waiting in between saves two round trips.
  await Promise.all([
    tx.insert(payments).values(drafts.map((draft) => draft.payment)),
    tx.insert(groups).values(groupRows),
    tx.insert(paymentClaims).values(claimRows),
  ])
}

const hold = async (
  { clock }: Pick<Deps, 'clock'>,
  tx: Transaction,
  {
    bank,
    agreement,
    drafts,
    claims,
  }: {
    bank: Bank
    agreement: Agreement
    drafts: readonly Draft[]
    claims: ReadonlyMap<string, LockedClaim>
  },
): Promise<void> => {
  const wanted = drafts.flatMap(({ content }) =>
    content.claims.map(({ orderNumber }) => ({
      orderId: claims.get(orderNumber)?.order.id ?? '',
      paymentId: content.paymentId,
    })),
  )
  const held = await holdClaims(tx, {
    bank: bank.code,
    customerId: agreement.payer,
    payableOn: agreement.day,
    claims: wanted,
    at: clock.now(),
  })
  // They were read under lock as payable, so a claim that can't be held now is a fault of ours.
  if (held.length !== wanted.length) throw new Error('a claim that was payable could not be held')
  await storeDrafts(tx, drafts, claims)
}

interface Prepared {
  agreement: Agreement
  payees: ReadonlyMap<string, PayeeAccount>
  fees: readonly FeeRule[]
  drafts: readonly Draft[]
}

const stored = (payment: Known | Draft['payment']): ReservedPayment[] =>
  payment.instruction
    ? [
        {
          paymentId: payment.id,
          instruction: payment.instruction,
          submitBefore: payment.submitBefore,
        },
      ]
    : []

/** A payment that only its receipt told of has no instruction: the customer is sent to it. */
const withoutInstruction = (
  known: readonly Known[],
  contents: readonly PaymentContent[],
  locked: readonly LockedClaim[],
): ClaimInTheWay[] =>
  known
    .filter((one) => !one.instruction)
    .flatMap(({ id }) =>
      (contents.find((one) => one.paymentId === id)?.claims ?? []).map(({ orderNumber }) => ({
        orderNumber,
        status:
          locked.find(({ order }) => order.orderNumber === orderNumber)?.claim.status ?? 'settled',
        paymentId: id,
      })),
    )

const reserve = async (
  deps: Pick<Deps, 'clock'>,
  tx: Transaction,
  run: RunToReserve,
  { agreement, payees, fees, drafts }: Prepared,
): Promise<ReservedRun> => {
  const { bank, customerId, payments: contents } = run
  const locked = await lockClaims(
    tx,
    contents.flatMap((one) => one.claims.map((claim) => claim.orderNumber)),
  )
  // Looked up under the lock: of two equal calls the second sees here what the first has stored.
  const known = await findKnown(tx, contents)
  checkKnown(known, run)
  const elsewhere = withoutInstruction(known, contents, locked)
  if (elsewhere.length > 0)
    return { outcome: 'not-reserved', reason: 'claim-not-payable', claims: elsewhere }

  const knownIds = new Set(known.map((one) => one.id))
  const fresh = drafts.filter((draft) => !knownIds.has(draft.payment.id))
  if (fresh.length > 0) {
    const wanted = fresh.map((draft) => draft.content)
    const numbers = new Set(wanted.flatMap((one) => one.claims.map((claim) => claim.orderNumber)))
    const claims = claimsByNumber(
      locked.filter(({ order }) => numbers.has(order.orderNumber)),
      { bank: bank.code, customerId, contents: wanted },
    )
    if (agreement.expiresAt.getTime() <= Date.now())
      return { outcome: 'not-reserved', reason: 'authorisation-expired', claims: [] }
    const taken = notPayable(claims, { day: agreement.day, payees })
    if (taken.length > 0)
      return { outcome: 'not-reserved', reason: 'claim-not-payable', claims: taken }
    const stale = wanted.flatMap((one) =>
      staleClaims(one, claims, { payees, fees, day: agreement.day }),
    )
    if (stale.length > 0) return { outcome: 'not-reserved', reason: 'content-stale', claims: stale }
    await hold(deps, tx, { bank, agreement, drafts: fresh, claims })
  }
  return {
    outcome: 'reserved',
    payments: [...known, ...fresh.map((draft) => draft.payment)].flatMap(stored),
  }
}

const prepare = async (deps: ReserveDeps, run: RunToReserve): Promise<Prepared> => {
  const { bank } = run
  const agreement = await readAuthorisation(deps, bank, run.authorisation, run.payments)
  if (agreement.payer !== run.customerId) throw new AppError('not-found')
  const runId = deps.newId()
  const [payees, fees, drafts] = await Promise.all([
    findPayees(deps, run.payments),
    findFees(deps.db, bank.code, agreement.day),
    Promise.all(
      run.payments.map((content) => draftPayment(deps, bank, { content, agreement, runId })),
    ),
  ])
  return { agreement, payees, fees, drafts }
}

/**
 * Step 3 of a payment: holds the claims of a run for its payments and answers the signed instructions,
 * all or nothing, in one transaction (Figs. 15, 34). A known id with the same D is answered as it was
 * stored, whatever became of it; another D throws `digest-mismatch`. Claims that aren't this
 * customer's throw `not-found`.
 */
export const reserveRun = async (deps: ReserveDeps, run: RunToReserve): Promise<ReservedRun> => {
  checkForm(run.payments)
  const prepared = await prepare(deps, run)
  const once = () => changeByCall(deps, run.caller, (tx) => reserve(deps, tx, run, prepared))
  try {
    return await once()
  } catch (error) {
    // Two runs over different claims brought the same id at once: the second time it is known.
    if (violatesUnique(error, 'payments_pkey')) return once()
    throw error
  }
}
