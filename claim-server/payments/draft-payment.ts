import { signDocument } from '#shared/contracts/documents.ts'
import { digestOf, groupsOf, type PaymentContent } from '#shared/contracts/payment-content.ts'
import { sumMinor } from '#shared/money.ts'
import { numberOfId } from './number-of-id.ts'
import type { Bank } from '../banks/find-bank.ts'
import type { Deps } from '../deps.ts'
import type { groups, payments } from './payments.table.ts'
import type { Agreement } from './read-authorisation.ts'

const secondsToSubmit = 30

/** When the resolver looks after a payment for the first time: most are complete by then. */
const firstAskMs = 1000

/** A payment ready to be stored: its row, its groups with their transfer ids, its signed instruction. */
export interface Draft {
  content: PaymentContent
  payment: typeof payments.$inferInsert & { instruction: string; submitBefore: Date }
  groups: (typeof groups.$inferInsert & { orderNumbers: string[] })[]
}

const longestReference = 140

const referenceOf = (groupNumber: string, orderNumbers: readonly string[]) =>
  [groupNumber, ...orderNumbers].join(' ').slice(0, longestReference)

const draftGroups = (content: PaymentContent, newId: () => string): Draft['groups'] =>
  groupsOf(content).map((group) => {
    const transferId = newId()
    return {
      ...group,
      transferId,
      paymentId: content.paymentId,
      groupNumber: numberOfId('G', transferId),
      payeeHolder:
        content.claims.find((claim) => claim.payeeAccount === group.payeeAccount)?.payeeHolder ??
        '',
    }
  })

/**
 * Makes a payment of an agreed content and signs its instruction, to be submitted within 30 s and
 * never after the authorisation's end. Nothing is stored or held yet.
 */
export const draftPayment = async (
  { keys, newId }: Pick<Deps, 'keys' | 'newId'>,
  bank: Bank,
  { content, agreement, runId }: { content: PaymentContent; agreement: Agreement; runId: string },
): Promise<Draft> => {
  const nowSeconds = Math.floor(Date.now() / 1000)
  const submitBefore = Math.min(
    nowSeconds + secondsToSubmit,
    Math.floor(agreement.expiresAt.getTime() / 1000),
  )
  const groups = draftGroups(content, newId)
  const digest = digestOf(content)
  const instruction = await signDocument(keys, 'instruction', {
    iss: 'claim-server',
    aud: 'core-banking',
    iat: nowSeconds,
    submitBefore,
    kind: content.kind,
    paymentId: content.paymentId,
    day: content.day,
    payer: agreement.payer,
    payerAccount: content.payerAccount,
    claims: content.claims,
    groups: groups.map(({ payeeAccount, transferId, feeMinor, groupNumber, orderNumbers }) => ({
      payeeAccount,
      transferId,
      feeMinor,
      reference: referenceOf(groupNumber, orderNumbers),
    })),
    currency: content.currency,
    digest,
  })
  const createdAt = new Date()
  return {
    content,
    groups,
    payment: {
      id: content.paymentId,
      runId,
      reference: numberOfId('P', content.paymentId),
      bank: bank.code,
      customerId: agreement.payer,
      kind: content.kind,
      status: 'paying',
      account: content.payerAccount,
      day: content.day,
      currency: content.currency,
      amountMinor: sumMinor(groups.map((group) => group.amountMinor)),
      feeMinor: sumMinor(groups.map((group) => group.feeMinor)),
      digest,
      authorisation: agreement.token,
      instruction,
      authorisedAt: agreement.authorisedAt,
      submitBefore: new Date(submitBefore * 1000),
      createdAt,
      askAt: new Date(createdAt.getTime() + firstAskMs),
      timesAsked: 0,
    },
  }
}
