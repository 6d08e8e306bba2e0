import type { Hono } from 'hono'
import {
  executePayment,
  findReceipts,
  listExecuted,
  voidPayment,
} from '#shared/contracts/core-banking.ts'
import { type Instruction, readDocument } from '#shared/contracts/documents.ts'
import { digestOf, type PaymentContent, paymentContent } from '#shared/contracts/payment-content.ts'
import type { Clock } from '#shared/dates.ts'
import { AppError, fieldError } from '#shared/errors.ts'
import { toJsonValue } from '#shared/json.ts'
import { TokenRefused } from '#shared/jws.ts'
import { type KeyRing, purposesOf } from '#shared/keys.ts'
import { servePublicKeys, type Trust } from '#shared/service-routes.ts'
import { answerCall, createMockApp, type MockOptions } from './answer-call.ts'
import { serveAccounts } from './core-accounts.ts'
import { serveCredentials } from './core-credentials.ts'
import { signReceipt } from './core-documents.ts'
import { decidePayment, storeReceipt } from './core-payments.ts'
import { serveStaff } from './core-staff.ts'
import { type CoreState, type CoreWorld, newCoreState } from './core-state.ts'
import { resetState } from './reset-state.ts'

/** What makes sure that a payment never executes. */
export interface VoidRequest {
  paymentId: string
  payer: string
  digest: string
  kind?: PaymentContent['kind']
}

export interface MockCoreBanking extends CoreState {
  app: Hono
  /** Deposits or takes out what is missing to that balance. */
  setBalance(account: string, balanceMinor: bigint): void
  /** The receipt, signed now; null when the core does not know the payment. */
  signReceipt(paymentId: string): Promise<string | null>
  /** Stores a void unless there is a receipt; the receipt either way. */
  voidPayment(request: VoidRequest): Promise<string>
  /** As it was at set-up. */
  reset(): void
}

export interface MockCoreOptions extends MockOptions {
  keys: KeyRing
  /** Believes the claim server's instructions and its own authorisations. */
  documents: Trust
  clock: Clock
  timeZone: string
  world: CoreWorld
}

const disagree = (detail: string) => fieldError('#/instruction', detail)

const toContent = ({ groups, ...instruction }: Instruction): PaymentContent => {
  const { kind, paymentId, day, payerAccount, claims, currency } = instruction
  const fees = groups.map(({ payeeAccount, feeMinor }) => ({ payeeAccount, feeMinor }))
  const content = { kind, paymentId, day, payerAccount, claims, fees, currency }
  const parsed = paymentContent.safeParse(toJsonValue(content))
  if (!parsed.success) throw disagree(parsed.error.issues[0]?.message ?? 'not payable')
  return parsed.data
}

const refuseDocument = (error: unknown): never => {
  if (error instanceof TokenRefused) throw new AppError('unauthenticated')
  throw error
}

/** What the signatures agree on. Throws `unauthenticated`, and `invalid` for what contradicts itself. */
const readExecution = async (
  documents: Trust,
  paymentId: string,
  sent: { instruction: string; authorisation: string },
) => {
  const [{ content: instruction }, { content: authorisation }] = await Promise.all([
    readDocument(documents, 'instruction', sent.instruction),
    readDocument(documents, 'authorisation', sent.authorisation),
  ]).catch(refuseDocument)
  if (instruction.paymentId !== paymentId) throw disagree('of another payment')
  const content = toContent(instruction)
  if (digestOf(content) !== instruction.digest) throw disagree('its digest is not of its content')
  const transferIds = new Set(instruction.groups.map((one) => one.transferId))
  if (transferIds.size !== content.fees.length) throw disagree('the same transfer id twice')
  return { instruction, authorisation, content }
}

const isUsedTransfer = ({ postings }: CoreState, { paymentId, groups }: Instruction) =>
  postings.some(
    (one) =>
      one.paymentId !== paymentId && groups.some(({ transferId }) => transferId === one.transferId),
  )

/** An opaque place in the list of decided payments. */
const toCursor = (place: number) => Buffer.from(`${place}`).toString('base64url')

