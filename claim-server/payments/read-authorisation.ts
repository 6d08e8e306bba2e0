import { readDocument } from '#shared/contracts/documents.ts'
import { digestOf, type PaymentContent } from '#shared/contracts/payment-content.ts'
import { dateIn, type LocalDate } from '#shared/dates.ts'
import { fieldError } from '#shared/errors.ts'
import { TokenRefused } from '#shared/jws.ts'
import type { Bank } from '../banks/find-bank.ts'
import type { Deps } from '../deps.ts'

/** What the core signed: that this payer agreed to these payments. */
export interface Agreement {
  token: string
  payer: string
  /** When the payer agreed, by the business clock, and the bank's date then. */
  authorisedAt: Date
  day: LocalDate
  /** Real time. */
  expiresAt: Date
}

const readToken = async (deps: Pick<Deps, 'trust'>, token: string) => {
  try {
    return (await readDocument(deps.trust, 'authorisation', token)).content
  } catch (error) {
    if (error instanceof TokenRefused)
      throw fieldError('#/authorisation', 'this is no authorisation of the bank')
    throw error
  }
}

/**
 * Verifies the core's authorisation of these contents, each D recomputed. Throws `invalid` when it
 * isn't one or doesn't cover them. Its end is for the caller to judge: a known payment has none.
 */
export const readAuthorisation = async (
  deps: Pick<Deps, 'trust' | 'clock'>,
  bank: Bank,
  token: string,
  contents: readonly PaymentContent[],
): Promise<Agreement> => {
  const { iat, exp, payer, payments } = await readToken(deps, token)
  const agreed = new Map(payments.map((one) => [one.paymentId, one.digest]))
  for (const content of contents)
    if (agreed.get(content.paymentId) !== digestOf(content))
      throw fieldError('#/authorisation', 'the authorisation is for another content')
  // On time is what was authorised on time, so the age is taken off the business clock.
  const authorisedAt = new Date(deps.clock.now().getTime() - (Date.now() - iat * 1000))
  return {
    token,
    payer,
    authorisedAt,
    day: dateIn(bank.timeZone, authorisedAt),
    expiresAt: new Date(exp * 1000),
  }
}
