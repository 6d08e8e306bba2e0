import { parseArgs } from 'node:util'
import { errorCode } from '#shared/log.ts'
import { openService } from '#shared/open-service.ts'
import { NoAnswer } from '#shared/service-client.ts'
import { StartError } from '#shared/service-process.ts'
import { trustPeers } from '#shared/service-routes.ts'
import { readConfig } from '../config.ts'
import { keepReconciliation, leasePeriod, type Period } from './keep-reconciliation.ts'
import { type Counts, reconcile } from './reconcile.ts'

/**
 * `npm run reconcile [-- --older-than 60]`, with the claim server's own settings: prints the counts and
 * every row that differs, and keeps them for the bank's staff. Exit code 0 when there is none, 1 when
 * there is one, 2 when it could not look.
 */
const names: Record<keyof Counts, string> = {
  settledClaims: 'settled claims',
  executedTransfers: 'executed transfers',
  openPayments: 'open payments',
  openExceptions: 'open exceptions',
  waitingNotices: 'notices not delivered yet',
}

const readOlderThan = (): number => {
  const { values } = parseArgs({ options: { 'older-than': { type: 'string', default: '60' } } })
  const seconds = Number(values['older-than'])
  if (!Number.isInteger(seconds) || seconds < 0)
    throw new StartError('--older-than takes a number of seconds')
  return seconds
}

const run = async (): Promise<number> => {
  const olderThanSeconds = readOlderThan()
  const config = readConfig(process.env)
  const service = await openService({ ...config, LOG_LEVEL: 'silent' }, 'claim-server')
  const deps = {
    ...service,
    trust: trustPeers('claim-server', service.keys, { 'core-banking': config.CORE_BANKING_URL }),
    callCore: service.clientOf(config.CORE_BANKING_URL, 60_000),
  }
  try {
    const asked: Period = { extent: 'whole', period: new Date().toISOString() }
    const id = await leasePeriod({ ...deps, config }, asked)
    const made = await reconcile(deps, { olderThanSeconds })
    if (id) await keepReconciliation({ ...deps, config }, id, made)
    const { counts, differences } = made
    for (const [key, name] of Object.entries(names))
      console.log(`${String(counts[key as keyof Counts]).padStart(12)}  ${name}`)
    console.log(`${String(differences.length).padStart(12)}  rows that differ`)
    for (const { kind, id, words } of differences) console.log(`${kind}  ${id}  ${words}`)
    return differences.length === 0 ? 0 : 1
  } finally {
    await service.close()
  }
}

const inWords = (error: unknown) => {
  if (error instanceof NoAnswer) return `core banking does not answer: ${error.message}`
  // A database error's message holds the statement's parameters.
  if (error instanceof StartError) return error.message
  return `could not look: ${errorCode(error) ?? (error instanceof Error ? error.name : 'unknown')}`
}

try {
  process.exitCode = await run()
} catch (error) {
  console.error(inWords(error))
  process.exitCode = 2
}
