import type { Hono } from 'hono'
import type { ReplyOf } from '#shared/contracts/call.ts'
import { accountParts } from '#shared/accounts.ts'
import {
  type Account,
  accountExists,
  authoriseRun,
  checkCredentials,
  type Customer,
  executePayment,
  findReceipts,
  listAccounts,
  nameHolders,
  voidPayment,
} from '#shared/contracts/core-banking.ts'
import {
  type Authorisation,
  type Instruction,
  readDocument,
  type Receipt,
  type RefusalReason,
  signDocument,
} from '#shared/contracts/documents.ts'
import { digestOf, type PaymentContent, totalOf } from '#shared/contracts/payment-content.ts'
import { type Clock, dateIn } from '#shared/dates.ts'
import { AppError } from '#shared/errors.ts'
import { TokenRefused } from '#shared/jws.ts'
import { type KeyRing, purposesOf } from '#shared/keys.ts'
import { servePublicKeys, type Trust } from '#shared/service-routes.ts'
import { answerCall, createMockApp, type MockOptions } from './answer-call.ts'

export interface MockCustomer extends Customer {
  userId: string
  password: string
}

export interface MockAccount extends Omit<Account, 'availableMinor'> {
  /** Undefined for accounts of shops and of the bank. */
  customerId?: string
  /** What the balance may not go below; 0 without an overdraft. */
  limitMinor: bigint
  closed: boolean
}

export interface MockPosting {
  transferId: string
  paymentId: string
  account: string
  /** Negative for a debit; those of one transfer sum to zero. */
  amountMinor: bigint
}

/** Outcomes that testers ask for by name; each counts for the next payment alone. */
export interface CoreScenarios {
  /** The next authorisation finds the password wrong. */
  wrongPassword: boolean
  /** The next execution is refused for this reason. */
  refuse: RefusalReason | undefined
  /** The next authorisation finds that day or payees have changed. */
  contentStale: boolean
}

