import { digestOf, type PaymentContent } from '#shared/contracts/payment-content.ts'
import type { Deps } from '../deps.ts'
import { signAndRemember } from './own-authorisations.ts'

const lifetimeSeconds = 300

/** The signed authorisation of these payments: from now on, for five minutes of real time. */
export const signAuthorisation = (
  { keys }: Pick<Deps, 'keys'>,
  payer: string,
  payments: PaymentContent[],
): Promise<string> => {
  const iat = Math.floor(Date.now() / 1000)
  return signAndRemember(keys, {
    iss: 'core-banking',
    aud: 'claim-server',
    iat,
    exp: iat + lifetimeSeconds,
    authTime: iat,
    payer,
    payments: payments.map((one) => ({ paymentId: one.paymentId, digest: digestOf(one) })),
  })
}
