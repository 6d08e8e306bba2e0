import { defineConfig } from 'drizzle-kit'

/** One configuration for the three services: `SERVICE=claim-server drizzle-kit generate`. */
const pgSchemas = {
  'claim-server': 'claim_server',
  'bank-portal': 'bank_portal',
  'mock-core-banking': 'core_banking',
}

const service = process.env.SERVICE ?? ''
if (!(service in pgSchemas)) {
  throw new Error(`Set SERVICE to one of ${Object.keys(pgSchemas).join(', ')}.`)
}

export default defineConfig({
  dialect: 'postgresql',
  // The tables, and the file that exports the pgSchema: without it the first migration lacks CREATE SCHEMA.
  schema: `./${service}/**/*{.table,schema}.ts`,
  // Relative always: drizzle-kit puts './' before it.
  out: process.env.MIGRATIONS_FOLDER ?? `./${service}/migrations`,
  casing: 'snake_case',
  schemaFilter: [pgSchemas[service as keyof typeof pgSchemas]],
  // The bookkeeping stays out of the service's own schema, which its first migration creates.
  migrations: { schema: 'drizzle', table: `${service.replaceAll('-', '_')}_migrations` },
})
