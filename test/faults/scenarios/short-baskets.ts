import { createLedger } from '../load/ledger.ts'
import { post } from '../load/pay.ts'
import { browse, confirm, createShopper } from '../load/shopper.ts'
import { inParallel } from '../in-parallel.ts'
import { addClaims } from '../world.ts'
import type { Scenario } from './scenario.ts'

const basketsEach = 4
const claimsEach = 3
const claimMinor = 10_000n
/** Enough for one basket with its fees, not for two. */
const depositMinor = 40_000n

/** Baskets of three at once from an account that can pay one: one is paid whole, the others not at all. */
export const shortBaskets: Scenario = {
  fullSize: 200,
  options: (size) => ({
    world: { customers: Math.ceil(size / basketsEach), shops: 3, depositMinor },
  }),
  work: async ({ system, violations }, size) => {
    const { world, shops, urls } = system
    const ledger = createLedger()
    await inParallel(world.customers, 4, async (customer, index) => {
      const shopper = createShopper(customer, index, urls['bank-portal'])
      await browse(shopper, '/')
      const account = customer.accounts[0]?.account ?? ''
      const claims = await addClaims(
        system.claims,
        Array.from({ length: basketsEach * claimsEach }, (_, at) => ({
          customerId: customer.customerId,
          shop: shops[at % shops.length] as (typeof shops)[number],
          amountMinor: claimMinor,
          daysToPay: 30,
        })),
      )
      const baskets = Array.from({ length: basketsEach }, (_, at) =>
        claims.slice(at * claimsEach, (at + 1) * claimsEach).map((claim) => claim.orderNumber),
      )
      const confirmations = await inParallel(baskets, 1, (orderNumbers) =>
        confirm(shopper, { orderNumbers, account }),
      )
      await Promise.all(confirmations.flatMap((one) => (one ? [post(shopper, ledger, one)] : [])))
    })
    const partial = await system.sql.core<{ id: string; legs: number }[]>`
      select p.payment_id::text as id, count(l.order_number)::int as legs
      from core_banking.payments p left join core_banking.legs l on l.payment_id = p.payment_id
      group by 1 having count(l.order_number) not in (0, ${claimsEach})`
    for (const { id, legs } of partial)
      violations.add('figure', `payment ${id} was executed for ${legs} of ${claimsEach} claims`)
    const executed = await system.sql.core<{ account: string; executed: number }[]>`
      select payer_account as account, count(*)::int as executed from core_banking.payments
      where result = 'executed' group by 1`
    for (const { account, executed: times } of executed)
      if (times > 1) violations.add('figure', `${times} baskets were paid from ${account}`)
    if (executed.length < world.customers.length)
      violations.add('figure', `${executed.length} of ${world.customers.length} accounts paid`)
    return {
      ledger,
      figures: {
        baskets: world.customers.length * basketsEach,
        'wanted at least': size,
        'paid in part': partial.length,
      },
    }
  },
}
