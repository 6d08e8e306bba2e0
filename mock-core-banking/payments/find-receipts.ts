import type { Deps } from '../deps.ts'
import { signReceipts } from './sign-receipts.ts'

/** The receipt of each payment, or null for "not known", which is never "refused". */
export const findReceipts = async (
  deps: Pick<Deps, 'db' | 'keys'>,
  { paymentIds }: { paymentIds: string[] },
): Promise<{ receipts: { paymentId: string; receipt: string | null }[] }> => {
  const signed = await signReceipts(deps, paymentIds)
  return {
    receipts: paymentIds.map((paymentId) => ({
      paymentId,
      receipt: signed.get(paymentId) ?? null,
    })),
  }
}
