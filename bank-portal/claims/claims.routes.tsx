import { type Context, Hono } from 'hono'
import { accountKey } from '#shared/accounts.ts'
import { AppError } from '#shared/errors.ts'
import { parseOrderNumber } from '#shared/order-number.ts'
import { renderPage } from '#shared/web/index.ts'
import { findClaim, listClaims } from '../claim-server-client.ts'
import type { CustomerSignIn, Deps, PortalEnv } from '../deps.ts'
import { customerOf, requireCustomer } from '../guard.tsx'
import { viewOf } from '../layout.tsx'
import { ClaimPage } from './claim.page.tsx'
import { ClaimsPage, type ClaimsPageProps, listSorts } from './claims.page.tsx'
import { ClaimDecision } from './decision.page.tsx'
import { decideToPay, listToPay, type ToPayInput } from './list-to-pay.ts'
import { ClaimRows } from './rows.page.tsx'

const readNumbers = (c: Context, name: string): string[] =>
  (c.req.queries(name) ?? [])
    .slice(0, 200)
    .map(parseOrderNumber)
    .filter((number) => number !== undefined)

/** Ticks that the shown rows don't have: a search hides them, the form keeps them. */
const readKept = (c: Context): string[] => readNumbers(c, 'kept')

/** Ticked claims of a query, in their stored form, each once; what is no order number is dropped. */
export const readTicked = (c: Context): string[] => [
  ...new Set([...readNumbers(c, 'claim'), ...readKept(c)]),
]

export const readAccount = (c: Context): string | undefined =>
  accountKey.safeParse(c.req.query('account')).data

const readQuery = (c: Context) => {
  const sort = listSorts.find((one) => one === c.req.query('sort')) ?? 'time-limit'
  const search = (c.req.query('search') ?? '').normalize('NFC').trim().slice(0, 100)
  const cursor = c.req.query('cursor')
  return { ticked: readTicked(c), account: readAccount(c), sort, search, cursor }
}

type Query = ReturnType<typeof readQuery>

const toInput = ({ search, cursor, ...query }: Query): ToPayInput => ({
  ...query,
  ...(search ? { search } : {}),
  ...(cursor ? { cursor } : {}),
})

/** The list's address for what is shown: ticks, account, search and order survive a reload. */
const pathOf = ({ ticked, search, sort }: Query, account: string | undefined): string => {
  const query = new URLSearchParams(ticked.map((number) => ['claim', number]))
  if (account) query.set('account', account)
  if (search) query.set('search', search)
  if (sort !== 'time-limit') query.set('sort', sort)
  return query.size === 0 ? '/claims' : `/claims?${query}`
}

export const claimsRoutes = (deps: Deps & { signIn: CustomerSignIn }): Hono<PortalEnv> =>
  new Hono<PortalEnv>()
    .use(requireCustomer(deps))
    .get('/', async (c) => {
      const query = readQuery(c)
      const toPay = await listToPay(deps, customerOf(c), toInput(query))
      const shown = new Set(toPay.list.claims.map((claim) => claim.orderNumber))
      const props: ClaimsPageProps = {
        view: viewOf(c, deps),
        ...query,
        ...toPay,
        hidden: query.ticked.filter((number) => !shown.has(number)).length,
        tickFirst: c.req.query('tick') === 'first',
      }
      return renderPage(c, <ClaimsPage {...props} />)
    })
    .get('/decision', async (c) => {
      const query = readQuery(c)
      const decisive = await decideToPay(deps, customerOf(c), query)
      c.header('hx-replace-url', pathOf(query, decisive.account))
      const props = { view: viewOf(c, deps), ...decisive, hidden: readKept(c).length }
      return c.html(<ClaimDecision {...props} />)
    })
    .get('/rows', async (c) => {
      const query = readQuery(c)
      const { search, sort, cursor } = toInput(query)
      const list = await listClaims(deps, customerOf(c), {
        list: 'unsettled',
        ...(search ? { search } : {}),
        ...(sort ? { sort } : {}),
        ...(cursor ? { cursor } : {}),
      })
      c.header('hx-replace-url', pathOf(query, query.account))
      return c.html(<ClaimRows view={viewOf(c, deps)} list={list} {...query} />)
    })
    .get('/:orderNumber', async (c) => {
      const orderNumber = parseOrderNumber(c.req.param('orderNumber'))
      if (!orderNumber) throw new AppError('not-found')
      const found = await findClaim(deps, customerOf(c), orderNumber)
      return renderPage(c, <ClaimPage view={viewOf(c, deps)} {...found} />)
    })
