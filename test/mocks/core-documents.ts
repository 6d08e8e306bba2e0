import { signDocument } from '#shared/contracts/documents.ts'
import { digestOf, type PaymentContent } from '#shared/contracts/payment-content.ts'
import type { KeyRing } from '#shared/keys.ts'
import type { CoreState } from './core-state.ts'

const validSeconds = 300

/** The signed authorisation of these payments: from now on, for five minutes. */
export const signAuthorisation = (
  keys: KeyRing,
  payer: string,
  payments: readonly PaymentContent[],
): Promise<string> => {
  const iat = Math.floor(Date.now() / 1000)
  return signDocument(keys, 'authorisation', {
    iss: 'core-banking',
    aud: 'claim-server',
    iat,
    exp: iat + validSeconds,
    authTime: iat,
    payer,
    payments: payments.map((one) => ({ paymentId: one.paymentId, digest: digestOf(one) })),
  })
}

/** The stored receipt, signed now; null for a payment that was not decided. */
export const signReceipt = async (
  keys: KeyRing,
  { receipts }: CoreState,
  paymentId: string,
): Promise<string | null> => {
  const stored = receipts.get(paymentId)
  const iat = Math.floor(Date.now() / 1000)
  return stored ? signDocument(keys, 'receipt', { ...stored, iat }) : null
}
