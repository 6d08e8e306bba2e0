import { parseArgs } from 'node:util'
import { StartError } from '#shared/service-process.ts'

export const rowNames = [
  'settle',
  'settle-10',
  'floor',
  'core',
  'list',
  'growth',
  'start',
  'pages',
] as const
export type RowName = (typeof rowNames)[number]

export const sizeNames = ['full', 'small'] as const
export type Size = (typeof sizeNames)[number]

export interface Arguments {
  rows: RowName[]
  pairs: number
  size: Size
  /** Of each measured run; the size's own unless given. */
  seconds: number | undefined
  json: string | undefined
  compare: string | undefined
  profileFolder: string | undefined
  tenMillion: boolean
  settings: Record<string, string>
}

export const usage = `npm run bench -- [row ...] [options]

Measures the services as production runs them, side by side with a peer on the same PostgreSQL.
Rows: ${rowNames.join(', ')}; all of them unless some are named.

  --pairs N          interleaved pairs of peer and ours, of which the medians count (3)
  --size full|small  small is for trying the bench out: its figures say nothing
  --seconds N        how long each measured run lasts (10)
  --json FILE        where one row's figures go; .data/bench/<row>.json
  --compare FILE     shows the figures beside those of that file
  --profile DIR      of each service a CPU profile, in all rows but growth; for settle, settle-10, core
                     and list also what each database was asked most; slows down
  --set NAME=VALUE   a setting of the services over production's own; bank-portal:NAME=VALUE of one
  --ten-million      growth also at ten million claims`

const options = {
  pairs: { type: 'string' },
  size: { type: 'string' },
  seconds: { type: 'string' },
  json: { type: 'string' },
  compare: { type: 'string' },
  profile: { type: 'string' },
  set: { type: 'string', multiple: true },
  'ten-million': { type: 'boolean' },
  help: { type: 'boolean' },
} as const

const parse = (args: readonly string[]) => {
  try {
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: true })
  } catch (error) {
    throw new StartError(`${(error as Error).message}\n\n${usage}`)
  }
}

const oneOf = <Name extends string>(names: readonly Name[], what: string, given: string): Name => {
  const found = names.find((name) => name === given)
  if (found) return found
  throw new StartError(`There is no ${what} "${given}". There are: ${names.join(', ')}.`)
}

const mostPairs = 100
const mostSeconds = 120

const countIn = (name: string, text: string, most: number): number => {
  const count = Number(text)
  if (Number.isInteger(count) && count >= 1 && count <= most) return count
  throw new StartError(`--${name} ${text}: a whole number from 1 to ${most}, please`)
}

const settingIn = (text: string): [string, string] => {
  const [, name, value] = /^((?:[a-z-]+:)?[A-Z][A-Z0-9_]*)=(.*)$/s.exec(text) ?? []
  if (name === undefined || value === undefined)
    throw new StartError(`--set ${text}: NAME=VALUE, or bank-portal:NAME=VALUE, please`)
  return [name, value]
}

/** Reads the command line; throws a `StartError` that says what is wrong, undefined for --help. */
export const readArguments = (args: readonly string[]): Arguments | undefined => {
  const { values, positionals } = parse(args)
  if (values.help) return undefined
  const rows = positionals.map((name) => oneOf(rowNames, 'row', name))
  const chosen = rows.length > 0 ? [...new Set(rows)] : [...rowNames]
  if (values.json !== undefined && chosen.length > 1)
    throw new StartError('--json names the file of one row: name that row')
  return {
    rows: chosen,
    pairs: countIn('pairs', values.pairs ?? '3', mostPairs),
    size: oneOf(sizeNames, 'size', values.size ?? 'full'),
    seconds:
      values.seconds === undefined ? undefined : countIn('seconds', values.seconds, mostSeconds),
    json: values.json,
    compare: values.compare,
    profileFolder: values.profile,
    tenMillion: values['ten-million'] ?? false,
    settings: Object.fromEntries((values.set ?? []).map(settingIn)),
  }
}
