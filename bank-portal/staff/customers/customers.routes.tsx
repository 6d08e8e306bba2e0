import { type Context, Hono } from 'hono'
import { customerId as customerIdField } from '#shared/contracts/fields.ts'
import { AppError } from '#shared/errors.ts'
import { readFields, renderPage } from '#shared/web/index.ts'
import { memberOf } from '../guard.tsx'
import { staffViewOf } from '../layout.tsx'
import type { StaffDeps, StaffEnv } from '../staff-deps.ts'
import { typedText } from '../typed-text.ts'
import { CustomersPage, type CustomersPageProps } from './customers.page.tsx'
import { findCustomers } from './find-customers.ts'
import { customersTexts } from './texts.ts'
import { unlockCustomer } from './unlock-customer.ts'

const readDone = (c: Context): CustomersPageProps['done'] => {
  const said = c.req.query('done')
  return said === 'unlocked' || said === 'wasNot' ? said : undefined
}

/** Finding customers, and lifting the lock on their authorisation. */
export const customersRoutes = (deps: StaffDeps): Hono<StaffEnv> =>
  new Hono<StaffEnv>()
    .get('/', async (c) => {
      const search = typedText(c.req.query('search'), 60)
      const view = staffViewOf(c, deps)
      if (search.length === 1) {
        const mistake = customersTexts(c.var.language).mistake
        const page = { view, search, found: undefined, mistake }
        return renderPage(c, <CustomersPage {...page} />, 422)
      }
      const found = search ? await findCustomers(deps, memberOf(c), search) : undefined
      const page = { view, search, found, done: readDone(c) }
      return renderPage(c, <CustomersPage {...page} />)
    })
    .post('/:customerId/unlock', async (c) => {
      const customerId = customerIdField.safeParse(c.req.param('customerId')).data
      if (!customerId) throw new AppError('not-found')
      const { search = customerId } = await readFields(c)
      const unlocked = await unlockCustomer(deps, memberOf(c), customerId)
      const query = new URLSearchParams({ search, done: unlocked ? 'unlocked' : 'wasNot' })
      return c.redirect(`/staff/customers?${query}`, 303)
    })
