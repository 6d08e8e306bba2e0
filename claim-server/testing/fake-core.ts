import { createLocalJWKSet } from 'jose'
import { randomUUIDv7 } from 'node:crypto'
import {
  checkBooks,
  findReceipts,
  listExecuted,
  voidPayment,
} from '#shared/contracts/core-banking.ts'
import type { AnyCall, Sent } from '#shared/contracts/call.ts'
import { readDocument, type Receipt, signDocument } from '#shared/contracts/documents.ts'
import { digestOf, type PaymentContent } from '#shared/contracts/payment-content.ts'
import { AppError } from '#shared/errors.ts'
import type { KeyPurpose, KeyRing } from '#shared/keys.ts'
import type { Service } from '#shared/service-token.ts'
import { NoAnswer, type ServiceClient } from '#shared/service-client.ts'
import type { Trust } from '#shared/service-routes.ts'

/** Trust in key rings that are at hand, without a network. */
export const trustRings = (
  service: Service,
  rings: Partial<Record<Service, KeyRing>>,
  isDenied: (kid: string) => boolean = () => false,
): Trust => ({
  service,
  isDenied,
  keysOf(issuer, purpose: KeyPurpose) {
    const ring = rings[issuer as Service]
    return ring && { find: createLocalJWKSet({ keys: ring.publicKeys(purpose) }) }
  },
})

type Decision = Omit<Receipt, 'iat'>

/** A core in memory for the claim server's own tests: real signatures, no accounts. */
export interface FakeCore {
  callCore: ServiceClient
  /** The customer's agreement to these payments; `agoSeconds` ago, good for five minutes. */
  authorise(
    payer: string,
    contents: readonly PaymentContent[],
    agoSeconds?: number,
  ): Promise<string>
  /** What the portal does in step 4. Returns the receipt. */
  execute(instruction: string): Promise<string>
  /** Executes a content that the claim server never instructed. */
  executeUnasked(
    payer: string,
    content: PaymentContent,
    changed?: Partial<Receipt>,
  ): Promise<string>
  /** The stored receipt, signed again. */
  receiptOf(paymentId: string): Promise<string>
  /** Every payment from now on is refused for that reason; undefined executes again. */
  refuseWith(reason: Receipt['reason']): void
  /** From now on no call gets an answer; false: answers again. */
  setDown(down: boolean): void
  /** What was decided, by payment id; tests may change it. */
  decisions: Map<string, Decision>
  /** The names of the calls that came, in order. */
  calls: string[]
}

const decisionBase = {
  iss: 'core-banking' as const,
  aud: 'claim-server' as const,
}

