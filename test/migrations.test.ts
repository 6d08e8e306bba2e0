import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { generateMigration, serviceNames } from './support/generate-migrations.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'claimbook-migrations-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const migrationsIn = (path: string) => readdirSync(path).filter((file) => file.endsWith('.sql'))

test.each(serviceNames)('the migrations of %s make exactly what its tables say', (service) => {
  const copy = join(folder, service)
  cpSync(join(import.meta.dirname, '..', service, 'migrations'), copy, { recursive: true })
  const remedy = `run: npm run db:generate -- ${service}`
  const before = migrationsIn(copy)
  // drizzle-kit exits with 0 even when it fails or wants to ask whether a column was renamed.
  const said = generateMigration(service, { folder: copy })
  expect(said, remedy).toMatch(/No schema changes|SQL migration file/)
  expect(migrationsIn(copy), remedy).toEqual(before)
})
