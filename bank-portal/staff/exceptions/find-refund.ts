import { decodeJwt } from 'jose'
import { findReceipts } from '#shared/contracts/core-banking.ts'
import { type Receipt, receipt } from '#shared/contracts/documents.ts'
import { AppError } from '#shared/errors.ts'
import type { Calls } from '../../deps.ts'
import { askCore } from '../staff-client.ts'
import type { StaffMember } from '../staff-deps.ts'

/**
 * What the core says of a refund, asked for by its id; undefined while it knows nothing of it. Nothing
 * is decided by it here, so its signature is left to the claim server. Throws `not-found` for a
 * payment that is no refund, and `NoAnswer`.
 */
export const findRefund = async (
  deps: Pick<Calls, 'callCore'>,
  member: StaffMember,
  paymentId: string,
): Promise<Receipt | undefined> => {
  const { receipts } = await askCore(deps, member)(findReceipts, {
    body: { paymentIds: [paymentId] },
  })
  const token = receipts.find((one) => one.paymentId === paymentId)?.receipt
  if (!token) return undefined
  const found = receipt.parse(decodeJwt(token))
  if (found.kind !== 'refund') throw new AppError('not-found')
  return found
}
