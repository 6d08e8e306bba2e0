import { and, eq } from 'drizzle-orm'
import type { Transaction } from '#shared/database.ts'
import { knownKeys, TokenRefused } from '#shared/jws.ts'
import { readDocument } from '#shared/contracts/documents.ts'
import type { Deps } from '../deps.ts'
import { type payments, receiptKeys } from '../payments/payments.table.ts'

type StoredReceipt = Pick<
  typeof payments.$inferSelect,
  'id' | 'status' | 'digest' | 'receipt' | 'receiptKid'
>

/**
 * Whether the stored receipt of a payment verifies today by the key that was archived with it, and says
 * what the row says. Null while there is none. A key that staff have denied verifies nothing.
 */
export const verifyReceipt = async (
  tx: Transaction,
  { trust }: Pick<Deps, 'trust'>,
  { id, status, digest, receipt, receiptKid }: StoredReceipt,
): Promise<boolean | null> => {
  if (receipt === null || receiptKid === null) return null
  const [archived] = await tx
    .select({ jwk: receiptKeys.jwk })
    .from(receiptKeys)
    .where(and(eq(receiptKeys.issuer, 'core-banking'), eq(receiptKeys.kid, receiptKid)))
  if (!archived) return false
  const source = knownKeys([
    { ...JSON.parse(archived.jwk), kid: receiptKid, alg: 'ES256', use: 'sig' },
  ])
  const byArchive = { ...trust, keysOf: () => source }
  try {
    const { content } = await readDocument(byArchive, 'receipt', receipt)
    // A void stands for any content of its payment.
    const sameContent = content.result === 'voided' || content.digest === digest
    return content.jti === id && content.result === status && sameContent
  } catch (error) {
    if (error instanceof TokenRefused) return false
    throw error
  }
}
