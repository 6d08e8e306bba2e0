import { openService } from '#shared/open-service.ts'
import { StartError } from '#shared/service-process.ts'
import { ensureBank } from '../banks/ensure-bank.ts'
import { readConfig } from '../config.ts'
import { runShopCommand } from './shop-commands.ts'

/** `npm run shop -- register|key|revoke|return|login`: shops, from the claim server's console. */
try {
  const config = readConfig(process.env)
  const { db, clock, newId, clientOf, close } = await openService(config, 'claim-server')
  try {
    const deps = { config, db, clock, newId, callCore: clientOf(config.CORE_BANKING_URL) }
    await ensureBank(deps)
    console.log(await runShopCommand(deps, process.argv.slice(2)))
  } finally {
    await close()
  }
} catch (error) {
  if (!(error instanceof StartError)) throw error
  console.error(error.message)
  process.exitCode = 1
}
