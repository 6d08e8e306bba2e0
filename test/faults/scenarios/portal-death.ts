import { createLedger } from '../load/ledger.ts'
import { post } from '../load/pay.ts'
import { browse, confirm, createShopper, type Shopper } from '../load/shopper.ts'
import { addClaims } from '../world.ts'
import { setTimeout as sleep } from 'node:timers/promises'
import type { System } from '../system.ts'
import type { Scenario } from './scenario.ts'

const customers = 4
const settledWithinMs = 10_000
const point = 'after-executePayment-call'
const portal = 'bank-portal-1'

const countOpen = async ({ sql }: Pick<System, 'sql'>) => {
  const [row] = await sql.claims<[{ open: number }]>`
    select count(*)::int as open from claim_server.payments where status = 'paying'`
  return row.open
}

/** The portal dies with the receipt in its hands, and stays away: the claim server settles by itself. */
export const portalDeath: Scenario = {
  fullSize: 200,
  options: () => ({ world: { customers, shops: 3 } }),
  work: async ({ system, violations }, size) => {
    const { fleet, world, shops, urls, random } = system
    const ledger = createLedger()
    const shoppers = world.customers.map((customer, index) =>
      createShopper(customer, index, urls['bank-portal']),
    )
    fleet.keepDown('bank-portal-2')
    await fleet.kill('bank-portal-2')
    let deaths = 0
    for (let round = 0; round < size; round++) {
      const shopper = shoppers[round % customers] as Shopper
      await fleet.bringUp(portal)
      const [claim] = await addClaims(system.claims, [
        {
          customerId: shopper.customer.customerId,
          shop: random.pick(shops),
          amountMinor: BigInt(random.between(100, 9_000)),
          daysToPay: 30,
        },
      ])
      await browse(shopper, '/')
      const account = shopper.customer.accounts[0]?.account ?? ''
      const confirmation = await confirm(shopper, {
        orderNumbers: [claim?.orderNumber ?? ''],
        account,
      })
      if (!confirmation) throw new Error('no confirmation page')
      fleet.keepDown(portal)
      const [death] = await Promise.all([
        fleet.dieAt(portal, point),
        // Posted once it is armed: the message was sent before this request.
        sleep(20).then(() => post(shopper, ledger, confirmation)),
      ])
      if (death?.point === point) deaths++
      const began = Date.now()
      while ((await countOpen(system)) > 0 && Date.now() - began < settledWithinMs) await sleep(50)
    }
    await fleet.bringUp(portal)
    await fleet.bringUp('bank-portal-2')
    return {
      ledger,
      figures: { 'portal deaths before completion': deaths },
      check: ({ doubt }) => {
        if (deaths < size) violations.add('figure', `${deaths} portal deaths, not ${size}`)
        if (doubt.executed.payments < deaths)
          violations.add('figure', `${doubt.executed.payments} of ${deaths} payments were settled`)
        if (doubt.executed.mostMs > settledWithinMs)
          violations.add('figure', `settled after ${doubt.executed.mostMs} ms`)
      },
    }
  },
}
