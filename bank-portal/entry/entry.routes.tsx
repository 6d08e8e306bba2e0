import { type Context, Hono } from 'hono'
import { accountKey } from '#shared/accounts.ts'
import { entryToken as entryTokenField } from '#shared/contracts/claim-server.ts'
import { AppError, unreachable } from '#shared/errors.ts'
import { readFields, renderPage } from '#shared/web/index.ts'
import { listPayingAccounts } from '../accounts/paying-accounts.ts'
import { readAccount } from '../claims/list-query.ts'
import type { CustomerSignIn, Deps, PortalEnv } from '../deps.ts'
import { customerOf, requireCustomer } from '../guard.tsx'
import { viewAt, viewOf } from '../layout.tsx'
import { acceptEntry } from './accept-entry.ts'
import { AcceptedPage, AcceptPage, LaterPage, NotOpenPage } from './entry.page.tsx'
import { findAcceptance } from './find-acceptance.ts'

type EntryDeps = Deps & { signIn: CustomerSignIn }

const readToken = (c: Context): string => {
  const token = entryTokenField.safeParse(c.req.param('entryToken')).data
  if (!token) throw new AppError('not-found')
  return token
}

const acceptedPath = (token: string, account: string) =>
  `/entry/${token}/accepted?${new URLSearchParams({ account })}`

/** What the two pages after acceptance show; a link that is still open leads back to the question. */
const afterAcceptance = async (deps: EntryDeps, c: Context<PortalEnv>) => {
  const entryToken = readToken(c)
  const { state, order } = await findAcceptance(deps, customerOf(c), entryToken)
  return { state, view: viewOf(c, deps), entryToken, order, account: readAccount(c) }
}

/** From the shop's entry screen: sign in, accept, then now or later (Figs. 25, 26, 32). */
export const entryRoutes = (deps: EntryDeps): Hono<PortalEnv> =>
  new Hono<PortalEnv>()
    .use(requireCustomer({ ...deps, resumeAt: (c) => c.req.path.replace(/\/accept$/, '') }))
    .get('/:entryToken', async (c) => {
      const entryToken = readToken(c)
      const customer = customerOf(c)
      const view = viewOf(c, deps)
      const { state, order } = await findAcceptance(deps, customer, entryToken)
      switch (state) {
        case 'open': {
          const { accounts } = await listPayingAccounts(deps, customer)
          return renderPage(c, <AcceptPage {...{ view, order, entryToken, accounts }} />)
        }
        case 'accepted':
          return c.redirect(`/entry/${entryToken}/accepted`, 303)
        case 'not-open':
          return renderPage(c, <NotOpenPage view={view} order={order} />, 410)
        default:
          return unreachable(state)
      }
    })
    .post('/:entryToken/accept', async (c) => {
      const entryToken = readToken(c)
      const form = await readFields(c)
      const account = accountKey.safeParse(form.account).data
      const result = await acceptEntry(deps, customerOf(c), { entryToken, account })
      const view = viewAt(viewOf(c, deps), `/entry/${entryToken}`)
      switch (result.outcome) {
        case 'accepted':
          return c.redirect(acceptedPath(entryToken, account ?? ''), 303)
        case 'not-open':
          return renderPage(c, <NotOpenPage view={view} order={result.order} />, 410)
        case 'no-account': {
          const page = { view, entryToken, order: result.order, accounts: result.accounts }
          return renderPage(c, <AcceptPage {...page} mistake />, 422)
        }
        default:
          return unreachable(result)
      }
    })
    .get('/:entryToken/accepted', async (c) => {
      const { state, ...page } = await afterAcceptance(deps, c)
      if (state === 'open') return c.redirect(`/entry/${page.entryToken}`, 303)
      if (state === 'not-open') return renderPage(c, <NotOpenPage {...page} />, 410)
      return renderPage(c, <AcceptedPage {...page} />)
    })
    .get('/:entryToken/later', async (c) => {
      const { state, ...page } = await afterAcceptance(deps, c)
      if (state === 'open') return c.redirect(`/entry/${page.entryToken}`, 303)
      if (state === 'not-open') return renderPage(c, <NotOpenPage {...page} />, 410)
      return renderPage(c, <LaterPage {...page} />)
    })
