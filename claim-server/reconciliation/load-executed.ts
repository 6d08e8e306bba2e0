import { sql } from 'drizzle-orm'
import { type Receipt, readDocument } from '#shared/contracts/documents.ts'
import type { Transaction } from '#shared/database.ts'
import { TokenRefused } from '#shared/jws.ts'
import { coreBanking } from '../core-banking-client.ts'
import type { Deps } from '../deps.ts'

export interface UnreadReceipt {
  paymentId: string
  reason: string
}

type Reading = { receipt: Receipt } | UnreadReceipt

const read = async (
  { trust }: Pick<Deps, 'trust'>,
  { paymentId, receipt: token }: { paymentId: string; receipt: string },
): Promise<Reading> => {
  try {
    return { receipt: (await readDocument(trust, 'receipt', token)).content }
  } catch (error) {
    if (error instanceof TokenRefused) return { paymentId, reason: error.message }
    throw error
  }
}

const storeLegs = (tx: Transaction, receipts: readonly Receipt[]) => {
  const rows = receipts.flatMap(({ jti, kind, legs, fees }) =>
    legs.map(({ orderNumber, payeeAccount, transferId, amountMinor }) => ({
      paymentId: jti,
      kind,
      orderNumber,
      payeeAccount,
      transferId,
      amountMinor: `${amountMinor}`,
      feeMinor: `${fees.find((fee) => fee.transferId === transferId)?.feeMinor ?? 0n}`,
    })),
  )
  return tx.execute(sql`
    insert into executed_legs
    select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as leg("paymentId" uuid, kind text,
      "orderNumber" text, "payeeAccount" text, "transferId" uuid, "amountMinor" bigint, "feeMinor" bigint)`)
}

/**
 * Asks the core, page by page, for everything it executed (since then), and lays the legs down in the
 * table `executed_legs`, which goes with the transaction. Receipts that don't verify are left out and
 * returned.
 */
export const loadExecuted = async (
  deps: Pick<Deps, 'trust' | 'callCore'>,
  tx: Transaction,
  { since, signal }: { since?: Date | undefined; signal?: AbortSignal | undefined } = {},
): Promise<{ unread: UnreadReceipt[] }> => {
  await tx.execute(sql`
    create temporary table executed_legs (payment_id uuid, kind text, order_number text,
      payee_account text, transfer_id uuid, amount_minor bigint, fee_minor bigint) on commit drop`)
  const unread: UnreadReceipt[] = []
  let cursor: string | undefined
  do {
    signal?.throwIfAborted()
    const page = await coreBanking(deps).listExecuted({
      ...(cursor ? { cursor } : {}),
      ...(since ? { since: since.toISOString() } : {}),
    })
    const readings = await Promise.all(page.receipts.map((one) => read(deps, one)))
    unread.push(...readings.filter((one) => 'reason' in one))
    await storeLegs(
      tx,
      readings.flatMap((one) => ('receipt' in one ? one.receipt : [])),
    )
    cursor = page.nextCursor ?? undefined
  } while (cursor)
  await tx.execute(sql`create index on executed_legs (payment_id, order_number)`)
  await tx.execute(sql`create index on executed_legs (transfer_id)`)
  await tx.execute(sql`create index on executed_legs (order_number)`)
  await tx.execute(sql`analyze executed_legs`)
  return { unread }
}
