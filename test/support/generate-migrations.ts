import { execFileSync } from 'node:child_process'
import { globSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { ServiceName } from '#shared/database.ts'

export const serviceNames: ServiceName[] = ['claim-server', 'bank-portal', 'mock-core-banking']

const project = join(import.meta.dirname, '..', '..')

export const hasTables = (service: ServiceName): boolean =>
  globSync(`${service}/**/*.table.ts`, { cwd: project }).length > 0

interface Generate {
  /** The migration's name; drizzle-kit invents one otherwise. */
  name?: string | undefined
  /** Where to write, if not into the service's own migrations folder. */
  folder?: string
  stdio?: 'inherit' | 'pipe'
}

/** Writes what the tables of a service have and its migrations lack as the next migration. */
export const generateMigration = (
  service: ServiceName,
  { name, folder, stdio = 'pipe' }: Generate = {},
): string | null =>
  execFileSync(
    process.execPath,
    [
      join(project, 'node_modules/drizzle-kit/bin.cjs'),
      'generate',
      ...(name ? ['--name', name] : []),
    ],
    {
      cwd: project,
      encoding: 'utf8',
      stdio,
      env: {
        ...process.env,
        SERVICE: service,
        ...(folder ? { MIGRATIONS_FOLDER: relative(project, folder) } : {}),
      },
    },
  )

/** `npm run db:generate`, or for one service and by name: `npm run db:generate -- claim-server add_fees`. */
if (import.meta.main) {
  const [only, name] = process.argv.slice(2)
  if (only && !serviceNames.some((service) => service === only)) {
    console.error(
      `${only} is no service. Name one of ${serviceNames.join(', ')}, then the migration.`,
    )
    process.exit(1)
  }
  for (const service of serviceNames) {
    if ((!only || only === service) && hasTables(service)) {
      generateMigration(service, { name, stdio: 'inherit' })
    }
  }
}
