import { setTimeout as sleep } from 'node:timers/promises'
import { executePayment } from '#shared/contracts/core-banking.ts'
import { executesIn, isExecute } from '../executes.ts'
import { createLedger } from '../load/ledger.ts'
import { post } from '../load/pay.ts'
import { browse, confirm, createShopper } from '../load/shopper.ts'
import { inParallel } from '../in-parallel.ts'
import type { Passing } from '../proxy.ts'
import type { System } from '../system.ts'
import { addClaims } from '../world.ts'
import { countBy, inWords, type Scenario } from './scenario.ts'

const customersAtOnce = 50

const payloadOf = <Payload>(document: string) =>
  JSON.parse(Buffer.from(document.split('.')[1] ?? '', 'base64url').toString()) as Payload

const untilVoided = async ({ sql }: Pick<System, 'sql'>, payments: number) => {
  for (let tries = 0; tries < 600; tries++) {
    const [row] = await sql.core<[{ voided: number }]>`
      select count(*)::int as voided from core_banking.payments where result = 'voided'`
    if (row.voided >= payments) return
    await sleep(200)
  }
}

/** Executes that arrive when their payment was given up and voided: as they were sent, and signed anew. */
export const delayedExecute: Scenario = {
  fullSize: 500,
  options: (size) => ({
    world: { customers: Math.min(size, customersAtOnce), shops: 3 },
    // The portals give up soon; the executes are still on their way.
    settings: { PEER_TIMEOUT_MS: '2000' },
  }),
  work: async ({ system, violations, say }, size) => {
    const { world, shops, urls, random, proxies, asPortal } = system
    const delayed: Passing[] = []
    system.wire.push({
      onRequest: (passing) => {
        if (!isExecute(passing)) return
        delayed.push(passing)
        return 'lose'
      },
    })
    const ledger = createLedger()
    const claims = await addClaims(
      system.claims,
      Array.from({ length: size }, (_, index) => ({
        customerId: world.customers[index % world.customers.length]?.customerId ?? '',
        shop: random.pick(shops),
        amountMinor: BigInt(random.between(100, 9_000)),
        daysToPay: 30,
      })),
    )
    await inParallel(world.customers, 8, async (customer, index) => {
      const shopper = createShopper(customer, index, urls['bank-portal'])
      await browse(shopper, '/')
      const account = customer.accounts[0]?.account ?? ''
      for (const { orderNumber } of claims.filter(
        (one) => one.customerId === customer.customerId,
      )) {
        const confirmation = await confirm(shopper, { orderNumbers: [orderNumber], account })
        if (confirmation) await post(shopper, ledger, confirmation)
      }
    })
    const executes = delayed.flatMap(executesIn)
    say(`delayed-execute: ${executes.length} executes are on their way, waiting for their voids`)
    await untilVoided(system, executes.length)
    system.wire.length = 0
    const asSent = await inParallel(delayed, 20, async (passing) => {
      const late = await proxies['core-banking'].forward(passing)
      return `as sent ${late.status}`
    })
    const signedAnew = await inParallel(executes, 20, async ({ paymentId, ...body }) => {
      const { receipt } = await asPortal.callCore(
        executePayment,
        { params: { paymentId }, body },
        { onBehalfOf: payloadOf<{ payer: string }>(body.instruction).payer },
      )
      return `signed anew ${payloadOf<{ result: string }>(receipt).result}`
    })
    const [row] = await system.sql.core<[{ executed: number }]>`
      select count(*)::int as executed from core_banking.payments where result = 'executed'`
    if (row.executed > 0) violations.add('figure', `${row.executed} were executed after their void`)
    if (executes.length < size)
      violations.add('figure', `${executes.length} of ${size} executes were delayed`)
    return {
      ledger,
      figures: {
        'executes delayed past a void': executes.length,
        'answers to them': inWords(countBy([...asSent, ...signedAnew])),
      },
    }
  },
}
