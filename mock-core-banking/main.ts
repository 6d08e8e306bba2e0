import { migrateDatabase, sqlState } from '#shared/database.ts'
import { listen, repeat, runProcess, StartError } from '#shared/service-process.ts'
import { sweepSpentTokens } from '#shared/spent-tokens.ts'
import { createCoreBanking } from './app.ts'
import { type Config, readConfig } from './config.ts'
import { type Deps, openDeps } from './deps.ts'
import { spentTokens } from './spent-tokens.table.ts'

const migrate = async ({ DATABASE_URL }: Config) => {
  try {
    await migrateDatabase(DATABASE_URL, 'mock-core-banking')
  } catch (error) {
    const { host } = new URL(DATABASE_URL)
    const reason = sqlState(error) ?? (error instanceof Error ? error.message : String(error))
    throw new StartError(`the database at ${host} (DATABASE_URL) can't be used: ${reason}`)
  }
}

const checkKeys = async ({ KEYS_DIR }: Config, { keys }: Pick<Deps, 'keys'>) => {
  try {
    for (const purpose of ['request', 'authorisation', 'receipt'] as const)
      await keys.signingKey(purpose)
  } catch {
    throw new StartError(`KEYS_DIR (${KEYS_DIR}) lacks keys: npm run keys -- make`)
  }
}

await runProcess(async () => {
  const config = readConfig(process.env)
  await migrate(config)
  const deps = openDeps(config)
  await checkKeys(config, deps)
  const server = await listen(createCoreBanking(deps), {
    host: config.HOST,
    port: config.PORT,
    log: deps.log,
  })
  const sweep = repeat(
    'sweep what is past use',
    60_000,
    () => sweepSpentTokens(deps.db, spentTokens),
    deps.log,
  )
  return {
    async close() {
      await server.close()
      await sweep.stop()
      await deps.close()
    },
  }
})
