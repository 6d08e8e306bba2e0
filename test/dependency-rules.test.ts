import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const project = join(import.meta.dirname, '..')
let folder = ''

/** Lints one file at that path in an otherwise empty project with our configuration. */
const lint = (path: string, code: string) =>
  new Promise<string[]>((resolve) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), code)
    execFile(
      process.execPath,
      [join(project, 'node_modules/oxlint/bin/oxlint'), '--format=json', path],
      { cwd: folder },
      (_error, output) => {
        rmSync(join(folder, path))
        const { diagnostics } = JSON.parse(output) as { diagnostics: { help: string }[] }
        resolve(diagnostics.map(({ help }) => help))
      },
    )
  })

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'claimbook-lint-'))
  for (const file of ['oxlint.config.ts', 'tsconfig.json', 'package.json']) {
    cpSync(join(project, file), join(folder, file))
  }
  symlinkSync(join(project, 'node_modules'), join(folder, 'node_modules'))
})

afterAll(() => rmSync(folder, { recursive: true }))

describe('the linter refuses', () => {
  test.each([
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
      'claim-server/orders/orders.routes.ts',
      `export const x = process.env.SMTP_URL`,
      'Settings are read once, in config.ts',
    ],
  ])('%s', async (_case, path, code, message) => {
    expect(await lint(path, code)).toEqual([expect.stringContaining(message)])
  })
})

describe('the linter lets pass', () => {
  test.each([
    [
      'a verb that holds a query',
      'claim-server/orders/receive-order.ts',
      `export { eq } from 'drizzle-orm'`,
    ],
    [
      'a test of a service that uses test support',
      'claim-server/orders/receive-order.test.ts',
      `export { x } from '../../test/support/database.ts'`,
    ],
    ['msw in the mocks', 'test/mocks/core.ts', `export { http } from 'msw'`],
    [
      'test code that imports all services',
      'test/a.ts',
      `export { x } from '../bank-portal/app.ts'`,
    ],
    [
      'settings read in config.ts',
      'claim-server/config.ts',
      `export const x = process.env.SMTP_URL`,
    ],
  ])('%s', async (_case, path, code) => {
    expect(await lint(path, code)).toEqual([])
  })
})