export const createFakeCore = (keys: KeyRing, claimServerKeys: KeyRing): FakeCore => {
  const decisions = new Map<string, Decision>()
  const calls: string[] = []
  const trust = trustRings('core-banking', { 'claim-server': claimServerKeys })
  let refusal: Receipt['reason']
  let down = false

  const sign = (decision: Decision) =>
    signDocument(keys, 'receipt', { ...decision, iat: Math.floor(Date.now() / 1000) })

  const store = (decision: Decision): Promise<string> => {
    const known = decisions.get(decision.jti)
    if (!known) decisions.set(decision.jti, decision)
    return sign(known ?? decision)
  }

  const execute = async (token: string): Promise<string> => {
    const { content } = await readDocument(trust, 'instruction', token)
    const known = decisions.get(content.paymentId)
    if (known) {
      if (known.digest !== content.digest && known.result !== 'voided')
        throw new AppError('digest-mismatch')
      return sign(known)
    }
    const late = content.submitBefore * 1000 < Date.now()
    const paid = [...decisions.values()].some(
      ({ kind, legs }) =>
        kind !== 'refund' &&
        content.kind !== 'refund' &&
        legs.some((leg) => content.claims.some((one) => one.orderNumber === leg.orderNumber)),
    )
    const reason = late ? 'submitted-late' : paid ? 'already-paid' : refusal
    const transferOf = new Map(content.groups.map((one) => [one.payeeAccount, one.transferId]))
    return store({
      ...decisionBase,
      jti: content.paymentId,
      result: reason ? 'refused' : 'executed',
      ...(reason ? { reason } : {}),
      ...(reason === 'insufficient-funds' ? { shortByMinor: 1n } : {}),
      kind: content.kind,
      payer: content.payer,
      digest: content.digest,
      payerAccount: content.payerAccount,
      currency: content.currency,
      legs: reason
        ? []
        : content.claims.map(({ orderNumber, payeeAccount, amountMinor }) => ({
            orderNumber,
            payeeAccount,
            amountMinor,
            transferId: transferOf.get(payeeAccount) as string,
          })),
      fees: reason
        ? []
        : content.groups.map(({ payeeAccount, transferId, feeMinor }) => ({
            payeeAccount,
            transferId,
            feeMinor,
          })),
      authorisedAt: new Date(),
      decidedAt: new Date(),
    })
  }

  const answers: Record<string, (sent: never) => Promise<unknown>> = {
    [findReceipts.name]: async ({ body }: Sent<typeof findReceipts>) => ({
      receipts: await Promise.all(
        body.paymentIds.map(async (paymentId) => {
          const known = decisions.get(paymentId)
          return { paymentId, receipt: known ? await sign(known) : null }
        }),
      ),
    }),
    [voidPayment.name]: async ({ params, body }: Sent<typeof voidPayment>) => ({
      receipt: await store({
        ...decisionBase,
        jti: params.paymentId,
        result: 'voided',
        kind: body.kind,
        payer: body.payer,
        digest: body.digest,
        legs: [],
        fees: [],
        decidedAt: new Date(),
      }),
    }),
    [listExecuted.name]: async ({ query }: Sent<typeof listExecuted>) => {
      const { since = '' } = query
      const executed = [...decisions.values()].filter(
        ({ result, decidedAt }) => result === 'executed' && decidedAt.toISOString() >= since,
      )
      const from = Number(query.cursor ?? 0)
      const page = executed.slice(from, from + Number(query.limit ?? 500))
      return {
        receipts: await Promise.all(
          page.map(async (one) => ({
            paymentId: one.jti,
            decidedAt: one.decidedAt,
            receipt: await sign(one),
          })),
        ),
        nextCursor: from + page.length < executed.length ? String(from + page.length) : null,
      }
    },
    [checkBooks.name]: async () => ({ transfers: decisions.size, postings: 0, differences: [] }),
  }

  return {
    decisions,
    calls,
    callCore: (async (call: AnyCall, sent: unknown) => {
      calls.push(call.name)
      const answer = answers[call.name]
      if (down || !answer) throw new NoAnswer(call.name, 'the fake core is down')
      return answer(sent as never)
    }) as ServiceClient,
    authorise(payer, contents, agoSeconds = 0) {
      const iat = Math.floor(Date.now() / 1000) - agoSeconds
      return signDocument(keys, 'authorisation', {
        ...decisionBase,
        iat,
        exp: iat + 300,
        authTime: iat,
        payer,
        payments: contents.map((one) => ({ paymentId: one.paymentId, digest: digestOf(one) })),
      })
    },
    execute,
    executeUnasked(payer, content, changed = {}) {
      const transfers = new Map(content.fees.map((fee) => [fee.payeeAccount, randomUUIDv7()]))
      return store({
        ...decisionBase,
        jti: content.paymentId,
        result: 'executed',
        kind: content.kind,
        payer,
        digest: digestOf(content),
        payerAccount: content.payerAccount,
        currency: content.currency,
        legs: content.claims.map(({ orderNumber, payeeAccount, amountMinor }) => ({
          orderNumber,
          payeeAccount,
          amountMinor,
          transferId: transfers.get(payeeAccount) as string,
        })),
        fees: content.fees.map((fee) => ({
          ...fee,
          transferId: transfers.get(fee.payeeAccount) as string,
        })),
        authorisedAt: new Date(),
        decidedAt: new Date(),
        ...changed,
      })
    },
    receiptOf: (paymentId) => sign(decisions.get(paymentId) as Decision),
    refuseWith: (reason) => {
      refusal = reason
    },
    setDown: (value) => {
      down = value
    },
  }
}
