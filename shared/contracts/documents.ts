import * as z from 'zod'
import { type KeySource, signJws, TokenRefused, verifyJws } from '../jws.ts'
import type { KeyPurpose, KeyRing, PublicJwk } from '../keys.ts'
import type { Trust } from '../service-routes.ts'
import type { Service } from '../service-token.ts'
import {
  accountKey,
  amountMinor,
  currency,
  customerId,
  instant,
  localDate,
  orderNumber,
  uuid,
  zeroOrMoreMinor,
} from './fields.ts'
import { digest, payeeHolder } from './payment-content.ts'

/**
 * The core's signed word that this customer agreed, just now, to exactly these payments.
 * Good for those payment ids; `exp` is five minutes after `iat` (seconds since 1970).
 */
export const authorisation = z.strictObject({
  iss: z.literal('core-banking'),
  aud: z.literal('claim-server'),
  iat: z.int(),
  exp: z.int(),
  authTime: z.int(),
  payer: customerId,
  payments: z
    .array(z.strictObject({ paymentId: uuid, digest }))
    .min(1)
    .max(20),
})
export type Authorisation = z.output<typeof authorisation>

/** The claim server's signed word on which payee accounts get what for which claims. */
export const instruction = z.strictObject({
  iss: z.literal('claim-server'),
  aud: z.literal('core-banking'),
  iat: z.int(),
  /** Submit-before: seconds since 1970, after which the core refuses to execute. */
  submitBefore: z.int(),
  kind: z.enum(['payment', 'dated payment', 'refund']),
  paymentId: uuid,
  day: localDate,
  payer: customerId,
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
    .max(50),
  groups: z
    .array(
      z.strictObject({
        payeeAccount: accountKey,
        transferId: uuid,
        feeMinor: zeroOrMoreMinor,
        /** What the payee's statement shows. */
        reference: z.string().max(140),
      }),
    )
    .min(1),
  currency,
  digest,
})
export type Instruction = z.output<typeof instruction>

/** Why the core refused a payment; final, stored, in words on the result page. */
export const refusalReason = z.enum([
  'submitted-late',
  'not-authorised',
  'already-paid',
  'insufficient-funds',
  'account-closed',
  'payee-not-found',
])
export type RefusalReason = z.infer<typeof refusalReason>

/** The core's signed answer on a payment: executed, refused or voided. Evidence, without an end. */
export const receipt = z.strictObject({
  iss: z.literal('core-banking'),
  aud: z.literal('claim-server'),
  /** The payment id. */
  jti: uuid,
  iat: z.int(),
  result: z.enum(['executed', 'refused', 'voided']),
  reason: refusalReason.optional(),
  /** With insufficient-funds: how much was missing. */
  shortByMinor: zeroOrMoreMinor.optional(),
  kind: z.enum(['payment', 'dated payment', 'refund']),
  payer: customerId,
  digest,
  payerAccount: accountKey.optional(),
  currency: currency.optional(),
  /** One leg per claim; empty unless executed. */
  legs: z.array(
    z.strictObject({ orderNumber, payeeAccount: accountKey, amountMinor, transferId: uuid }),
  ),
  fees: z.array(
    z.strictObject({ payeeAccount: accountKey, transferId: uuid, feeMinor: zeroOrMoreMinor }),
  ),
  /** When the customer agreed; a payment agreed in time is in time. */
  authorisedAt: instant.optional(),
  /** When the core decided. */
  decidedAt: instant,
})
export type Receipt = z.output<typeof receipt>

const documents = {
  authorisation: { typ: 'authz+jwt', purpose: 'authorisation', schema: authorisation },
  instruction: { typ: 'instr+jwt', purpose: 'instruction', schema: instruction },
  receipt: { typ: 'receipt+jwt', purpose: 'receipt', schema: receipt },
} as const satisfies Record<string, { typ: string; purpose: KeyPurpose; schema: z.ZodType }>

type Kind = keyof typeof documents
type Content<K extends Kind> = z.output<(typeof documents)[K]['schema']>
type Unparsed<K extends Kind> = { [P in keyof Content<K>]: Content<K>[P] }

/** Signs an authorisation, instruction or receipt with the signer's key for that purpose. */
export const signDocument = <K extends Kind>(
  keys: KeyRing,
  kind: K,
  content: Unparsed<K>,
): Promise<string> => signJws(keys, documents[kind].purpose, documents[kind].typ, content)

/**
 * Verifies a document by a key that its issuer publishes today, and parses it. Throws `TokenRefused`
 * for anything else than exactly such a document. Expiry is for the caller to judge. The public key
 * is kept with a document that is evidence, so that it can be checked again when it is published no more.
 */
export const readDocument = async <K extends Kind>(
  trust: Trust,
  kind: K,
  token: string,
): Promise<{ content: Content<K>; kid: string; publicKey: () => Promise<PublicJwk> }> => {
  const { typ, purpose, schema } = documents[kind]
  const { payload, kid, publicKey } = await verifyJws(token, {
    typ,
    keysOf: (issuer): KeySource | undefined =>
      issuer === signerOf[kind] ? trust.keysOf(issuer, purpose) : undefined,
    isDenied: trust.isDenied,
  })
  const parsed = schema.safeParse(payload)
  if (!parsed.success) throw new TokenRefused(`content: ${parsed.error.issues[0]?.path.join('.')}`)
  return { content: parsed.data as Content<K>, kid, publicKey }
}

export const signerOf: Record<Kind, Service> = {
  authorisation: 'core-banking',
  instruction: 'claim-server',
  receipt: 'core-banking',
}
