import { type Context, Hono, type MiddlewareHandler } from 'hono'
import { AppError } from '#shared/errors.ts'
import { uuid } from '#shared/contracts/fields.ts'
import { isHtmx, readFields, renderPage, renderPart, shownPath } from '#shared/web/index.ts'
import { findAccount } from '../accounts/find-account.ts'
import { listOwners } from '../accounts/list-owners.ts'
import { listPostings } from '../accounts/list-postings.ts'
import { openAccount } from '../accounts/open-account.ts'
import { searchAccounts } from '../accounts/search-accounts.ts'
import { checkBooks } from '../payments/check-books.ts'
import { findPayment } from '../payments/find-payment.ts'
import { listPayments, paymentResults } from '../payments/list-payments.ts'
import { AccountPage } from './account.page.tsx'
import { accountPath, AccountRows, AccountsPage } from './accounts.page.tsx'
import { BooksPage } from './books.page.tsx'
import { OpenAccountPage } from './open-account.page.tsx'
import type { OperatorDeps } from './operator-deps.ts'
import { PaymentPage } from './payment.page.tsx'
import { PaymentRows, PaymentsPage } from './payments.page.tsx'
import { readOpenAccount } from './read-open-account.ts'
import { type OperatorEnv, viewOf } from './view.tsx'

/** Lets signed-in operators pass; everybody else goes to the sign-in, and back to the page they asked for. */
const requireOperator: MiddlewareHandler<OperatorEnv> = async (c, next) => {
  if (c.var.session) return next()
  const isRead = c.req.method === 'GET'
  const back = isRead ? `?${new URLSearchParams({ next: shownPath(c, '/operator') })}` : ''
  const path = `/operator/sign-in${back}`
  if (!isHtmx(c)) return c.redirect(path, 303)
  c.header('hx-redirect', path)
  return c.body(null, 401)
}

const textIn = (c: Context, name: string) =>
  (c.req.query(name) ?? '').replaceAll(/\p{Cc}/gu, ' ').slice(0, 100)

const accountsRoutes = (deps: OperatorDeps) =>
  new Hono<OperatorEnv>()
    .get('/', async (c) => {
      const search = textIn(c, 'search')
      const after = c.req.query('after')
      const page = await searchAccounts(deps, { search, after })
      const shown = { view: viewOf(c, deps), search, page }
      return renderPart(c, {
        part: <AccountRows {...shown} />,
        page: () => <AccountsPage {...shown} />,
      })
    })
    .get('/accounts/new', async (c) => {
      const owners = await listOwners(deps)
      const values = { formId: deps.newId() }
      return renderPage(c, <OpenAccountPage view={viewOf(c, deps)} {...{ owners, values }} />)
    })
    .post('/accounts', async (c) => {
      const values = await readFields(c)
      const owners = await listOwners(deps)
      const read = readOpenAccount(values, { owners, language: c.var.language })
      if ('mistakes' in read) {
        const { mistakes } = read
        const view = viewOf(c, deps, '/operator/accounts/new')
        const page = { view, owners, values, mistakes }
        return renderPage(c, <OpenAccountPage {...page} />, 422)
      }
      const { account } = await openAccount(deps, read.account)
      return c.redirect(`${accountPath(account)}?opened`, 303)
    })
    .get('/accounts/:account', async (c) => {
      const account = c.req.param('account')
      const found = await findAccount(deps, account)
      if (!found) throw new AppError('not-found')
      const statement = await listPostings(deps, { account, cursor: c.req.query('cursor') })
      const isNew = c.req.query('opened') !== undefined
      const page = { view: viewOf(c, deps), found, isNew, ...statement }
      return renderPage(c, <AccountPage {...page} />)
    })

const paymentsRoutes = (deps: OperatorDeps) =>
  new Hono<OperatorEnv>()
    .get('/payments', async (c) => {
      const search = textIn(c, 'search')
      const result = paymentResults.find((one) => one === c.req.query('result'))
      const list = await listPayments(deps, { search, result, cursor: c.req.query('cursor') })
      const shown = { view: viewOf(c, deps), search, result, ...list }
      return renderPart(c, {
        part: <PaymentRows {...shown} />,
        page: () => <PaymentsPage {...shown} />,
      })
    })
    .get('/payments/:paymentId', async (c) => {
      const id = uuid.safeParse(c.req.param('paymentId'))
      const detail = id.success ? await findPayment(deps, id.data) : undefined
      if (!detail) throw new AppError('not-found')
      return renderPage(c, <PaymentPage view={viewOf(c, deps)} detail={detail} />)
    })
    .get('/books', async (c) => {
      const checked = await checkBooks(deps)
      return renderPage(c, <BooksPage view={viewOf(c, deps)} checked={checked} />)
    })

/** The pages of signed-in operators: accounts, payments, books. */
export const operatorRoutes = (deps: OperatorDeps): Hono<OperatorEnv> =>
  new Hono<OperatorEnv>()
    .use('/operator', requireOperator)
    .use('/operator/*', requireOperator)
    .route('/operator', accountsRoutes(deps))
    .route('/operator', paymentsRoutes(deps))
