import type { Hono } from 'hono'
import {
  accountExists,
  checkBooks,
  listAccounts,
  nameHolders,
} from '#shared/contracts/core-banking.ts'
import { AppError } from '#shared/errors.ts'
import { sumMinor } from '#shared/money.ts'
import { answerCall, type MockOptions } from './answer-call.ts'
import { type CoreState, findOpenAccount, ownAccounts, takeScenario } from './core-state.ts'

const questionsPerHour = 10
const hourMs = 3600_000

const plainName = (name: string) =>
  name.normalize('NFKC').trim().replaceAll(/\s+/g, ' ').toLowerCase()

/** Fills a leaky bucket by one question; false when it is full. */
const countQuestion = ({ accountQuestions }: CoreState, subject: string): boolean => {
  const fullUntil = Math.max(accountQuestions.get(subject) ?? 0, Date.now())
  const stepMs = hourMs / questionsPerHour
  if (fullUntil + stepMs > Date.now() + hourMs) return false
  accountQuestions.set(subject, fullUntil + stepMs)
  return true
}

const exists = (state: CoreState, { account, holder }: { account: string; holder: string }) => {
  const counted = [
    countQuestion(state, `account ${account}`),
    countQuestion(state, `holder ${plainName(holder)}`),
  ]
  if (counted.includes(false))
    throw new AppError('too-many-requests', { headers: { 'retry-after': '360' } })
  const isUnknown = takeScenario(state, 'accountUnknown')
  const found = findOpenAccount(state, account)
  return !isUnknown && found !== undefined && plainName(found.holder) === plainName(holder)
}

/** What differs in the mock's books: nothing, unless a test changed them by hand. */
const findDifferences = ({ accounts, deposits, postings }: CoreState) => {
  const lines = [...deposits, ...postings]
  const sumOf = (own: { amountMinor: bigint }[]) => sumMinor(own.map((one) => one.amountMinor))
  const unbalanced = [...Map.groupBy(postings, (one) => one.transferId)]
    .map(([id, own]) => ({ id, sum: sumOf(own) }))
    .filter(({ sum }) => sum !== 0n)
    .map(({ id, sum }) => ({
      kind: 'transfer-unbalanced',
      id,
      detail: `its postings sum to ${sum}`,
    }))
  const wrong = [...accounts.values()]
    .map(({ account: id, balanceMinor }) => ({
      id,
      balanceMinor,
      posted: sumOf(lines.filter((one) => one.account === id)),
    }))
    .filter(({ balanceMinor, posted }) => balanceMinor !== posted)
    .map(({ id, balanceMinor, posted }) => ({
      kind: 'balance-not-its-postings',
      id,
      detail: `balance ${balanceMinor}, postings ${posted}`,
    }))
  return [...unbalanced, ...wrong]
}

/** Accounts as customers, shops and the claim server ask for them, and the check of the books. */
export const serveAccounts = (app: Hono, options: MockOptions, state: CoreState): void => {
  answerCall(app, options, listAccounts, async ({ params: { customerId } }) => ({
    accounts: ownAccounts(state, customerId).map(
      ({ customerId: _customerId, limitMinor, closed: _closed, ...account }) => ({
        ...account,
        availableMinor: account.balanceMinor - limitMinor,
      }),
    ),
  }))

  answerCall(app, options, nameHolders, async ({ body }) => ({
    holders: body.accounts.flatMap((account) => {
      const found = findOpenAccount(state, account)
      return found ? [{ account, holder: found.holder }] : []
    }),
  }))

  answerCall(app, options, accountExists, async ({ body }) => ({ exists: exists(state, body) }))

  answerCall(app, options, checkBooks, async () => ({
    transfers: state.deposits.length + new Set(state.postings.map((one) => one.transferId)).size,
    // A deposit is two lines: out of the bank's own account, into the customer's.
    postings: 2 * state.deposits.length + state.postings.length,
    differences: findDifferences(state),
  }))
}
