import type { Context } from 'hono'
import { accountKey } from '#shared/accounts.ts'
import { uuid } from '#shared/contracts/fields.ts'
import { digestOf, type PaymentContent, paymentContent } from '#shared/contracts/payment-content.ts'
import { readAccount, readTicked } from '../claims/list-query.ts'
import { type ChosenClaims, fromField } from './run-parts.ts'

/** What a confirmation's form agrees to: every payment of the run. */
export type Contents = [PaymentContent, ...PaymentContent[]]

/** A payment's id as an address gives it. */
export const readId = (value: string | undefined): string | undefined => uuid.safeParse(value).data

const mostPayments = 20
/** The payments of a run, each once. */
export const readIds = (c: Context): string[] => [
  ...new Set((c.req.queries('id') ?? []).slice(0, mostPayments).flatMap((id) => readId(id) ?? [])),
]

/** Claims, and the account of each where the form names one. */
export const readChosen = (c: Context): ChosenClaims => {
  const orderNumbers = readTicked(c)
  const accountOf = orderNumbers.flatMap((number) => {
    const account = accountKey.safeParse(c.req.query(fromField(number))).data
    return account ? [[number, account] as const] : []
  })
  return { orderNumbers, account: readAccount(c), accountOf: new Map(accountOf) }
}

/** One payment's content, if it agrees with the D that was shown with it. */
const readContent = (text: string, digest: string | undefined): PaymentContent | undefined => {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  const content = paymentContent.safeParse(value).data
  if (!content || content.kind !== 'payment') return undefined
  return digestOf(content) === digest ? content : undefined
}

/** Every payment of the confirmation; undefined when one of them is not as it was shown. */
export const readContents = (form: URLSearchParams): Contents | undefined => {
  const [content, digest] = [form.getAll('content'), form.getAll('digest')]
  if (content.length !== digest.length || content.length > mostPayments) return undefined
  const read = content.map((text, at) => readContent(text, digest[at]))
  const contents = read.filter((one) => one !== undefined)
  const [first, ...others] = contents
  return first && contents.length === read.length ? [first, ...others] : undefined
}