export interface MockCoreBanking {
  app: Hono
  customers: MockCustomer[]
  accounts: Map<string, MockAccount>
  postings: MockPosting[]
  receipts: Map<string, Omit<Receipt, 'iat'>>
  scenarios: CoreScenarios
  setBalance(account: string, balanceMinor: bigint): void
  /** The receipt, signed now; null when the core does not know the payment. */
  signReceipt(paymentId: string): Promise<string | null>
  /** Makes sure that the payment never executes; the receipt, whichever it is. */
  voidPayment(input: { paymentId: string; payer: string; digest: string }): Promise<string>
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

const tries = 5
const lockMs = 30 * 60_000
const validSeconds = 300

const toContent = (instruction: Instruction): PaymentContent => ({
  kind: instruction.kind,
  paymentId: instruction.paymentId,
  day: instruction.day,
  payerAccount: instruction.payerAccount,
  claims: instruction.claims,
  fees: instruction.groups.map(({ payeeAccount, feeMinor }) => ({ payeeAccount, feeMinor })),
  currency: instruction.currency,
})

const refuseDocument = (error: unknown): never => {
  if (error instanceof TokenRefused) throw new AppError('invalid', { detail: error.message })
  throw error
}

/** Core banking in memory: accounts in; out come balances, postings, and receipts that verify. */
export const createMockCoreBanking = (options: MockCoreOptions): MockCoreBanking => {
  const { keys, documents, clock, timeZone, customers, feeAccount } = options
  const app = createMockApp()
  const accounts = new Map(options.accounts.map((one) => [one.account, { ...one }]))
  const postings: MockPosting[] = []
  const receipts: MockCoreBanking['receipts'] = new Map()
  const wrongTries = new Map<string, { count: number; lockedUntil: number }>()
  const scenarios: CoreScenarios = { wrongPassword: false, refuse: undefined, contentStale: false }

  const today = () => dateIn(timeZone, clock.now())
  const ownAccounts = (customerId: string) =>
    [...accounts.values()].filter((one) => one.customerId === customerId && !one.closed)

  const isCurrent = (content: PaymentContent, customerId: string) =>
    content.day === today() &&
    accounts.get(content.payerAccount)?.customerId === customerId &&
    content.claims.every((claim) => accounts.get(claim.payeeAccount)?.holder === claim.payeeHolder)

  const countTry = (customerId: string): number => {
    const found = wrongTries.get(customerId) ?? { count: 0, lockedUntil: 0 }
    const count = found.count + 1
    wrongTries.set(customerId, {
      count: count >= tries ? 0 : count,
      lockedUntil: count >= tries ? Date.now() + lockMs : 0,
    })
    return tries - count
  }

  const sign = (receipt: Omit<Receipt, 'iat'>) =>
    signDocument(keys, 'receipt', { ...receipt, iat: Math.floor(Date.now() / 1000) })

  const signReceipt = async (paymentId: string) => {
    const stored = receipts.get(paymentId)
    return stored ? sign(stored) : null
  }

  const store = (paymentId: string, receipt: Omit<Receipt, 'iat' | 'iss' | 'aud' | 'jti'>) => {
    receipts.set(paymentId, {
      iss: 'core-banking',
      aud: 'claim-server',
      jti: paymentId,
      ...receipt,
    })
  }

  const judge = (
    instruction: Instruction,
    authorisation: Authorisation,
    content: PaymentContent,
  ): { reason: RefusalReason; shortByMinor?: bigint } | undefined => {
    const nowSeconds = Math.floor(Date.now() / 1000)
    const payer = accounts.get(content.payerAccount)
    const planned = scenarios.refuse
    scenarios.refuse = undefined
    if (planned)
      return { reason: planned, ...(planned === 'insufficient-funds' ? { shortByMinor: 1n } : {}) }
    if (nowSeconds > instruction.submitBefore) return { reason: 'submitted-late' }
    if (
      nowSeconds > authorisation.exp ||
      authorisation.payer !== instruction.payer ||
      !authorisation.payments.some((one) => one.digest === instruction.digest)
    )
      return { reason: 'not-authorised' }
    const executed = [...receipts.values()].filter((one) => one.result === 'executed')
    const paid = new Set(executed.flatMap((one) => one.legs.map((leg) => leg.orderNumber)))
    if (content.claims.some((claim) => paid.has(claim.orderNumber)))
      return { reason: 'already-paid' }
    if (!payer || payer.closed) return { reason: 'account-closed' }
    if (content.claims.some((claim) => !accounts.has(claim.payeeAccount)))
      return { reason: 'payee-not-found' }
    const missing = totalOf(content) - (payer.balanceMinor - payer.limitMinor)
    return missing > 0n ? { reason: 'insufficient-funds', shortByMinor: missing } : undefined
  }

  const post = (paymentId: string, transferId: string, account: string, amountMinor: bigint) => {
    const found = accounts.get(account)
    if (!found) return
    found.balanceMinor += amountMinor
    postings.push({ paymentId, transferId, account, amountMinor })
  }

  const execute = (instruction: Instruction, content: PaymentContent, authorisedAt: Date) => {
    const { paymentId, payerAccount, currency } = content
    const transferOf = new Map(instruction.groups.map((one) => [one.payeeAccount, one.transferId]))
    const legs = content.claims.map(({ orderNumber, payeeAccount, amountMinor }) => ({
      orderNumber,
      payeeAccount,
      amountMinor,
      transferId: transferOf.get(payeeAccount) ?? '',
    }))
    const fees = instruction.groups.map(({ payeeAccount, transferId, feeMinor }) => ({
      payeeAccount,
      transferId,
      feeMinor,
    }))
    for (const leg of legs) {
      post(paymentId, leg.transferId, payerAccount, -leg.amountMinor)
      post(paymentId, leg.transferId, leg.payeeAccount, leg.amountMinor)
    }
    for (const { transferId, feeMinor } of fees.filter((fee) => fee.feeMinor > 0n)) {
      post(paymentId, transferId, payerAccount, -feeMinor)
      post(paymentId, transferId, feeAccount, feeMinor)
    }
    store(paymentId, {
      result: 'executed',
      kind: content.kind,
      payer: instruction.payer,
      digest: instruction.digest,
      payerAccount,
      currency,
      legs,
      fees,
      authorisedAt,
      decidedAt: clock.now(),
    })
  }

  const voided: MockCoreBanking['voidPayment'] = async ({ paymentId, payer, digest }) => {
    if (!receipts.has(paymentId))
      store(paymentId, {
        result: 'voided',
        kind: 'payment',
        payer,
        digest,
        legs: [],
        fees: [],
        decidedAt: clock.now(),
      })
    return (await signReceipt(paymentId)) ?? ''
  }

  answerCall(
    app,
    options,
    checkCredentials,
    async ({ body: { login, password } }): Promise<ReplyOf<typeof checkCredentials>> => {
      const found = customers.find((one) =>
        'userId' in login
          ? one.userId === login.userId
          : ownAccounts(one.customerId).some((own) => {
              const { branch, number } = accountParts(own.account)
              return branch === login.branch && number === login.accountNumber
            }),
      )
      if (found?.password !== password) return { outcome: 'not-accepted' }
      const { userId: _userId, password: _password, ...customer } = found
      return { outcome: 'accepted', customer }
    },
  )

  answerCall(app, options, listAccounts, async ({ params: { customerId } }) => ({
    accounts: ownAccounts(customerId).map(
      ({ customerId: _id, limitMinor, closed: _closed, ...one }) => ({
        ...one,
        availableMinor: one.balanceMinor - limitMinor,
      }),
    ),
  }))

  answerCall(app, options, nameHolders, async ({ body }) => ({
    holders: body.accounts.flatMap((account) => {
      const found = accounts.get(account)
      return found && !found.closed ? [{ account, holder: found.holder }] : []
    }),
  }))

  answerCall(app, options, accountExists, async ({ body: { account, holder } }) => ({
    exists: accounts.get(account)?.holder === holder,
  }))

  answerCall(
    app,
    options,
    authoriseRun,
    async ({ params: { customerId }, body }): Promise<ReplyOf<typeof authoriseRun>> => {
      const customer = customers.find((one) => one.customerId === customerId)
      if (!customer) throw new AppError('not-found')
      const isStale =
        scenarios.contentStale || !body.payments.every((one) => isCurrent(one, customerId))
      scenarios.contentStale = false
      if (isStale) return { outcome: 'content-stale' }
      const lockedUntil = wrongTries.get(customerId)?.lockedUntil ?? 0
      if (lockedUntil > Date.now()) return { outcome: 'locked', lockedUntil: new Date(lockedUntil) }
      const numberFits = body.payments.some(
        (one) => accountParts(one.payerAccount).number === body.accountNumber,
      )
      const isWrong = scenarios.wrongPassword || body.password !== customer.password || !numberFits
      scenarios.wrongPassword = false
      if (isWrong) return { outcome: 'not-accepted', triesLeft: countTry(customerId) }
      wrongTries.delete(customerId)
      const iat = Math.floor(Date.now() / 1000)
      const authorisation = await signDocument(keys, 'authorisation', {
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

  answerCall(app, options, executePayment, async ({ params: { paymentId }, body }) => {
    const read = await Promise.all([
      readDocument(documents, 'instruction', body.instruction),
      readDocument(documents, 'authorisation', body.authorisation),
    ]).catch(refuseDocument)
    const [{ content: instruction }, { content: authorisation }] = read
    const content = toContent(instruction)
    if (instruction.paymentId !== paymentId || digestOf(content) !== instruction.digest)
      throw new AppError('invalid', { detail: 'the instruction is for another payment' })
    const known = receipts.get(paymentId)
    if (known && known.result !== 'voided' && known.digest !== instruction.digest)
      throw new AppError('digest-mismatch')
    if (!known) {
      const refused = judge(instruction, authorisation, content)
      const authorisedAt = new Date(clock.now().getTime() - (Date.now() - authorisation.iat * 1000))
      if (!refused) execute(instruction, content, authorisedAt)
      else
        store(paymentId, {
          result: 'refused',
          ...refused,
          kind: content.kind,
          payer: instruction.payer,
          digest: instruction.digest,
          legs: [],
          fees: [],
          decidedAt: clock.now(),
        })
    }
    return { receipt: (await signReceipt(paymentId)) ?? '' }
  })

  answerCall(app, options, findReceipts, async ({ body: { paymentIds } }) => ({
    receipts: await Promise.all(
      paymentIds.map(async (paymentId) => ({ paymentId, receipt: await signReceipt(paymentId) })),
    ),
  }))

  answerCall(app, options, voidPayment, async ({ params: { paymentId }, body }) => ({
    receipt: await voided({ paymentId, ...body }),
  }))

  servePublicKeys(app, keys, purposesOf['core-banking'] ?? [])

  return {
    app,
    customers,
    accounts,
    postings,
    receipts,
    scenarios,
    setBalance: (account, balanceMinor) => {
      const found = accounts.get(account)
      if (!found) throw new Error(`there is no account ${account}`)
      found.balanceMinor = balanceMinor
    },
    signReceipt,
    voidPayment: voided,
  }
}
