import { eq, sql } from 'drizzle-orm'
import { type Receipt, signDocument } from '#shared/contracts/documents.ts'
import { uuidArray } from '#shared/database.ts'
import type { Deps } from '../deps.ts'
import type { DecidedPayment } from './post-payments.ts'
import { legs, payments, transfers } from './payments.table.ts'

type ReceiptDeps = Pick<Deps, 'db' | 'keys'>

/** The committed rows of decided payments. Never call it inside a transaction that decides. */
const findDecided = async (
  { db }: Pick<Deps, 'db'>,
  paymentIds: readonly string[],
): Promise<DecidedPayment[]> => {
  const rows = await db
    .select({ payment: payments, leg: legs, transfer: transfers })
    .from(payments)
    .leftJoin(legs, eq(legs.paymentId, payments.paymentId))
    .leftJoin(transfers, eq(transfers.transferId, legs.transferId))
    .where(sql`${payments.paymentId} = any(${uuidArray(paymentIds)})`)
  const decided = new Map<string, DecidedPayment>()
  for (const { payment, leg, transfer } of rows) {
    const one = decided.get(payment.paymentId) ?? { payment, transfers: [], legs: [] }
    decided.set(payment.paymentId, one)
    if (leg) one.legs.push(leg)
    if (transfer && !one.transfers.some((row) => row.transferId === transfer.transferId))
      one.transfers.push(transfer)
  }
  return [...decided.values()]
}

const present = <T extends object>(fields: T): { [K in keyof T]?: NonNullable<T[K]> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null)) as never

const byOrderNumber = (a: { orderNumber: string }, b: { orderNumber: string }) =>
  a.orderNumber < b.orderNumber ? -1 : 1

/** Legs in order of their claims, and each transfer's fee where the first of its legs is. */
const legsAndFees = ({
  transfers,
  legs,
}: Omit<DecidedPayment, 'payment'>): Pick<Receipt, 'legs' | 'fees'> => {
  const transferOf = new Map(transfers.map((row) => [row.transferId, row]))
  const moved = legs.toSorted(byOrderNumber).flatMap(({ transferId, orderNumber, amountMinor }) => {
    const transfer = transferOf.get(transferId)
    return transfer ? [{ transfer, orderNumber, amountMinor }] : []
  })
  return {
    legs: moved.map(({ transfer, orderNumber, amountMinor }) => ({
      orderNumber,
      payeeAccount: transfer.creditAccount,
      amountMinor,
      transferId: transfer.transferId,
    })),
    fees: [...new Set(moved.map((one) => one.transfer))].map((transfer) => ({
      payeeAccount: transfer.creditAccount,
      transferId: transfer.transferId,
      feeMinor: transfer.feeMinor,
    })),
  }
}

const receiptOf = ({ payment, ...movements }: DecidedPayment): Receipt => ({
  iss: 'core-banking',
  aud: 'claim-server',
  jti: payment.paymentId,
  iat: Math.floor(Date.now() / 1000),
  result: payment.result,
  kind: payment.kind,
  payer: payment.payer,
  digest: payment.digest,
  ...legsAndFees(movements),
  decidedAt: payment.decidedAt,
  ...present({
    reason: payment.reason,
    shortByMinor: payment.shortByMinor,
    payerAccount: payment.payerAccount,
    currency: payment.currency,
    authorisedAt: payment.authorisedAt,
  }),
})

const signDecided = async (
  { keys }: Pick<Deps, 'keys'>,
  decided: Iterable<DecidedPayment>,
): Promise<Map<string, string>> => {
  const signed = await Promise.all(
    Array.from(
      decided,
      async (one): Promise<[string, string]> => [
        one.payment.paymentId,
        await signDocument(keys, 'receipt', receiptOf(one)),
      ],
    ),
  )
  return new Map(signed)
}

/** The receipts of decided payments, signed with today's key; ids that were never heard of are left out. */
export const signReceipts = async (
  deps: ReceiptDeps,
  paymentIds: readonly string[],
): Promise<Map<string, string>> =>
  paymentIds.length === 0 ? new Map() : signDecided(deps, await findDecided(deps, paymentIds))

/** A payment of which there is a decision, and that decision where it was committed just now. */
export interface KnownPayment {
  paymentId: string
  decided: DecidedPayment | undefined
}

/** The same for payments of which some were decided just now: these are not read again. */
export const signKnown = async (
  deps: ReceiptDeps,
  known: readonly KnownPayment[],
): Promise<Map<string, string>> => {
  const before = known.flatMap((one) => (one.decided ? [] : [one.paymentId]))
  const [found, fresh] = await Promise.all([
    signReceipts(deps, before),
    signDecided(deps, new Set(known.flatMap((one) => one.decided ?? []))),
  ])
  return new Map([...found, ...fresh])
}

/** The receipt of a payment that was decided and committed. */
export const signReceipt = async (deps: ReceiptDeps, paymentId: string): Promise<string> => {
  const receipt = (await signReceipts(deps, [paymentId])).get(paymentId)
  if (!receipt) throw new Error('a decided payment without its row')
  return receipt
}
