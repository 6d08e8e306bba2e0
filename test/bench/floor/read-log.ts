/** A statement as a service sent it, with its parameters in their text form. */
export interface Statement {
  session: string
  text: string
  parameters: (string | null)[]
}

/** What the server is told to write before each line of its log. */
export const logLinePrefix = '@%p@'

const entryPattern = /^@(\d+)@(LOG|DETAIL): {2}(.*)$/s

/** One statement of its own, or those of one transaction without its begin and commit. */
export interface Transaction {
  isOpened: boolean
  statements: Statement[]
}

const splitEntries = (log: string): string[] =>
  // What belongs to an entry begins with a tab on its further lines.
  log.split(/\n(?!\t)/).map((entry) => entry.replaceAll('\n\t', '\n'))

const readParameters = (text: string): (string | null)[] =>
  [...text.matchAll(/\$\d+ = (?:NULL|'((?:[^']|'')*)')/g)].map(
    ([, value]) => value?.replaceAll("''", "'") ?? null,
  )

/** The statements of a server's log, in the order of their execution. */
export const readStatements = (log: string): Statement[] => {
  const statements: Statement[] = []
  for (const entry of splitEntries(log)) {
    const [, session = '', kind, rest = ''] = entryPattern.exec(entry) ?? []
    const [, text] = /^(?:statement|execute [^:]+): (.*)$/s.exec(rest) ?? []
    if (kind === 'LOG' && text !== undefined)
      statements.push({ session, text: text.trim().replace(/;$/, ''), parameters: [] })
    const [, parameters] = /^Parameters: (.*)$/s.exec(rest) ?? []
    const last = statements.at(-1)
    if (kind === 'DETAIL' && parameters !== undefined && last?.session === session)
      last.parameters = readParameters(parameters)
  }
  return statements
}

/** The statements by transaction, in the order in which these began. */
export const toTransactions = (statements: readonly Statement[]): Transaction[] => {
  const transactions: Transaction[] = []
  const open = new Map<string, Transaction>()
  for (const statement of statements) {
    const { session, text } = statement
    const mine = open.get(session)
    if (/^begin\b/i.test(text)) {
      const begun = { isOpened: true, statements: [] }
      open.set(session, begun)
      transactions.push(begun)
    } else if (/^(commit|rollback)\b/i.test(text)) open.delete(session)
    else if (mine) mine.statements.push(statement)
    else transactions.push({ isOpened: false, statements: [statement] })
  }
  return transactions
}

/** Those that hold anything but what the services also do when nobody asks them. */
export const withoutIdle = (
  transactions: readonly Transaction[],
  idle: ReadonlySet<string>,
): Transaction[] =>
  transactions.filter(({ statements }) => statements.some(({ text }) => !idle.has(text)))
