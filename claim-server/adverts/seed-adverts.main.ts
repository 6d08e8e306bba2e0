import { dateIn } from '#shared/dates.ts'
import { openService } from '#shared/open-service.ts'
import { StartError } from '#shared/service-process.ts'
import { ensureBank } from '../banks/ensure-bank.ts'
import { readConfig } from '../config.ts'
import { seedAdverts } from './seed-adverts.ts'

/** `node --import tsx claim-server/adverts/seed-adverts.main.ts`: the demo's adverts, once. */
try {
  const config = readConfig(process.env)
  const { db, clock, newId, close } = await openService(config, 'claim-server')
  try {
    const deps = { config, db, clock, newId }
    await ensureBank(deps)
    const showFrom = dateIn(config.TIME_ZONE, clock.now())
    console.log(`${await seedAdverts(deps, { bank: config.BANK_CODE, showFrom })} adverts entered`)
  } finally {
    await close()
  }
} catch (error) {
  if (!(error instanceof StartError)) throw error
  console.error(error.message)
  process.exitCode = 1
}
