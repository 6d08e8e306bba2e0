import { randomUUIDv7 } from 'node:crypto'
import { readDocument, signDocument } from '#shared/contracts/documents.ts'
import { digestOf, groupsOf, type PaymentContent } from '#shared/contracts/payment-content.ts'
import { dateIn } from '#shared/dates.ts'
import { fieldError } from '#shared/errors.ts'
import { TokenRefused } from '#shared/jws.ts'
import type { KeyRing } from '#shared/keys.ts'
import type { Trust } from '#shared/service-routes.ts'
import { numberOfId } from '../../claim-server/payments/number-of-id.ts'
import type { MockOptions } from './answer-call.ts'
import type { ClaimServerState, MockPayment } from './claim-server-state.ts'

/** What signs instructions, and whose authorisations and receipts are believed. */
export type DocumentOptions = MockOptions & { keys: KeyRing; documents: Trust }

const submitSeconds = 30

/** A document that the core signed. Throws `invalid` for anything else. */
export const readBankDocument = async <Kind extends 'authorisation' | 'receipt'>(
  documents: Trust,
  kind: Kind,
  token: string,
) => {
  try {
    return (await readDocument(documents, kind, token)).content
  } catch (error) {
    if (error instanceof TokenRefused)
      throw fieldError(`#/${kind}`, `this is no ${kind} of the bank`)
    throw error
  }
}

/** What the core signed: who agreed, when by the business clock, and until when it counts. */
export interface Agreement {
  payer: string
  authorisedAt: Date
  day: string
  /** Seconds of real time. */
  exp: number
}

/** Verifies the core's authorisation of these contents, each D recomputed. Throws `invalid`. */
export const readAgreement = async (
  state: ClaimServerState,
  documents: Trust,
  token: string,
  contents: readonly PaymentContent[],
): Promise<Agreement> => {
  const { iat, exp, payer, payments } = await readBankDocument(documents, 'authorisation', token)
  for (const content of contents) {
    const agreed = payments.find((one) => one.paymentId === content.paymentId)
    if (agreed?.digest !== digestOf(content))
      throw fieldError('#/authorisation', 'the authorisation is for another content')
  }
  const authorisedAt = new Date(state.clock.now().getTime() - (Date.now() - iat * 1000))
  return { payer, authorisedAt, day: dateIn(state.timeZone, authorisedAt), exp }
}

export const isOver = ({ exp }: Agreement) => exp * 1000 <= Date.now()

/** A payment ready to be held, with its signed instruction. */
export const draft = async (
  keys: KeyRing,
  content: PaymentContent,
  { payer, authorisedAt, exp }: Agreement,
  { runId, refundedPaymentId }: { runId: string; refundedPaymentId?: string },
): Promise<MockPayment & { instruction: string }> => {
  const iat = Math.floor(Date.now() / 1000)
  const submitBefore = Math.min(iat + submitSeconds, exp)
  const groups = groupsOf(content).map((group) => {
    const transferId = randomUUIDv7()
    const claim = content.claims.find((one) => one.payeeAccount === group.payeeAccount)
    const groupNumber = numberOfId('G', transferId)
    return { ...group, transferId, groupNumber, payeeHolder: claim?.payeeHolder ?? '' }
  })
  const { kind, paymentId, day, payerAccount, claims, currency } = content
  const digest = digestOf(content)
  const instruction = await signDocument(keys, 'instruction', {
    iss: 'claim-server',
    aud: 'core-banking',
    iat,
    submitBefore,
    kind,
    paymentId,
    day,
    payer,
    payerAccount,
    claims,
    groups: groups.map(({ payeeAccount, transferId, feeMinor, groupNumber, orderNumbers }) => ({
      payeeAccount,
      transferId,
      feeMinor,
      reference: [groupNumber, ...orderNumbers].join(' ').slice(0, 140),
    })),
    currency,
    digest,
  })
  const transferOf = new Map(groups.map((one) => [one.payeeAccount, one.transferId]))
  return {
    paymentId,
    runId,
    payer,
    kind,
    day,
    currency,
    digest,
    instruction,
    authorisedAt,
    status: 'paying',
    account: payerAccount,
    submitBefore: new Date(submitBefore * 1000),
    createdAt: new Date(),
    timesAsked: 0,
    receipt: undefined,
    groups: groups.map(({ orderNumbers: _orderNumbers, ...group }) => group),
    claims: claims.map(({ orderNumber, payeeAccount, amountMinor }) => ({
      orderNumber,
      transferId: transferOf.get(payeeAccount) ?? '',
      amountMinor,
      live: true,
    })),
    exceptions: new Map(),
    refundedPaymentId,
  }
}
