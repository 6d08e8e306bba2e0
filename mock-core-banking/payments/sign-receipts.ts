import { asc, eq, inArray } from 'drizzle-orm'
import { type Receipt, signDocument } from '#shared/contracts/documents.ts'
import type { Deps } from '../deps.ts'
import { legs, type PaymentRow, payments, transfers } from './payments.table.ts'

type ReceiptDeps = Pick<Deps, 'db' | 'keys'>

interface DecidedPayment {
  payment: PaymentRow
  legs: Receipt['legs']
  fees: Receipt['fees']
}

/** The committed rows of decided payments, by id. Never call it inside a transaction that decides. */
export const findDecided = async (
  { db }: Pick<Deps, 'db'>,
  paymentIds: string[],
): Promise<Map<string, DecidedPayment>> => {
  const rows = await db
    .select({ payment: payments, leg: legs, transfer: transfers })
    .from(payments)
    .leftJoin(legs, eq(legs.paymentId, payments.paymentId))
    .leftJoin(transfers, eq(transfers.transferId, legs.transferId))
    .where(inArray(payments.paymentId, paymentIds))
    .orderBy(asc(legs.orderNumber))
  const decided = new Map<string, DecidedPayment>()
  for (const { payment, leg, transfer } of rows) {
    const one = decided.get(payment.paymentId) ?? { payment, legs: [], fees: [] }
    decided.set(payment.paymentId, one)
    if (!leg || !transfer) continue
    const { transferId, creditAccount: payeeAccount, feeMinor } = transfer
    const { orderNumber, amountMinor } = leg
    one.legs.push({ orderNumber, payeeAccount, amountMinor, transferId })
    if (!one.fees.some((fee) => fee.transferId === transferId))
      one.fees.push({ payeeAccount, transferId, feeMinor })
  }
  return decided
}

const present = <T extends object>(fields: T): { [K in keyof T]?: NonNullable<T[K]> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null)) as never

const receiptOf = ({ payment, legs, fees }: DecidedPayment): Receipt => ({
  iss: 'core-banking',
  aud: 'claim-server',
  jti: payment.paymentId,
  iat: Math.floor(Date.now() / 1000),
  result: payment.result,
  kind: payment.kind,
  payer: payment.payer,
  digest: payment.digest,
  legs,
  fees,
  decidedAt: payment.decidedAt,
  ...present({
    reason: payment.reason,
    shortByMinor: payment.shortByMinor,
    payerAccount: payment.payerAccount,
    currency: payment.currency,
    authorisedAt: payment.authorisedAt,
  }),
})

/** The receipts of decided payments, signed with today's key; ids that were never heard of are left out. */
export const signReceipts = async (
  deps: ReceiptDeps,
  paymentIds: string[],
): Promise<Map<string, string>> => {
  const decided = await findDecided(deps, paymentIds)
  const signed = await Promise.all(
    [...decided].map(
      async ([paymentId, one]): Promise<[string, string]> => [
        paymentId,
        await signDocument(deps.keys, 'receipt', receiptOf(one)),
      ],
    ),
  )
  return new Map(signed)
}

/** The receipt of a payment that was decided and committed. */
export const signReceipt = async (deps: ReceiptDeps, paymentId: string): Promise<string> => {
  const receipt = (await signReceipts(deps, [paymentId])).get(paymentId)
  if (!receipt) throw new Error('a decided payment without its row')
  return receipt
}
