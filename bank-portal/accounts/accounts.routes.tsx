import { Hono } from 'hono'
import { isLanguage } from '#shared/texts.ts'
import { readForm, renderPage } from '#shared/web/index.ts'
import { findChoices } from '../claim-server-client.ts'
import { listAccounts } from '../core-banking-client.ts'
import type { CustomerSignIn, Deps, PortalEnv } from '../deps.ts'
import { customerOf, requireCustomer } from '../guard.tsx'
import { viewOf } from '../layout.tsx'
import { AccountsPage } from './accounts.page.tsx'
import { changeChoices, type ChosenAccounts } from './change-choices.ts'
import { ChoicesPage } from './choices.page.tsx'
import { payingOf } from './paying-accounts.ts'
import { showAccounts } from './show-accounts.ts'

export const accountsRoutes = (deps: Deps & { signIn: CustomerSignIn }): Hono<PortalEnv> =>
  new Hono<PortalEnv>()
    .use(requireCustomer({ ...deps, resumeAt: () => '/accounts/choices' }))
    .get('/', async (c) => {
      const overview = await showAccounts(deps, customerOf(c))
      const isSaved = c.req.query('saved') !== undefined
      const page = { view: viewOf(c, deps), now: deps.clock.now(), isSaved, ...overview }
      return renderPage(c, <AccountsPage {...page} />)
    })
    .get('/choices', async (c) => {
      const customer = customerOf(c)
      const [accounts, choices] = await Promise.all([
        listAccounts(deps, customer),
        findChoices(deps, customer),
      ])
      const paying = payingOf(accounts, choices)
      const chosen: ChosenAccounts = {
        pays: paying.accounts.map((one) => one.account),
        defaultAccount: paying.defaultAccount,
        showAdverts: choices.showAdverts,
        mailLanguage: choices.language ?? customer.language,
      }
      return renderPage(c, <ChoicesPage view={viewOf(c, deps)} {...{ accounts, chosen }} />)
    })
    .post('/choices', async (c) => {
      const customer = customerOf(c)
      const form = await readForm(c)
      const defaultAccount = form.get('defaultAccount')
      const mailLanguage = form.get('mailLanguage')
      const chosen: ChosenAccounts = {
        pays: form.getAll('pays'),
        defaultAccount: defaultAccount || undefined,
        showAdverts: form.has('adverts'),
        mailLanguage: isLanguage(mailLanguage) ? mailLanguage : customer.language,
      }
      const changed = await changeChoices(deps, customer, chosen)
      if (changed.outcome === 'changed') return c.redirect('/accounts?saved', 303)
      const { accounts, mistake } = changed
      const page = { view: viewOf(c, deps), accounts, chosen, mistake }
      return renderPage(c, <ChoicesPage {...page} />, 422)
    })
