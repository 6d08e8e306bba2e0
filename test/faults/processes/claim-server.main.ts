import { readConfig } from '../../../claim-server/config.ts'
import { startClaimServer } from '../../../claim-server/start.ts'
import { watchCall, watchCalls } from '../points/watch-calls.ts'
import { watchDatabase } from '../points/watch-database.ts'
import { runWatched } from './run.ts'

await runWatched((points) =>
  startClaimServer(readConfig(process.env), (deps) => ({
    ...deps,
    db: watchDatabase(deps.db, points),
    callCore: watchCalls(deps.callCore, points),
    sendMail: watchCall('sendMail', deps.sendMail, points),
  })),
)
