import type { PaymentContent } from '#shared/contracts/payment-content.ts'
import type { PaymentPart } from './prepare-payment.ts'

/** What is paid from where: the address of the pages before a confirmation. */
export interface ChosenClaims {
  orderNumbers: readonly string[]
  /** For the claims that name none of their own. */
  account: string | undefined
  /** Accounts of single claims, where a run pays from several (Figs. 12, 13). */
  accountOf: ReadonlyMap<string, string>
}

export const fromField = (orderNumber: string): string => `from-${orderNumber}`

/** The claims by the account that pays them, in the order in which the accounts come first. */
export const partsOf = ({
  orderNumbers,
  account,
  accountOf,
}: ChosenClaims): Omit<PaymentPart, 'paymentId'>[] =>
  [...Map.groupBy(orderNumbers, (number) => accountOf.get(number) ?? account)].map(
    ([from, own]) => ({ account: from, orderNumbers: own }),
  )

/** The same choice as a query: of the split page, of the confirmation, of the list. */
export const chosenQuery = (
  { orderNumbers, account, accountOf }: ChosenClaims,
  ids: readonly string[] = [],
): URLSearchParams => {
  const query = new URLSearchParams(orderNumbers.map((number) => ['claim', number]))
  if (account) query.set('account', account)
  for (const [number, from] of accountOf) query.set(fromField(number), from)
  for (const id of ids) query.append('id', id)
  return query
}

/** The payments of these contents, to be chosen or prepared again. */
export const partsFrom = (contents: readonly PaymentContent[]): PaymentPart[] =>
  contents.map(({ paymentId, claims, payerAccount }) => ({
    paymentId,
    orderNumbers: claims.map((claim) => claim.orderNumber),
    account: payerAccount,
  }))

/** What these payments pay from where. */
export const chosenOf = (parts: readonly PaymentPart[]): ChosenClaims => {
  const accountOf = parts.flatMap(({ orderNumbers, account }) =>
    account ? orderNumbers.map((number) => [number, account] as const) : [],
  )
  return {
    orderNumbers: parts.flatMap((part) => part.orderNumbers),
    account: parts[0]?.account,
    accountOf: new Map(parts.length > 1 ? accountOf : []),
  }
}

/** The list with the same ticks and account. */
export const listPath = ({ orderNumbers, account }: ChosenClaims): string =>
  `/claims?${chosenQuery({ orderNumbers, account, accountOf: new Map() })}`

export const splitPath = (chosen: ChosenClaims): string => `/payments/split?${chosenQuery(chosen)}`

/** A confirmation under the same payment ids. */
export const confirmPath = (parts: readonly PaymentPart[]): string =>
  `/payments/new?${chosenQuery(
    chosenOf(parts),
    parts.map((one) => one.paymentId),
  )}`

const ofIds = (ids: readonly string[], end = ''): string =>
  ids.length === 1
    ? `/payments/${ids[0]}${end}`
    : `/payments/run${end}?${new URLSearchParams(ids.map((id) => ['id', id]))}`

/** Where the result of these payments is: one payment has a page of its own, several one of the run. */
export const resultPath = (ids: readonly string[]): string => ofIds(ids)

/** The part of that page that asks for itself. */
export const resultStatusPath = (ids: readonly string[]): string => ofIds(ids, '/status')
