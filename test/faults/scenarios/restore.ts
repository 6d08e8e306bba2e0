import { setTimeout as sleep } from 'node:timers/promises'
import { reconcile } from '../../../claim-server/reconciliation/reconcile.ts'
import { checkClaims } from '../invariants/check-claims.ts'
import { createLedger, type Ledger } from '../load/ledger.ts'
import { post } from '../load/pay.ts'
import { browse, confirm, createShopper, type Shopper } from '../load/shopper.ts'
import { inParallel } from '../in-parallel.ts'
import type { System } from '../system.ts'
import { addClaims } from '../world.ts'
import type { Scenario } from './scenario.ts'

const customers = 6
const claimsEach = 2
const claimServers = ['claim-server-1', 'claim-server-2']

const takeDown = async ({ fleet }: Pick<System, 'fleet'>) => {
  for (const name of claimServers) fleet.keepDown(name)
  await Promise.all(claimServers.map((name) => fleet.kill(name)))
}

const bringUp = ({ fleet }: Pick<System, 'fleet'>) =>
  Promise.all(claimServers.map((name) => fleet.bringUp(name)))

/** Copies a database whole; nobody may be connected to it, the runner neither. */
const copyDatabase = async ({ cluster }: Pick<System, 'cluster'>, from: string, to: string) => {
  await cluster.run(`drop database if exists ${to} with (force)`)
  for (let tries = 0; ; tries++) {
    await cluster.run(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${from}'`,
    )
    try {
      return await cluster.run(`create database ${to} template ${from}`)
    } catch (error) {
      if (tries > 50) throw error
      await sleep(50)
    }
  }
}

const untilDecided = async ({ sql }: Pick<System, 'sql'>) => {
  for (let tries = 0; tries < 300; tries++) {
    try {
      const [row] = await sql.claims<[{ open: number }]>`
        select count(*)::int as open from claim_server.payments where status = 'paying'`
      if (row.open === 0) return
    } catch {} // The runner's own connection was cut for the copy.
    await sleep(200)
  }
}

const payAll = (
  shoppers: readonly Shopper[],
  ledger: Ledger,
  orderNumbers: ReadonlyMap<string, string[]>,
) =>
  inParallel(shoppers, shoppers.length, async (shopper) => {
    await browse(shopper, '/')
    const account = shopper.customer.accounts[0]?.account ?? ''
    const confirmation = await confirm(shopper, {
      orderNumbers: orderNumbers.get(shopper.customer.customerId) ?? [],
      account,
    })
    if (confirmation) await post(shopper, ledger, confirmation)
  })

/**
 * The claim server loses what it knew since a backup that was taken before the payments: its customers
 * see the claims as open and pay again. The core refuses that, and reconciliation settles them.
 */
export const restore: Scenario = {
  fullSize: 50,
  options: () => ({ world: { customers, shops: 3 } }),
  work: async ({ system, violations, say }, size) => {
    const { world, shops, urls, random, databases, claims } = system
    const database = databases['claim-server']
    const backup = `${database}_backup`
    const ledger = createLedger()
    const shoppers = world.customers.map((customer, index) =>
      createShopper(customer, index, urls['bank-portal']),
    )
    let completed = 0
    for (let round = 1; round <= size; round++) {
      const made = await addClaims(
        claims,
        Array.from({ length: customers * claimsEach }, (_, index) => ({
          customerId: world.customers[index % customers]?.customerId ?? '',
          shop: random.pick(shops),
          amountMinor: BigInt(random.between(100, 9_000)),
          daysToPay: 30,
        })),
      )
      const numbers = new Map<string, string[]>()
      for (const { customerId, orderNumber } of made)
        numbers.set(customerId, [...(numbers.get(customerId) ?? []), orderNumber])

      await takeDown(system)
      await copyDatabase(system, database, backup)
      await bringUp(system)
      const paying = payAll(shoppers, ledger, numbers)
      // In every other round the claim server is lost while they pay, else after it.
      if (round % 2 === 0) await sleep(random.between(50, 600))
      else await paying
      await takeDown(system)
      await paying
      await copyDatabase(system, backup, database)
      await bringUp(system)

      await payAll(shoppers, ledger, numbers)
      await untilDecided(system)
      const { differences } = await reconcile(claims, { olderThanSeconds: 0 })
      completed += differences.filter((one) => one.kind === 'receipt-not-completed').length
      await checkClaims(system, violations)
      if (round % 10 === 0)
        say(`restore: ${round} of ${size} rounds, ${completed} receipts completed`)
    }
    await system.cluster.run(`drop database if exists ${backup} with (force)`)
    if (completed === 0) violations.add('figure', 'no receipt was unknown after a restore')
    return {
      // Pages told of payments that the restored server had never heard of: that is no lie of theirs.
      restored: true,
      figures: { 'backups restored': size, 'receipts completed by reconciliation': completed },
    }
  },
}
