import { createHash } from 'node:crypto'
import * as z from 'zod'
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

/** The payee account's holder as the core names it. */
export const payeeHolder = z.string().min(1).max(140)

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
          payeeHolder,
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
    for (const { path, message } of faultsOf(content))
      context.addIssue({ code: 'custom', path: [path], message })
  })
export type PaymentContent = z.output<typeof paymentContent>

/** What contradicts itself in a content whose fields are well-formed, each by itself. */
export const faultsOf = ({
  claims,
  fees,
}: Pick<PaymentContent, 'claims' | 'fees'>): { path: 'claims' | 'fees'; message: string }[] => {
  const payees = new Set(claims.map((claim) => claim.payeeAccount))
  const feePayees = new Set(fees.map((fee) => fee.payeeAccount))
  const isOneFeeEach =
    fees.length === payees.size && feePayees.size === fees.length && payees.isSubsetOf(feePayees)
  const numbers = new Set(claims.map((claim) => claim.orderNumber))
  return [
    ...(isOneFeeEach ? [] : [{ path: 'fees' as const, message: 'one fee for each payee account' }]),
    ...(numbers.size === claims.length
      ? []
      : [{ path: 'claims' as const, message: 'the same claim twice' }]),
    ...(totalOf({ claims, fees }) <= BigInt(Number.MAX_SAFE_INTEGER)
      ? []
      : [{ path: 'claims' as const, message: 'the sum is too large' }]),
  ]
}

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
export const totalOf = (content: Pick<PaymentContent, 'claims' | 'fees'>): bigint =>
  sumMinor([
    ...content.claims.map((claim) => claim.amountMinor),
    ...content.fees.map((fee) => fee.feeMinor),
  ])
