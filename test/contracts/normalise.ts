import { decodeJwt, decodeProtectedHeader } from 'jose'
import type { Answer } from './side.ts'

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const jws = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/
const instant = /^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})$/
const numberOfPayment = /^[PG]-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]$/

/** What is another each time, by the name of its field. */
const drawn: Record<string, string> = {
  password: '<password>',
  digest: '<digest>',
  entryUrl: '<entry link>',
  nextCursor: '<cursor>',
  reference: '<reference>',
  requestId: '<request id>',
  x: '<key>',
  y: '<key>',
}

/** Words for people: what counts is the code and the field. */
const worded = new Set(['detail', 'title'])

/** Lists that the contract gives no order, or one by instants, which may be the same for some rows. */
const unordered = new Set(['exceptions', 'holders', 'notices', 'timeline'])

type Names = Map<string, string>

/** Ids by the order in which they first appear: the first is "id 1" on both sides. */
const nameOf = (names: Names, id: string): string => {
  const name = names.get(id) ?? `<id ${names.size + 1}>`
  names.set(id, name)
  return name
}

/** The content of a signed document; times as seconds after it was signed. */
const readDocument = (token: string, names: Names): unknown => {
  const { typ, alg } = decodeProtectedHeader(token)
  const { iat = 0, exp, submitBefore, authTime, ...content } = decodeJwt(token)
  const after = (at: unknown) => (typeof at === 'number' ? at - iat : undefined)
  const isNow = Math.abs(iat * 1000 - Date.now()) < 120_000
  const times = { exp: after(exp), submitBefore: after(submitBefore), authTime: after(authTime) }
  return { typ, alg, isNow, times, content: normaliseValue(content, names) }
}

const normaliseText = (text: string, names: Names): unknown => {
  if (uuid.test(text)) return nameOf(names, text)
  if (jws.test(text) && text.startsWith('eyJ')) return readDocument(text, names)
  if (instant.test(text)) return '<instant>'
  return numberOfPayment.test(text) ? `<${text[0]} number>` : text
}

/** As it reads whatever ids stand in it. */
const textOf = (value: unknown) => JSON.stringify(normaliseValue(value, new Map()))

/** Put in order before ids get their names by it. */
const inOrder = (values: readonly unknown[]) =>
  values.toSorted((a, b) => (textOf(a) < textOf(b) ? -1 : 1))

const normaliseField = (name: string, value: unknown, names: Names): unknown => {
  if (typeof value === 'string' && name in drawn) return drawn[name]
  if (name === 'kid' && typeof value === 'string') return value.replace(/-.*/, '')
  if (name === 'link' && typeof value === 'string') return value.replace(/cursor=[^&>]+/, 'cursor=')
  const isUnordered = unordered.has(name) && Array.isArray(value)
  return normaliseValue(isUnordered ? inOrder(value) : value, names)
}

const normaliseValue = (value: unknown, names: Names): unknown => {
  if (typeof value === 'bigint') return `${value}n`
  if (value instanceof Date) return '<instant>'
  if (typeof value === 'string') return normaliseText(value, names)
  if (Array.isArray(value)) return value.map((one) => normaliseValue(one, names))
  if (typeof value !== 'object' || value === null) return value
  const fields = Object.entries(value).filter(
    ([name, own]) => own !== undefined && !worded.has(name),
  )
  return Object.fromEntries(
    fields
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, own]) => [name, normaliseField(name, own, names)]),
  )
}

/** Paths of requests, without the ids and cursors in them. */
const normaliseCall = (call: string) =>
  call
    .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<id>')
    .replaceAll(/(?<=cursor=)[^&]+/g, '<cursor>')

/** Answers without what is another each time: ids, instants, signatures, drawn texts. */
export const normalise = (answers: readonly Answer[]): unknown[] => {
  const names: Names = new Map()
  return answers.map(({ call, ...answer }) => ({
    call: normaliseCall(call),
    ...(normaliseValue(answer, names) as object),
  }))
}
