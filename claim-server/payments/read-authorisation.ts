import { digestOf, type PaymentContent } from '#shared/contracts/payment-content.ts'
import { dateIn, type LocalDate } from '#shared/dates.ts'
import { fieldError } from '#shared/errors.ts'
import type { Bank } from '../banks/find-bank.ts'
import type { Deps } from '../deps.ts'
import { readBankDocument } from './read-bank-document.ts'

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

/**
 * Verifies the core's authorisation of these contents, each D recomputed. Throws `invalid` when it
 * isn't one or doesn't cover them, `unavailable` without the core's keys. Its end is for the caller
 * to judge: a known payment needs none.
 */
export const readAuthorisation = async (
  deps: Pick<Deps, 'trust' | 'clock' | 'log'>,
  bank: Bank,
  token: string,
  contents: readonly PaymentContent[],
): Promise<Agreement> => {
  const { iat, exp, payer, payments } = (await readBankDocument(deps, 'authorisation', token))
    .content
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
