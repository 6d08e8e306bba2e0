import { setTimeout as sleep } from 'node:timers/promises'
import { expireClaims } from '../../../claim-server/time-limits/expire-claims.ts'
import { inParallel } from '../in-parallel.ts'
import { type Agreed, agree, payAgreed } from '../load/as-portal.ts'
import type { System } from '../system.ts'
import { addClaims, type ClaimOfWorld } from '../world.ts'
import { countBy, inWords, type Scenario } from './scenario.ts'

const racesAtOnce = 50
const windowMs = 50
const customers = 25

/** The business clock of a replica that is a day ahead: today's limits have passed for it. */
const tomorrow = ({ claims }: Pick<System, 'claims'>) => ({
  now: () => new Date(claims.clock.now().getTime() + 24 * 3600_000 + 6 * 60_000),
})

const cancel = async ({ urls }: Pick<System, 'urls'>, { shop, orderNumber }: ClaimOfWorld) => {
  const response = await fetch(`${urls['claim-server']}/v1/orders/${orderNumber}/cancel`, {
    method: 'POST',
    headers: { authorization: `Bearer ${shop.apiKey}` },
  })
  await response.body?.cancel()
  return response.status
}

interface Race {
  claim: ClaimOfWorld
  agreed: Agreed
}

/** `leadMs` is the start that the payments get, which have the longer way to their claim. */
const raceOnce = async (
  system: System,
  races: readonly Race[],
  leadMs: number,
): Promise<string[]> => {
  const { random } = system
  const within = () => random.next() * 2 * windowMs
  // Half of them are to expire: the sweep goes over them all at once, in the middle of the window.
  const sweep = sleep(leadMs + windowMs).then(() =>
    expireClaims({ ...system.claims, clock: tomorrow(system) }),
  )
  const outcomes = await Promise.all(
    races.map(async ({ claim, agreed }) => {
      const paid = sleep(within()).then(() => payAgreed(system, agreed))
      const cancelled =
        claim.daysToPay > 0 ? sleep(leadMs + within()).then(() => cancel(system, claim)) : undefined
      const [outcome] = await Promise.all([paid, cancelled])
      return outcome
    }),
  )
  await sweep
  return outcomes
}

/** A payment against the end of its claim: the last day is over, or the shop cancels, within 50 ms. */
export const races: Scenario = {
  fullSize: 5000,
  options: () => ({ world: { customers, shops: 4 } }),
  work: async ({ system, violations, say }, size) => {
    const { world, shops, random } = system
    const outcomes: string[] = []
    let leadMs = 50
    while (outcomes.length < size) {
      const claims = await addClaims(
        system.claims,
        Array.from({ length: Math.min(racesAtOnce, size - outcomes.length) }, (_, index) => ({
          customerId: world.customers[index % customers]?.customerId ?? '',
          shop: random.pick(shops),
          amountMinor: BigInt(random.between(100, 9_000)),
          daysToPay: index % 2 === 0 ? 0 : 30,
        })),
      )
      const agreed = await inParallel(claims, 4, async (claim, index) => {
        const customer = world.customers[index % customers]
        if (!customer) throw new Error('no such customer')
        const { account } = random.pick(customer.accounts)
        return {
          claim,
          agreed: await agree(system, customer, { orderNumbers: [claim.orderNumber], account }),
        }
      })
      const raced = await raceOnce(system, agreed, leadMs)
      outcomes.push(...raced)
      // Kept close: whoever wins too often gives the other a start.
      const won = raced.filter((one) => one === 'settled').length / raced.length
      leadMs = Math.max(0, leadMs + (won < 0.4 ? 15 : won > 0.6 ? -15 : 0))
      if (outcomes.length % 500 === 0) say(`races: ${outcomes.length} of ${size}`)
    }
    const counts = countBy(outcomes)
    const [row] = await system.sql.claims<[{ settled: number; open: number }]>`
      select count(*) filter (where status = 'settled')::int as settled,
        count(*) filter (where status in ('unsettled', 'paying'))::int as open
      from claim_server.claims`
    if (row.settled !== counts.settled)
      violations.add('figure', `${counts.settled} were told to be paid, ${row.settled} are settled`)
    if (row.open > 0) violations.add('figure', `${row.open} claims were neither paid nor ended`)
    return {
      figures: {
        races: outcomes.length,
        'the payments': inWords(counts),
        'start given to payments (ms)': leadMs,
      },
    }
  },
}
