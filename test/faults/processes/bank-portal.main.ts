import { readConfig } from '../../../bank-portal/config.ts'
import { startBankPortal } from '../../../bank-portal/start.ts'
import { watchCalls } from '../points/watch-calls.ts'
import { watchDatabase } from '../points/watch-database.ts'
import { runWatched } from './run.ts'

await runWatched((points) =>
  startBankPortal(readConfig(process.env), (deps) => ({
    ...deps,
    db: watchDatabase(deps.db, points),
    callCore: watchCalls(deps.callCore, points),
    callClaimServer: watchCalls(deps.callClaimServer, points),
  })),
)
