import { expireClaims } from '../../../claim-server/time-limits/expire-claims.ts'
import { warnOfLimits } from '../../../claim-server/time-limits/warn-of-limit.ts'
import { measureBank } from '../bank/measure-bank.ts'
import { browserHead } from '../bank/shoppers.ts'
import type { BenchBank } from '../bank/start-bank.ts'
import { setShopLogin } from '../../../claim-server/shops/set-shop-login.ts'
import { createVisitor } from '../../support/visitor.ts'
import { signInClerk } from '../pages/main-pages.ts'
import { settle, type Settling } from '../rows/settling.ts'
import { addDueClaims } from './due-claims.ts'

/** A bank with its past, and those who are signed in to it. */
export interface GrownBank {
  settling: Settling
  /** Cookies of the consoles of the largest shop and of one of the usual size, and of a clerk. */
  cookies: { largest: string; usual: string; clerk: string }
}

/** One thing to do, in milliseconds each. */
export interface Act {
  name: string
  /** Only once the services are stopped: their workers would do it first. */
  isOfWorkers: boolean
  measureMs(grown: GrownBank): Promise<number>
}

const connections = 8
const dueAtOnce = 500

const headerOf = (cookies: ReadonlyMap<string, string>) =>
  [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')

const signInToConsole = async (bank: BenchBank, at: number): Promise<string> => {
  const shopId = bank.shops[at]?.shopId ?? ''
  const login = { signInId: `shop-${at}-of-bench`, password: 'takings of the bench 88' }
  await setShopLogin(bank.claims, { shopId, ...login })
  const visitor = createVisitor()
  const page = await visitor.open(`${bank.urls['claim-server']}/shop/sign-in`)
  await visitor.submit(page, 'form[action="/shop/sign-in"]', login)
  return headerOf(visitor.cookies)
}

export const signInOthers = async (bank: BenchBank): Promise<GrownBank['cookies']> => ({
  largest: await signInToConsole(bank, 0),
  usual: await signInToConsole(bank, 1),
  clerk: headerOf(await signInClerk(bank)),
})

const pageMs = async (
  { settling: { bank, load } }: GrownBank,
  service: 'bank-portal' | 'claim-server',
  scripts: string[][],
  seconds: number,
): Promise<number> => {
  const port = bank.ports[service]
  const order = { port, scripts, seconds, repeat: true, status: 200 }
  const { count, seconds: took } = await measureBank(bank, load, order)
  return (took * 1000) / count
}

const getWith = (path: string, cookie: string): string =>
  `GET ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\naccept: text/html\r\naccept-language: en\r\ncookie: ${cookie}\r\n\r\n`

const everywhere = (request: string) => Array.from({ length: connections }, () => [request])

const pageOf = (
  name: string,
  service: 'bank-portal' | 'claim-server',
  seconds: number,
  requestFor: (grown: GrownBank) => string,
): Act => ({
  name,
  isOfWorkers: false,
  measureMs: (grown) => pageMs(grown, service, everywhere(requestFor(grown)), seconds),
})

const workOf = (
  name: string,
  kind: 'warning' | 'expiry',
  work: (deps: BenchBank['claims']) => Promise<number>,
): Act => ({
  name: `${name} of ${dueAtOnce} claims`,
  isOfWorkers: true,
  async measureMs({ settling: { bank } }) {
    await addDueClaims(bank, kind, dueAtOnce)
    const begin = performance.now()
    const done = await work(bank.claims)
    const took = performance.now() - begin
    if (done !== dueAtOnce) throw new Error(`${name}: ${done} instead of ${dueAtOnce}`)
    return took
  },
})

/** What must not take longer as the claims grow. */
export const actsFor = (seconds: number): Act[] => {
  const search = (name: string, query: string) =>
    pageOf(`staff search by ${name}`, 'bank-portal', seconds, ({ cookies }) =>
      getWith(`/staff/claims?${query}`, cookies.clerk),
    )
  return [
    {
      name: 'list',
      isOfWorkers: false,
      measureMs(grown) {
        const customers = grown.settling.customers.slice(0, connections)
        const scripts = customers.map((one) => [browserHead(one, 'GET /claims')])
        return pageMs(grown, 'bank-portal', scripts, seconds)
      },
    },
    {
      name: 'settle',
      isOfWorkers: false,
      async measureMs({ settling }) {
        const { count, seconds: took } = await settle(settling, seconds)
        return (took * 1000) / count
      },
    },
    pageOf('shop inquiry', 'claim-server', seconds, ({ cookies }) =>
      getWith('/shop/orders', cookies.usual),
    ),
    pageOf(
      'shop inquiry of the largest shop, with a tenth of all',
      'claim-server',
      seconds,
      ({ cookies }) => getWith('/shop/orders', cookies.largest),
    ),
    search('customer', 'customer=F-100000'),
    search('amount and status', 'amount=1200&status=cancelled'),
    workOf('warning run', 'warning', warnOfLimits),
    workOf('expiry run', 'expiry', expireClaims),
  ]
}
