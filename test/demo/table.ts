import type { DemoLogin, DemoSettings, ProcessName } from './settings.ts'

const places: Record<ProcessName, string> = {
  'bank-portal': 'Bank portal',
  'demo-shop': 'Demo shop',
  'claim-server': 'Claim server',
  'mock-core-banking': 'Core banking',
  inbox: 'Inbox',
}

const columns = (rows: string[][]): string[] => {
  const widths = (rows[0] ?? []).map((_, index) =>
    Math.max(...rows.map((row) => row[index]?.length ?? 0)),
  )
  return rows.map((row) =>
    row
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join('   ')
      .trimEnd(),
  )
}

const typed = (fields: DemoLogin['fields']) =>
  Object.entries(fields)
    .map(([label, value]) => `${label} ${value}`)
    .join(', ')

/** What `npm start` prints when everything runs: what is where, and who can sign in. */
export const runningTable = (settings: DemoSettings, logins: readonly DemoLogin[]): string => {
  const urls = Object.entries(places).map(([name, place]) => [
    place,
    settings.urls[name as ProcessName],
  ])
  const people = logins.map(({ who, at, fields }) => [who, places[at], typed(fields)])
  const lines = [
    'Claimbook is running.',
    '',
    ...columns(urls),
    '',
    ...(people.length > 0 ? [...columns(people), ''] : []),
    `Logs are in ${settings.logsFolder}. Ctrl-C stops everything and keeps the data;`,
    'npm start -- --fresh begins anew.',
  ]
  return lines.join('\n')
}