const readCursor = (cursor: string): number => {
  const text = Buffer.from(cursor, 'base64url').toString()
  if (!/^\d{1,15}$/.test(text)) throw fieldError('?cursor', 'this is no cursor of this list')
  return Number(text)
}

const servePayments = (app: Hono, options: MockCoreOptions, core: MockCoreBanking) => {
  const receiptOf = async (paymentId: string) => (await core.signReceipt(paymentId)) ?? ''

  answerCall(app, options, executePayment, async ({ params: { paymentId }, body, caller }) => {
    const execution = await readExecution(options.documents, paymentId, body)
    const { digest, kind, payer } = execution.instruction
    if (kind !== 'refund' && caller.onBehalfOf !== payer) throw new AppError('not-found')
    const known = core.receipts.get(paymentId)
    if (known && known.result !== 'voided' && known.digest !== digest)
      throw new AppError('digest-mismatch')
    if (!known && isUsedTransfer(core, execution.instruction))
      throw disagree('a transfer id of another payment')
    if (!known) decidePayment(core, execution)
    return { receipt: await receiptOf(paymentId) }
  })

  answerCall(app, options, findReceipts, async ({ body: { paymentIds } }) => {
    const receipts = paymentIds.map(async (paymentId) => ({
      paymentId,
      receipt: await core.signReceipt(paymentId),
    }))
    return { receipts: await Promise.all(receipts) }
  })

  answerCall(app, options, voidPayment, async ({ params: { paymentId }, body }) => ({
    receipt: await core.voidPayment({ paymentId, ...body }),
  }))

  answerCall(app, options, listExecuted, async ({ query: { cursor, limit, since } }) => {
    const after = cursor === undefined ? 0 : readCursor(cursor)
    const executed = [...core.receipts.values()]
      .map((receipt, at) => ({ receipt, place: at + 1 }))
      .filter(({ receipt, place }) => receipt.result === 'executed' && place > after)
      .filter(({ receipt }) => since === undefined || receipt.decidedAt >= since)
    const page = executed.slice(0, limit)
    const last = page.at(-1)
    const receipts = page.map(async ({ receipt: { jti: paymentId, decidedAt } }) => ({
      paymentId,
      decidedAt,
      receipt: await receiptOf(paymentId),
    }))
    return {
      receipts: await Promise.all(receipts),
      nextCursor: last && executed.length > limit ? toCursor(last.place) : null,
    }
  })
}

const setBalance = ({ accounts, deposits }: CoreState, account: string, balanceMinor: bigint) => {
  const found = accounts.get(account)
  if (!found) throw new Error(`there is no account ${account}`)
  deposits.push({ account, amountMinor: balanceMinor - found.balanceMinor })
  found.balanceMinor = balanceMinor
}

/** Core banking in memory: accounts in; out come balances, postings, and receipts that verify. */
export const createMockCoreBanking = (options: MockCoreOptions): MockCoreBanking => {
  const { keys, clock, timeZone, world } = options
  const state = newCoreState(world, { clock, timeZone })
  const app = createMockApp()
  const core: MockCoreBanking = {
    ...state,
    app,
    setBalance: (account, balanceMinor) => setBalance(state, account, balanceMinor),
    signReceipt: (paymentId) => signReceipt(keys, state, paymentId),
    voidPayment: async ({ paymentId, kind = 'payment', ...request }) => {
      const nothing = { legs: [], fees: [], decidedAt: clock.now() }
      if (!state.receipts.has(paymentId))
        storeReceipt(state, paymentId, { result: 'voided', kind, ...request, ...nothing })
      return (await signReceipt(keys, state, paymentId)) ?? ''
    },
    reset: () => resetState(state, newCoreState(world, { clock, timeZone })),
  }
  serveCredentials(app, options, state)
  serveAccounts(app, options, state)
  serveStaff(app, options, state)
  servePayments(app, options, core)
  servePublicKeys(app, keys, purposesOf['core-banking'] ?? [])
  return core
}
