import type { Hono } from 'hono'
import { accountParts } from '#shared/accounts.ts'
import type { ReplyOf } from '#shared/contracts/call.ts'
import {
  accountExists,
  authoriseRun,
  checkCredentials,
  executePayment,
  findReceipts,
  listAccounts,
  nameHolders,
  voidPayment,
} from '#shared/contracts/core-banking.ts'
import { type Instruction, readDocument, signDocument } from '#shared/contracts/documents.ts'
import { digestOf, type PaymentContent } from '#shared/contracts/payment-content.ts'
import type { Clock } from '#shared/dates.ts'
import { AppError } from '#shared/errors.ts'
import { TokenRefused } from '#shared/jws.ts'
import { type KeyRing, purposesOf } from '#shared/keys.ts'
import { servePublicKeys, type Trust } from '#shared/service-routes.ts'
import { answerCall, createMockApp, type MockOptions } from './answer-call.ts'
import {
  type CoreState,
  countWrongTry,
  isCurrent,
  judgePayment,
  type MockAccount,
  type MockCustomer,
  ownAccounts,
  postPayment,
  storeReceipt,
} from './core-state.ts'

/** What makes sure that a payment never executes. */
export interface VoidRequest {
  paymentId: string
  payer: string
  digest: string
  kind?: PaymentContent['kind']
}

export interface MockCoreBanking extends CoreState {
  app: Hono
  setBalance(account: string, balanceMinor: bigint): void
  /** The receipt, signed now; null when the core does not know the payment. */
  signReceipt(paymentId: string): Promise<string | null>
  /** Stores a void unless there is a receipt; the receipt either way. */
  voidPayment(request: VoidRequest): Promise<string>
}

export interface MockCoreOptions extends MockOptions {
  keys: KeyRing
  /** Believes the claim server's instructions and its own authorisations. */
  documents: Trust
  clock: Clock
  timeZone: string
  customers: MockCustomer[]
  accounts: MockAccount[]
  feeAccount: string
}

type Core = Omit<MockCoreBanking, 'app'>

const validSeconds = 300

const toContent = ({ groups, ...instruction }: Instruction): PaymentContent => ({
  kind: instruction.kind,
  paymentId: instruction.paymentId,
  day: instruction.day,
  payerAccount: instruction.payerAccount,
  claims: instruction.claims,
  fees: groups.map(({ payeeAccount, feeMinor }) => ({ payeeAccount, feeMinor })),
  currency: instruction.currency,
})

const refuseDocument = (error: unknown): never => {
  if (error instanceof TokenRefused) throw new AppError('invalid', { detail: error.message })
  throw error
}

const serveCredentials = (app: Hono, options: MockCoreOptions, core: Core) => {
  const isMeant = (
    { userId, customerId }: MockCustomer,
    login: { userId: string } | { branch: string; accountNumber: string },
  ) =>
    'userId' in login
      ? userId === login.userId
      : ownAccounts(core, customerId).some((own) => {
          const { branch, number } = accountParts(own.account)
          return branch === login.branch && number === login.accountNumber
        })

  answerCall(
    app,
    options,
    checkCredentials,
    async ({ body: { login, password } }): Promise<ReplyOf<typeof checkCredentials>> => {
      const found = core.customers.find((one) => isMeant(one, login))
      if (found?.password !== password) return { outcome: 'not-accepted' }
      const { userId: _userId, password: _password, ...customer } = found
      return { outcome: 'accepted', customer }
    },
  )

  answerCall(
    app,
    options,
    authoriseRun,
    async ({ params: { customerId }, body }): Promise<ReplyOf<typeof authoriseRun>> => {
      const customer = core.customers.find((one) => one.customerId === customerId)
      if (!customer) throw new AppError('not-found')
      const { wrongPassword, contentStale } = core.scenarios
      Object.assign(core.scenarios, { wrongPassword: false, contentStale: false })
      if (contentStale || !body.payments.every((one) => isCurrent(core, one, customerId)))
        return { outcome: 'content-stale' }
      const lockedUntil = core.wrongTries.get(customerId)?.lockedUntil ?? 0
      if (lockedUntil > Date.now()) return { outcome: 'locked', lockedUntil: new Date(lockedUntil) }
      const numberFits = body.payments.some(
        (one) => accountParts(one.payerAccount).number === body.accountNumber,
      )
      if (wrongPassword || !numberFits || body.password !== customer.password)
        return { outcome: 'not-accepted', triesLeft: countWrongTry(core, customerId) }
      core.wrongTries.delete(customerId)
      const iat = Math.floor(Date.now() / 1000)
      const authorisation = await signDocument(options.keys, 'authorisation', {
        iss: 'core-banking',
        aud: 'claim-server',
        iat,
        exp: iat + validSeconds,
        authTime: iat,
        payer: customerId,
        payments: body.payments.map((one) => ({ paymentId: one.paymentId, digest: digestOf(one) })),
      })
      return { outcome: 'authorised', authorisation }
    },
  )
}

