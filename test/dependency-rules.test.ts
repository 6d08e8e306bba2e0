import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const project = join(import.meta.dirname, '..')
let folder = ''

/** One file each: the case, its path, its code, and for those refused what the linter advises. */
const refused: [string, string, string, string][] = [
  [
    'a service that imports another',
    'claim-server/orders/receive-order.ts',
    `export { x } from '../../bank-portal/app.ts'`,
    'Services never import each other',
  ],
  [
    'a test of a service that imports another',
    'bank-portal/claims/claims.test.ts',
    `export { x } from '../../claim-server/app.ts'`,
    'Services never import each other',
  ],
  [
    'a service that imports test code',
    'bank-portal/main.ts',
    `export { x } from '../test/support/mailbox.ts'`,
    'Only *.test.ts files import test/',
  ],
  [
    'shared code that imports a service',
    'shared/money.ts',
    `export { x } from '../claim-server/config.ts'`,
    'shared/ knows no service',
  ],
  [
    'shared code imported by its path',
    'claim-server/app.ts',
    `export { x } from '../shared/money.ts'`,
    "'#shared/...'",
  ],
  [
    'routes that import a table',
    'claim-server/orders/orders.routes.tsx',
    `export { x } from './orders.table.ts'`,
    'Routes and pages read no tables',
  ],
  [
    'a page that imports the schema, even for a type',
    'bank-portal/claims/claims.page.tsx',
    `import type { X } from '../schema.ts'\nexport type Y = X`,
    'Routes and pages read no tables',
  ],
  [
    'routes that hold a query',
    'mock-core-banking/payments/payments.routes.ts',
    `export { eq } from 'drizzle-orm'`,
    'Move the query into a verb',
  ],
  [
    'routes that import another service',
    'claim-server/orders/orders.routes.ts',
    `export { x } from '../../mock-core-banking/app.ts'`,
    'Services never import each other',
  ],
  ['msw in a service', 'bank-portal/a.ts', `export { http } from 'msw'`, 'msw stays under test/'],
  [
    'settings read outside config.ts',
    'claim-server/shops/shops.routes.ts',
    `export const x = process.env.SMTP_URL`,
    'Settings are read once, in config.ts',
  ],
]

const passed: [string, string, string][] = [
  [
    'a verb that holds a query',
    'claim-server/orders/accept-order.ts',
    `export { eq } from 'drizzle-orm'`,
  ],
  [
    'a test of a service that uses test support',
    'claim-server/orders/receive-order.test.ts',
    `export { x } from '../../test/support/database.ts'`,
  ],
  ['msw in the mocks', 'test/mocks/core.ts', `export { http } from 'msw'`],
  ['test code that imports all services', 'test/a.ts', `export { x } from '../bank-portal/app.ts'`],
  ['settings read in config.ts', 'claim-server/config.ts', `export const x = process.env.SMTP_URL`],
]

/** What the linter says to do about each file, by the file's path. */
const advice = new Map<string, string[]>()

/** Lints all cases at once, each a file in an otherwise empty project with our configuration. */
const lintCases = () => {
  for (const [, path, code] of [...refused, ...passed]) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), code)
    advice.set(path, [])
  }
  const linter = join(project, 'node_modules/oxlint/bin/oxlint')
  const { stdout } = spawnSync(process.execPath, [linter, '--format=json', ...advice.keys()], {
    cwd: folder,
    encoding: 'utf8',
  })
  const { diagnostics } = JSON.parse(stdout) as {
    diagnostics: { filename: string; help: string }[]
  }
  for (const { filename, help } of diagnostics) advice.get(filename)?.push(help)
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'claimbook-lint-'))
  for (const file of ['oxlint.config.ts', 'tsconfig.json', 'package.json']) {
    cpSync(join(project, file), join(folder, file))
  }
  symlinkSync(join(project, 'node_modules'), join(folder, 'node_modules'))
  lintCases()
})

afterAll(() => rmSync(folder, { recursive: true }))

describe('the linter refuses', () => {
  test.each(refused)('%s', (_case, path, _code, message) => {
    expect(advice.get(path)).toEqual([expect.stringContaining(message)])
  })
})

describe('the linter lets pass', () => {
  test.each(passed)('%s', (_case, path) => {
    expect(advice.get(path)).toEqual([])
  })
})
