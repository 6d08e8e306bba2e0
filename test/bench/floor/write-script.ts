import type { Statement, Transaction } from './read-log.ts'

/** How a value of the payment that was watched is made for any payment: SQL of type text. */
export type Expressions = ReadonlyMap<string, string>

const uuidPattern = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g
const tokenPattern = /^[A-Za-z0-9_-]{22}$/

/** Ids and tokens that the payment made on its way: every other payment has others in their place. */
export const findMadeValues = (
  transactions: readonly Transaction[],
  known: Expressions,
): Expressions => {
  const made = new Map(known)
  const add = (value: string, expression: (kind: number) => string) => {
    if (!made.has(value)) made.set(value, expression(made.size))
  }
  const values = transactions.flatMap(({ statements }) =>
    statements.flatMap(({ parameters }) => parameters),
  )
  for (const value of values) {
    for (const [uuid] of value?.matchAll(uuidPattern) ?? [])
      add(uuid, (kind) => `bench.id(${kind}, :n)::text`)
    if (value && tokenPattern.test(value))
      add(value, (kind) => `('token-${kind}-' || lpad(:n::text, 12, '0'))`)
  }
  return made
}

/** A text literal. pgbench would take ":12" in it for a variable. */
const literal = (text: string): string =>
  `'${text.replaceAll("'", "''").replaceAll(/:(?=\w)/g, ":' || '")}'`

const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** A parameter's value with everything of the payment that was watched replaced. */
export const toExpression = (value: string | null, expressions: Expressions): string => {
  if (value === null) return 'null'
  // The longest first: one may be the beginning of another.
  const known = [...expressions.keys()].sort((a, b) => b.length - a.length)
  const parts =
    known.length > 0 ? value.split(new RegExp(`(${known.map(escaped).join('|')})`)) : [value]
  const written = parts
    .filter((part) => part !== '')
    .map((part) => expressions.get(part) ?? `${literal(part)}`)
  return written.length > 0 ? written.join(' || ') : "''"
}

/** A statement's text with its parameters in their places, each of its type. */
export const fillIn = (
  { text, parameters }: Pick<Statement, 'text' | 'parameters'>,
  types: readonly string[],
  expressions: Expressions,
): string =>
  text.replaceAll(/\$(\d+)/g, (_match, number: string) => {
    const at = Number(number) - 1
    return `(${toExpression(parameters[at] ?? null, expressions)})::${types[at] ?? 'text'}`
  })
