import { migrateDatabase, type ServiceName, sqlState } from './database.ts'

/** `npm run db:migrate`: brings the database of every service whose address is set up to date. */
const addresses: Record<ServiceName, string> = {
  'claim-server': 'CLAIM_SERVER_DATABASE_URL',
  'bank-portal': 'BANK_PORTAL_DATABASE_URL',
  'mock-core-banking': 'CORE_DATABASE_URL',
}

const reason = (error: unknown) =>
  sqlState(error) ?? (error instanceof Error ? error.message : String(error))

const named = Object.entries(addresses).filter(([, variable]) => process.env[variable])
if (named.length === 0) {
  console.error(`Nothing to migrate: set ${Object.values(addresses).join(', ')}, or one of them.`)
  process.exit(1)
}
for (const [service, variable] of named) {
  try {
    await migrateDatabase(process.env[variable] as string, service as ServiceName)
    console.log(`${service}: up to date`)
  } catch (error) {
    console.error(`${service} was not migrated (${variable}): ${reason(error)}`)
    process.exitCode = 1
  }
}