const serveAccounts = (app: Hono, options: MockCoreOptions, core: Core) => {
  answerCall(app, options, listAccounts, async ({ params: { customerId } }) => ({
    accounts: ownAccounts(core, customerId).map(
      ({ customerId: _customerId, limitMinor, closed: _closed, ...account }) => ({
        ...account,
        availableMinor: account.balanceMinor - limitMinor,
      }),
    ),
  }))

  answerCall(app, options, nameHolders, async ({ body }) => ({
    holders: body.accounts.flatMap((account) => {
      const found = core.accounts.get(account)
      return found && !found.closed ? [{ account, holder: found.holder }] : []
    }),
  }))

  answerCall(app, options, accountExists, async ({ body: { account, holder } }) => ({
    exists: core.accounts.get(account)?.holder === holder,
  }))
}

const servePayments = (app: Hono, options: MockCoreOptions, core: Core) => {
  const receiptOf = async (paymentId: string) => (await core.signReceipt(paymentId)) ?? ''

  answerCall(app, options, executePayment, async ({ params: { paymentId }, body }) => {
    const [{ content: instruction }, { content: authorisation }] = await Promise.all([
      readDocument(options.documents, 'instruction', body.instruction),
      readDocument(options.documents, 'authorisation', body.authorisation),
    ]).catch(refuseDocument)
    const content = toContent(instruction)
    if (instruction.paymentId !== paymentId || digestOf(content) !== instruction.digest)
      throw new AppError('invalid', { detail: 'the instruction is for another payment' })
    const known = core.receipts.get(paymentId)
    if (known && known.result !== 'voided' && known.digest !== instruction.digest)
      throw new AppError('digest-mismatch')
    if (known) return { receipt: await receiptOf(paymentId) }
    const refusal = judgePayment(core, { instruction, authorisation, content })
    if (!refusal) postPayment(core, { instruction, authorisation, content })
    else
      storeReceipt(core, paymentId, {
        result: 'refused',
        ...refusal,
        kind: content.kind,
        payer: instruction.payer,
        digest: instruction.digest,
        legs: [],
        fees: [],
        decidedAt: core.clock.now(),
      })
    return { receipt: await receiptOf(paymentId) }
  })

  answerCall(app, options, findReceipts, async ({ body: { paymentIds } }) => ({
    receipts: await Promise.all(
      paymentIds.map(async (paymentId) => ({
        paymentId,
        receipt: await core.signReceipt(paymentId),
      })),
    ),
  }))

  answerCall(app, options, voidPayment, async ({ params: { paymentId }, body }) => ({
    receipt: await core.voidPayment({ paymentId, ...body }),
  }))
}

/** Core banking in memory: accounts in; out come balances, postings, and receipts that verify. */
export const createMockCoreBanking = (options: MockCoreOptions): MockCoreBanking => {
  const { keys, clock, timeZone, customers, feeAccount } = options
  const state: CoreState = {
    clock,
    timeZone,
    feeAccount,
    customers: customers.map((one) => ({ ...one })),
    accounts: new Map(options.accounts.map((one) => [one.account, { ...one }])),
    postings: [],
    receipts: new Map(),
    wrongTries: new Map(),
    scenarios: { wrongPassword: false, contentStale: false, refuse: undefined },
  }
  const signReceipt = async (paymentId: string) => {
    const stored = state.receipts.get(paymentId)
    const iat = Math.floor(Date.now() / 1000)
    return stored ? signDocument(keys, 'receipt', { ...stored, iat }) : null
  }
  const core: Core = {
    ...state,
    signReceipt,
    setBalance: (account, balanceMinor) => {
      const found = state.accounts.get(account)
      if (!found) throw new Error(`there is no account ${account}`)
      found.balanceMinor = balanceMinor
    },
    voidPayment: async ({ paymentId, kind = 'payment', ...request }) => {
      const nothing = { legs: [], fees: [], decidedAt: clock.now() }
      if (!state.receipts.has(paymentId))
        storeReceipt(state, paymentId, { result: 'voided', kind, ...request, ...nothing })
      return (await signReceipt(paymentId)) ?? ''
    },
  }
  const app = createMockApp()
  serveCredentials(app, options, core)
  serveAccounts(app, options, core)
  servePayments(app, options, core)
  servePublicKeys(app, keys, purposesOf['core-banking'] ?? [])
  return { ...core, app }
}
