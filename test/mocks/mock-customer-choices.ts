import type { Hono } from 'hono'
import { accountParts } from '#shared/accounts.ts'
import {
  chooseAccounts,
  chooseLanguage,
  declineClaim,
  findChoices,
  settledMonths,
  summariseClaims,
} from '#shared/contracts/customer-choices.ts'
import { dateIn } from '#shared/dates.ts'
import { writeDeclineReason } from '#shared/decline-reasons.ts'
import { AppError, fieldError, type ProblemCode } from '#shared/errors.ts'
import { sumMinor } from '#shared/money.ts'
import { answerCall, type MockOptions } from './answer-call.ts'
import { writeNotices } from './claim-notices.ts'
import {
  changeStatus,
  type ClaimServerState,
  findOwn,
  isNearLimit,
  isNew,
  isPayable,
  type MockChoices,
  type MockClaim,
  todayOf,
} from './claim-server-state.ts'

const nothingChosen = (): MockChoices => ({
  accounts: [],
  defaultAccount: null,
  showAdverts: true,
  language: null,
})

export const choicesOf = ({ choices }: ClaimServerState, customerId: string): MockChoices => {
  const known = choices.get(customerId) ?? nothingChosen()
  choices.set(customerId, known)
  return known
}

const refusals: Partial<Record<MockClaim['status'], ProblemCode>> = {
  settled: 'claim-settled',
  paying: 'claim-in-payment',
  expired: 'claim-expired',
}

const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

const sums = (claims: readonly MockClaim[]) => ({
  count: claims.length,
  totals: [...Map.groupBy(claims, (one) => one.currency)]
    .map(([currency, own]) => ({
      currency,
      amountMinor: sumMinor(own.map((one) => one.amountMinor)),
    }))
    .sort((a, b) => byText(a.currency, b.currency)),
})

const serveSummaries = (app: Hono, options: MockOptions, state: ClaimServerState) => {
  const ofCustomer = (customerId: string) =>
    [...state.claims.values()].filter((one) => one.customerId === customerId)

  answerCall(app, options, summariseClaims, async ({ params: { customerId } }) => {
    const listed = ofCustomer(customerId).filter((one) =>
      ['unsettled', 'paying'].includes(one.status),
    )
    const payable = listed.filter((one) => isPayable(state, one))
    const today = todayOf(state)
    return {
      unsettled: listed.filter((one) => one.status === 'unsettled').length,
      inProgress: listed.filter((one) => one.status === 'paying').length,
      new: listed.filter((one) => isNew(state, one)).length,
      nearLimit: payable.filter((one) => isNearLimit(state, one)).length,
      limitToday: payable.filter((one) => one.timeLimit === today).length,
      nextLimit: payable.map((one) => one.timeLimit).sort()[0] ?? null,
      today,
    }
  })

  answerCall(app, options, settledMonths, async ({ params: { customerId } }) => {
    const settled = ofCustomer(customerId).filter((one) => one.status === 'settled')
    const monthOf = ({ settledAt }: MockClaim) =>
      settledAt ? dateIn(state.timeZone, settledAt).slice(0, 7) : ''
    const byMonth = Map.groupBy(settled, monthOf)
    const byShop = Map.groupBy(settled, (one) => one.shop)
    return {
      months: [...byMonth]
        .sort(([a], [b]) => byText(b, a))
        .map(([month, claims]) => ({ month, ...sums(claims) })),
      shops: [...byShop]
        .sort(([a], [b]) => byText(a.name.toLowerCase(), b.name.toLowerCase()))
        .map(([{ shopId, name, nameJa }, claims]) => ({ shopId, name, nameJa, ...sums(claims) })),
    }
  })
}

const checkChoice = (
  { bank }: ClaimServerState,
  { accounts, defaultAccount }: Pick<MockChoices, 'accounts' | 'defaultAccount'>,
) => {
  const isElsewhere = (account: string) => accountParts(account).bank !== bank
  const foreign = accounts.findIndex(isElsewhere)
  const elsewhere = 'this account is not with the customer’s bank'
  if (foreign >= 0) throw fieldError(`#/accounts/${foreign}`, elsewhere)
  if (defaultAccount === null) return
  if (isElsewhere(defaultAccount)) throw fieldError('#/defaultAccount', elsewhere)
  if (accounts.length > 0 && !accounts.includes(defaultAccount))
    throw fieldError('#/defaultAccount', 'choose one of the accounts that pay')
}

/** What a customer chooses in the member menu, is told after sign-in, and declines. */
export const serveChoices = (app: Hono, options: MockOptions, state: ClaimServerState): void => {
  answerCall(app, options, findChoices, async ({ params: { customerId } }) => ({
    ...choicesOf(state, customerId),
  }))

  answerCall(app, options, chooseAccounts, async ({ params: { customerId }, body }) => {
    checkChoice(state, body)
    const chosen = { ...body, accounts: [...new Set(body.accounts)] }
    Object.assign(choicesOf(state, customerId), chosen)
    return chosen
  })

  answerCall(app, options, chooseLanguage, async ({ params: { customerId }, body }) => {
    choicesOf(state, customerId).language = body.language
    return body
  })

  answerCall(app, options, declineClaim, async ({ params, body: { reason, text } }) => {
    const claim = findOwn(state, params.customerId, params.orderNumber)
    const answer = { status: 'declined' as const }
    if (claim.status === 'declined') return answer
    if (claim.status !== 'unsettled') throw new AppError(refusals[claim.status] ?? 'claim-not-open')
    const said = writeDeclineReason(reason, text)
    changeStatus(state, claim, { status: 'declined', by: 'customer', reason: said })
    if (reason === 'not-mine')
      state.reports.push({
        orderNumber: claim.orderNumber,
        customerId: params.customerId,
        text: text ?? null,
        reportedAt: state.clock.now(),
      })
    writeNotices(state, claim, 'claim-declined', `${claim.revision}`)
    return answer
  })

  serveSummaries(app, options, state)
}
