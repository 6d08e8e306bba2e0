import { type Context, Hono } from 'hono'
import { uuid } from '#shared/contracts/fields.ts'
import { addAdvert, endAdvert, listAdverts } from '#shared/contracts/staff.ts'
import { dateIn } from '#shared/dates.ts'
import { AppError } from '#shared/errors.ts'
import { readFields, renderPage } from '#shared/web/index.ts'
import { memberOf } from '../guard.tsx'
import { staffViewOf } from '../layout.tsx'
import { askClaimServer } from '../staff-client.ts'
import type { StaffDeps, StaffEnv } from '../staff-deps.ts'
import { advertActs, AdvertsPage } from './adverts.page.tsx'
import { NewAdvertPage } from './new-advert.page.tsx'
import { readAdvert } from './read-advert.ts'

type Ctx = Context<StaffEnv>

const todayOf = ({ config, clock }: StaffDeps) => dateIn(config.timeZone, clock.now())

const enter = async (deps: StaffDeps, c: Ctx): Promise<Response> => {
  const form = await readFields(c)
  const today = todayOf(deps)
  const read = readAdvert(form, today, c.var.language)
  if (read.outcome === 'mistakes') {
    const view = staffViewOf(c, deps, '/staff/adverts/new')
    const page = { view, today, values: form, mistakes: read.mistakes }
    return renderPage(c, <NewAdvertPage {...page} />, 422)
  }
  await askClaimServer(deps, memberOf(c))(addAdvert, { body: read.advert })
  return c.redirect('/staff/adverts?done=added', 303)
}

/** Adverts: entered on an advertiser's request, counted, ended. */
export const advertsRoutes = (deps: StaffDeps): Hono<StaffEnv> =>
  new Hono<StaffEnv>()
    .get('/', async (c) => {
      const { adverts } = await askClaimServer(deps, memberOf(c))(listAdverts, {})
      const done = advertActs.find((one) => one === c.req.query('done'))
      const page = { view: staffViewOf(c, deps), adverts, today: todayOf(deps), done }
      return renderPage(c, <AdvertsPage {...page} />)
    })
    .get('/new', (c) => {
      const today = todayOf(deps)
      const page = { view: staffViewOf(c, deps), today, values: { showFrom: today } }
      return renderPage(c, <NewAdvertPage {...page} />)
    })
    .post('/', (c) => enter(deps, c))
    .post('/:advertId/end', async (c) => {
      const advertId = uuid.safeParse(c.req.param('advertId')).data
      if (!advertId) throw new AppError('not-found')
      const { ended } = await askClaimServer(deps, memberOf(c))(endAdvert, { params: { advertId } })
      return c.redirect(`/staff/adverts?done=${ended ? 'ended' : 'was'}`, 303)
    })
