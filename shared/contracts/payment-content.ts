import { createHash } from 'node:crypto'
import { z } from 'zod'
import { canonicalJson } from '../canonical-json.ts'
import { sumMinor } from '../money.ts'
import {
  accountKey,
  amountMinor,
  currency,
  localDate,
  orderNumber,
  uuid,
  zeroOrMoreMinor,
} from './fields.ts'

export const mostClaimsOfPayment = 50

/** Exactly what a customer agrees to: what the confirmation page shows and the digest D covers. */
export const paymentContent = z
  .strictObject({
    kind: z.enum(['payment', 'dated payment', 'refund']),
    paymentId: uuid,
    day: localDate,
    payerAccount: accountKey,
    claims: z
      .array(
        z.strictObject({
          orderNumber,
          payeeAccount: accountKey,
          /** The payee account's holder as the core names it. */
          payeeHolder: z.string().min(1).max(140),
          amountMinor,
        }),
      )
      .min(1)
      .max(mostClaimsOfPayment),
    /** One fee per group, that is per payee account. */
    fees: z.array(z.strictObject({ payeeAccount: accountKey, feeMinor: zeroOrMoreMinor })).min(1),
    currency,
  })
  .superRefine((content, context) => {
    // Here zod also comes with fields that it refused: an amount of zero is no bigint yet.
    if (context.issues.length > 0) return
    const payees = new Set(content.claims.map((claim) => claim.payeeAccount))
    const feePayees = content.fees.map((fee) => fee.payeeAccount)
    if (feePayees.length !== payees.size || feePayees.some((payee) => !payees.has(payee)))
      context.addIssue({
        code: 'custom',
        path: ['fees'],
        message: 'one fee for each payee account',
      })
    if (new Set(feePayees).size !== feePayees.length)
      context.addIssue({
        code: 'custom',
        path: ['fees'],
        message: 'one fee for each payee account',
      })
    const numbers = content.claims.map((claim) => claim.orderNumber)
    if (new Set(numbers).size !== numbers.length)
      context.addIssue({ code: 'custom', path: ['claims'], message: 'the same claim twice' })
    if (totalOf(content) > BigInt(Number.MAX_SAFE_INTEGER))
      context.addIssue({ code: 'custom', path: ['claims'], message: 'the sum is too large' })
  })
export type PaymentContent = z.output<typeof paymentContent>

/** D of a payment, base64url. */
export const digest = z.string().regex(/^[A-Za-z0-9_-]{43}$/)

const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/**
 * D: SHA-256 of the RFC 8785 JSON of the content, claims in order of their numbers, fees in order of
 * payee account. Whoever checks D recomputes it with this; a carried value alone proves nothing.
 */
export const digestOf = (content: PaymentContent): string =>
  createHash('sha256')
    .update(
      canonicalJson({
        kind: content.kind,
        paymentId: content.paymentId,
        day: content.day,
        payerAccount: content.payerAccount,
        claims: content.claims
          .map(({ orderNumber, payeeAccount, payeeHolder, amountMinor }) => ({
            orderNumber,
            payeeAccount,
            payeeHolder,
            amountMinor,
          }))
          .sort((a, b) => byText(a.orderNumber, b.orderNumber)),
        fees: content.fees
          .map(({ payeeAccount, feeMinor }) => ({ payeeAccount, feeMinor }))
          .sort((a, b) => byText(a.payeeAccount, b.payeeAccount)),
        currency: content.currency,
      }),
    )
    .digest('base64url')

export interface ContentGroup {
  payeeAccount: string
  orderNumbers: string[]
  amountMinor: bigint
  feeMinor: bigint
}

/** The groups of a content: claims of one payee account share one transfer and one fee (Fig. 15). */
export const groupsOf = (content: PaymentContent): ContentGroup[] =>
  content.fees.map(({ payeeAccount, feeMinor }) => {
    const claims = content.claims.filter((claim) => claim.payeeAccount === payeeAccount)
    return {
      payeeAccount,
      orderNumbers: claims.map((claim) => claim.orderNumber),
      amountMinor: sumMinor(claims.map((claim) => claim.amountMinor)),
      feeMinor,
    }
  })

/** What the payer's account is debited: all claims and all fees. */
export const totalOf = (content: PaymentContent): bigint =>
  sumMinor([
    ...content.claims.map((claim) => claim.amountMinor),
    ...content.fees.map((fee) => fee.feeMinor),
  ])
