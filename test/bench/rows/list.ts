import { freePort } from '../../support/postgres-server.ts'
import { enterAdverts } from '../bank/enter-adverts.ts'
import { measureBank } from '../bank/measure-bank.ts'
import { browserHead, signInAll } from '../bank/shoppers.ts'
import { type BenchBank, startBank } from '../bank/start-bank.ts'
import { writeStatements } from '../bank/statements.ts'
import type { Measured, Pair } from '../figures/report.ts'
import { sumUpPairs } from '../figures/sum-up.ts'
import type { RequestOrder } from '../load/request.main.ts'
import { type Load, startLoad } from '../load/start-load.ts'
import { startBarePage } from '../peers/bare-page.ts'
import type { Row } from './row.ts'

const customersAtOnce = 32
const claimsOnPage = 20

const sizes = {
  full: { seconds: 10, warmUpSeconds: 10 },
  small: { seconds: 2, warmUpSeconds: 3 },
}

const barePage = 'GET / HTTP/1.1\r\nhost: 127.0.0.1\r\naccept: text/html\r\n\r\n'

const measure = (
  bank: BenchBank,
  load: Load<RequestOrder>,
  { port, scripts, seconds }: Pick<RequestOrder, 'port' | 'scripts' | 'seconds'>,
): Promise<Measured> =>
  measureBank(bank, load, { port, scripts, seconds, repeat: true, status: 200 })

export const listRow: Row = {
  what: 'a signed-in customer’s list of 20 claims, with session, balances and advert, 32 customers at once',
  async run(place, options) {
    const { pairs, size, settings, profileFolder } = options
    const { seconds = sizes[size].seconds } = options
    const { warmUpSeconds } = sizes[size]
    await using undo = new AsyncDisposableStack()
    const world = { customers: customersAtOnce, shops: claimsOnPage }
    const bank = await startBank(place, { world, settings, profileFolder })
    undo.defer(bank.close)
    await enterAdverts(bank)
    const peerPort = await freePort()
    const databaseUrl = place.cluster.urlOf(bank.databases['claim-server'])
    const bare = await startBarePage(bank.folder, { port: peerPort, databaseUrl })
    undo.defer(bare.stop)
    const load = await startLoad<RequestOrder>('request.main.ts')
    undo.defer(load.stop)

    const customers = await signInAll(bank)
    const [first] = customers
    const page = await first?.shopper.visitor.open(`${bank.urls['bank-portal']}/claims`)
    const shown = page?.root.querySelectorAll('input[name="claim"]').length
    if (shown !== claimsOnPage) throw new Error(`the list shows ${shown} claims`)

    const list = {
      port: bank.ports['bank-portal'],
      scripts: customers.map((one) => [browserHead(one, 'GET /claims')]),
    }
    const peer = { port: peerPort, scripts: customers.map(() => [barePage]) }
    await measure(bank, load, { ...peer, seconds: warmUpSeconds })
    await measure(bank, load, { ...list, seconds: warmUpSeconds })
    const measured: Pair[] = []
    for (let at = 0; at < pairs; at++)
      measured.push({
        peer: await measure(bank, load, { ...peer, seconds }),
        ours: await measure(bank, load, { ...list, seconds }),
      })
    const figure = sumUpPairs(measured, {
      name: 'the list',
      unit: 'pages/s',
      peer: { name: 'a bare Hono page with one query', unit: 'pages/s' },
    })
    if (profileFolder) await writeStatements(bank, profileFolder)
    return [{ ...figure, reach: { least: 0.2 }, peakRssMb: bank.peakRssMb() }]
  },
}
