import { readConfig } from '../../../mock-core-banking/config.ts'
import { startCoreBanking } from '../../../mock-core-banking/start.ts'
import { watchDatabase } from '../points/watch-database.ts'
import { runWatched } from './run.ts'

await runWatched((points) =>
  startCoreBanking(readConfig(process.env), (deps) => ({
    ...deps,
    db: watchDatabase(deps.db, points),
  })),
)
