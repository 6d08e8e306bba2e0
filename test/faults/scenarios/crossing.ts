import { setTimeout as sleep } from 'node:timers/promises'
import { agree, payAgreed } from '../load/as-portal.ts'
import { inParallel } from '../in-parallel.ts'
import { addClaims } from '../world.ts'
import { countBy, inWords, type Scenario } from './scenario.ts'

const workers = 64
const customers = 8
const claimsAtOnce = 400
const fewClaims = 200

/**
 * Customers that are shops to each other, on few accounts: payments from A to B and from B to A, baskets
 * that share claims in another order. No two may wait for each other in a circle.
 */
export const crossing: Scenario = {
  fullSize: 60,
  options: () => ({ world: { customers, shops: customers, crossing: true } }),
  work: async ({ system, violations }, size) => {
    const { world, shops, random } = system
    const end = Date.now() + size * 1000
    const toPay: string[][] = world.customers.map(() => [])
    const outcomes: string[] = []

    const supply = async () => {
      const made = await addClaims(
        system.claims,
        Array.from({ length: claimsAtOnce }, (_, index) => {
          const payer = index % customers
          const others = shops.filter((_shop, at) => at !== payer)
          return {
            customerId: world.customers[payer]?.customerId ?? '',
            shop: random.pick(others),
            amountMinor: BigInt(random.between(100, 9_000)),
            daysToPay: 30,
          }
        }),
      )
      for (const [at, { orderNumber }] of made.entries()) toPay[at % customers]?.push(orderNumber)
    }
    const payOne = async () => {
      const payer = random.below(customers)
      const customer = world.customers[payer]
      const orderNumbers = toPay[payer]?.splice(0, random.between(1, 4)) ?? []
      if (!customer || orderNumbers.length === 0) return sleep(20)
      const basket = { orderNumbers, account: customer.accounts[0]?.account ?? '' }
      const reversed = { ...basket, orderNumbers: orderNumbers.toReversed() }
      const agreed = await Promise.all([
        agree(system, customer, basket),
        ...(random.chance(0.3) ? [agree(system, customer, reversed)] : []),
      ])
      outcomes.push(...(await Promise.all(agreed.map((one) => payAgreed(system, one)))))
    }
    const work = async () => {
      while (Date.now() < end) {
        try {
          await payOne()
        } catch (error) {
          // Five authorisations of one customer at once: the fifth is locked until one succeeds.
          outcomes.push(error instanceof Error ? error.message : 'failed')
        }
      }
    }
    const keepSupplied = async () => {
      while (Date.now() < end) {
        if (toPay.some((numbers) => numbers.length < fewClaims / customers)) await supply()
        await sleep(100)
      }
    }
    await supply()
    await Promise.all([
      keepSupplied(),
      inParallel(
        Array.from({ length: workers }, (_, at) => at),
        workers,
        work,
      ),
    ])
    const counts = countBy(outcomes)
    if (!counts.settled) violations.add('figure', 'nothing was paid')
    return {
      figures: { workers, 'seconds of crossing': size, 'the payments': inWords(counts) },
    }
  },
}
