import { createLedger } from '../load/ledger.ts'
import { pay } from '../load/pay.ts'
import { browse, type Confirmation, confirm, createShopper, type Shopper } from '../load/shopper.ts'
import { inParallel } from '../in-parallel.ts'
import type { System } from '../system.ts'
import { addClaims } from '../world.ts'
import { countBy, inWords, type Scenario } from './scenario.ts'

const postsAtOnce = 30
const paymentsAtOnce = 4
const customers = 20

/** Posts the form and looks no further than where it leads. */
const postOnce = async (
  { visitor, portalUrl }: Shopper,
  { content, url, init }: Confirmation,
): Promise<string> => {
  const headers = new Headers(init.headers)
  headers.set('cookie', [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; '))
  headers.set('origin', portalUrl)
  const response = await fetch(url, { ...init, headers, redirect: 'manual' })
  await response.body?.cancel()
  const leadsTo = response.headers.get('location')
  return leadsTo?.endsWith(`/payments/${content.paymentId}`)
    ? 'to its status page'
    : `${response.status}`
}

const countExecuted = async ({ sql }: Pick<System, 'sql'>): Promise<number> => {
  const [row] = await sql.core<[{ executed: number }]>`
    select count(*)::int as executed from core_banking.payments where result = 'executed'`
  return row.executed
}

/** The same form posted 30 times at once over two portals, and one basket confirmed in two tabs. */
export const doubleSubmit: Scenario = {
  fullSize: 500,
  options: () => ({ world: { customers, shops: 3 } }),
  work: async ({ system, violations, say }, size) => {
    const { world, shops, urls, random } = system
    const shoppers = world.customers.map((customer, index) =>
      createShopper(customer, index, urls['bank-portal']),
    )
    await inParallel(shoppers, 4, (shopper) => browse(shopper, '/'))
    const newClaims = () =>
      addClaims(
        system.claims,
        Array.from({ length: size }, (_, index) => ({
          customerId: world.customers[index % customers]?.customerId ?? '',
          shop: random.pick(shops),
          amountMinor: BigInt(random.between(100, 9_000)),
          daysToPay: 30,
        })),
      )
    const basketOf = (index: number, orderNumber: string) => {
      const shopper = shoppers[index % customers] as Shopper
      const { account } = random.pick(shopper.customer.accounts)
      return { shopper, basket: { orderNumbers: [orderNumber], account } }
    }
    const expect = (what: string, found: number, wanted: number) => {
      if (found !== wanted) violations.add('figure', `${what}: ${found} executed, not ${wanted}`)
    }

    const answers = await inParallel(
      await newClaims(),
      paymentsAtOnce,
      async ({ orderNumber }, index) => {
        const { shopper, basket } = basketOf(index, orderNumber)
        const confirmation = await confirm(shopper, basket)
        if (!confirmation) throw new Error('no confirmation page')
        return Promise.all(
          Array.from({ length: postsAtOnce }, () => postOnce(shopper, confirmation)),
        )
      },
    )
    const afterDoubles = await countExecuted(system)
    expect(`${postsAtOnce} identical posts`, afterDoubles, size)
    say(`double-submit: ${afterDoubles} of ${size} executed; now two tabs each`)

    const ledger = createLedger()
    await inParallel(await newClaims(), paymentsAtOnce, ({ orderNumber }, index) => {
      const { shopper, basket } = basketOf(index, orderNumber)
      return pay(shopper, ledger, basket, 'two tabs')
    })
    expect('two tabs', (await countExecuted(system)) - afterDoubles, size)
    return {
      ledger,
      figures: {
        'payments posted 30 times': size,
        'executed of them': afterDoubles,
        'answers to the posts': inWords(countBy(answers.flat())),
        'baskets in two tabs': size,
      },
    }
  },
}
