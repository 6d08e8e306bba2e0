import { setTimeout as sleep } from 'node:timers/promises'
import { accountExists } from '#shared/contracts/core-banking.ts'
import type { Random } from '../random.ts'
import type { System } from '../system.ts'
import { acceptOrder, sendOrder } from '../../support/people.ts'
import { addClaims, type NewClaim, type ShopOfWorld } from '../world.ts'
import { createLedger, type Ledger, type StartedPayment } from './ledger.ts'
import { pay, payElsewhere, pickWay } from './pay.ts'
import { askStatus, browse, createShopper, type Shopper } from './shopper.ts'

/** A customer of the load: what is to pay, and what was started and not heard of since. */
interface Payer {
  shopper: Shopper
  toPay: string[]
  open: StartedPayment[]
  isBusy: boolean
}

export interface LoadOptions {
  /** How many customers act at the same time. */
  workers: number
  /** Seconds between two days of the business clock; 0 leaves it alone. */
  dayEverySeconds?: number
}

export interface Load {
  ledger: Ledger
  stop(): Promise<void>
}

const fewClaims = 8
const claimsAtOnce = 30
const largestBasket = 4

/** Customers that pay, click twice, look and come back; shops that send and cancel; days that pass. */
export const startLoad = (system: System, { workers, dayEverySeconds = 0 }: LoadOptions): Load => {
  const { random: root, world, shops, urls, claims, clock, asClaimServer } = system
  const random = root.fork('load')
  const ledger = createLedger()
  const stopped = new AbortController()
  const payers: Payer[] = world.customers.map((customer, index) => ({
    shopper: createShopper(customer, index, urls['bank-portal']),
    toPay: [],
    open: [],
    isBusy: false,
  }))
  const shopOf = new Map<string, ShopOfWorld>()

  const newClaim = (customerId: string): NewClaim => ({
    customerId,
    shop: random.pick(shops),
    amountMinor: BigInt(random.between(100, 9_000)),
    daysToPay: random.chance(0.15) ? random.between(0, 2) : random.between(300, 900),
  })

  const supply = async () => {
    const poor = payers.filter((payer) => payer.toPay.length < fewClaims)
    const wanted = poor.flatMap(({ shopper }) =>
      Array.from({ length: claimsAtOnce }, () => newClaim(shopper.customer.customerId)),
    )
    if (wanted.length === 0) return
    const byCustomer = new Map(poor.map((payer) => [payer.shopper.customer.customerId, payer]))
    for (const { customerId, orderNumber, shop } of await addClaims(claims, wanted)) {
      byCustomer.get(customerId)?.toPay.push(orderNumber)
      shopOf.set(orderNumber, shop)
    }
  }

  const keepStarted = (payer: Payer, started: readonly StartedPayment[], basket: string[]) => {
    if (started.length === 0) payer.toPay.push(...basket)
    for (const payment of started) {
      if (payment.said.has('not-paid')) payer.toPay.push(...payment.orderNumbers)
      else if (!payment.said.has('paid')) payer.open.push(payment)
    }
  }

  const takeBasket = (payer: Payer): string[] =>
    payer.toPay.splice(0, Math.min(payer.toPay.length, random.between(1, largestBasket)))

  const payBasket = async (payer: Payer) => {
    const basket = takeBasket(payer)
    if (basket.length === 0) return
    const [first, second] = random.shuffle(payer.shopper.customer.accounts)
    const isRun = basket.length > 1 && random.chance(0.2)
    const started = await pay(
      payer.shopper,
      ledger,
      {
        orderNumbers: basket,
        account: first?.account ?? '',
        ...(isRun && second ? { secondAccount: second.account } : {}),
      },
      pickWay(random),
    )
    keepStarted(payer, started, basket)
  }

  const bendForm = async (payer: Payer) => {
    const [orderNumber] = payer.toPay
    if (!orderNumber) return
    const { account } = random.pick(payer.shopper.customer.accounts)
    const others = shops.filter((shop) => shop !== shopOf.get(orderNumber))
    await payElsewhere(
      payer.shopper,
      ledger,
      { orderNumbers: [orderNumber], account },
      random.pick(others),
    )
  }

  const signOut = async ({ shopper }: Payer) => {
    const home = await browse(shopper, '/')
    await shopper.visitor.submit(home, 'form[action="/sign-out"]')
  }

  const checkAccount = async () => {
    const { account, holder } = random.pick(shops)
    await asClaimServer.callCore(accountExists, { body: { account, holder } })
  }

  const lookAtOpen = async (payer: Payer) => {
    const payment = payer.open.shift()
    if (!payment) return
    const said = await askStatus(payer.shopper, payment.paymentId)
    if (said) payment.said.add(said)
    if (said === 'not-paid' || said === 'not-started') payer.toPay.push(...payment.orderNumbers)
    else if (said !== 'paid' && said !== 'exception') payer.open.push(payment)
  }

  const orderAndAccept = async (payer: Payer) => {
    const shop = random.pick(shops)
    const order = await sendOrder(urls['claim-server'], shop.apiKey, {
      description: `Goods of ${shop.name}`,
      yen: random.between(100, 9_000),
    })
    shopOf.set(order.orderNumber, shop)
    if (random.chance(0.2)) return // Never accepted: abandoned when the clock moves on.
    await browse(payer.shopper, '/')
    await acceptOrder(payer.shopper, order, payer.shopper.customer.accounts[0]?.account)
    payer.toPay.push(order.orderNumber)
  }

  const cancelOne = async (payer: Payer) => {
    // Some of them are being paid just now: then the shop is told so.
    const numbers = [...payer.toPay, ...payer.open.flatMap((one) => one.orderNumbers)]
    if (numbers.length === 0) return
    const orderNumber = random.pick(numbers)
    const shop = shopOf.get(orderNumber)
    if (!shop) return
    const response = await fetch(`${urls['claim-server']}/v1/orders/${orderNumber}/cancel`, {
      method: 'POST',
      headers: { authorization: `Bearer ${shop.apiKey}` },
      signal: AbortSignal.timeout(20_000),
    })
    await response.body?.cancel()
  }

  const acts: [chance: number, act: (payer: Payer) => Promise<void>][] = [
    [0.56, payBasket],
    [0.17, lookAtOpen],
    [0.06, orderAndAccept],
    [0.05, cancelOne],
    [0.03, bendForm],
    [0.04, signOut],
    [0.04, checkAccount],
    [0.05, async ({ shopper }) => void (await browse(shopper, '/claims'))],
  ]

  const pickAct = (decide: Random) => {
    let left = decide.next()
    return acts.find(([chance]) => (left -= chance) < 0)?.[1] ?? payBasket
  }

  const work = async (decide: Random) => {
    while (!stopped.signal.aborted) {
      const free = payers.filter((payer) => !payer.isBusy)
      const payer = free.length > 0 ? decide.pick(free) : undefined
      if (!payer) {
        await sleep(20)
        continue
      }
      payer.isBusy = true
      try {
        await pickAct(decide)(payer)
      } catch {
        ledger.failures++
        await sleep(50)
      } finally {
        payer.isBusy = false
      }
    }
  }

  const every = async (ms: number, act: () => Promise<void> | void) => {
    while (!stopped.signal.aborted) {
      try {
        await act()
      } catch {
        ledger.failures++ // PostgreSQL was just killed: the next turn does it.
      }
      await sleep(ms, undefined, { signal: stopped.signal }).catch(() => {})
    }
  }

  const running = [
    every(1000, supply),
    ...Array.from({ length: workers }, (_, index) => work(random.fork(`worker ${index}`))),
    ...(dayEverySeconds > 0
      ? [every(dayEverySeconds * 1000, () => clock.advance({ days: 1 }))]
      : []),
  ]
  return {
    ledger,
    stop: async () => {
      stopped.abort()
      await Promise.all(running)
    },
  }
}
