import { type Context, Hono } from 'hono'
import { lineOfText, uuid } from '#shared/contracts/fields.ts'
import { AppError, unreachable } from '#shared/errors.ts'
import { readFields, renderPage } from '#shared/web/index.ts'
import { type Biller, linkBiller, listBillers, unlinkBiller } from '../claim-server-client.ts'
import type { CustomerSignIn, Deps, PortalEnv } from '../deps.ts'
import { customerOf, requireCustomer } from '../guard.tsx'
import { viewAt, viewOf } from '../layout.tsx'
import {
  LinkedPage,
  type LinkForm,
  LinkLockedPage,
  type LinkMistakes,
  LinkPage,
} from './biller.page.tsx'
import { BillersPage } from './billers.page.tsx'

type BillersDeps = Deps & { signIn: CustomerSignIn }
type Ctx = Context<PortalEnv>

const pathOf = (shopId: string) => `/billers/${shopId}`

const findBiller = async (deps: BillersDeps, c: Ctx): Promise<Biller> => {
  const billers = await listBillers(deps, customerOf(c))
  const found = billers.find((one) => one.payee.shopId === c.req.param('shopId'))
  if (!found) throw new AppError('not-found')
  return found
}

const longest: Record<keyof LinkForm, number> = { customerNumber: 40, secondFact: 60 }

const readLinkForm = async (c: Ctx): Promise<LinkForm> => {
  const { customerNumber = '', secondFact = '' } = await readFields(c)
  return { customerNumber, secondFact }
}

const mistakesOf = (form: LinkForm): LinkMistakes => {
  const mistakes: LinkMistakes = {}
  for (const name of ['customerNumber', 'secondFact'] as const) {
    if (form[name].trim().length > longest[name]) mistakes[name] = 'long'
    else if (!lineOfText(longest[name]).safeParse(form[name]).success) mistakes[name] = 'empty'
  }
  return mistakes
}

const newClaimsIn = (c: Ctx): number | undefined => {
  const count = c.req.query('linked')
  return count && /^\d{1,6}$/.test(count) ? Number(count) : undefined
}

/** Utilities and other billers: their bills reach only customers who linked them. */
export const billersRoutes = (deps: BillersDeps): Hono<PortalEnv> =>
  new Hono<PortalEnv>()
    .use(requireCustomer({ ...deps, resumeAt: () => '/billers' }))
    .get('/', async (c) => {
      const billers = await listBillers(deps, customerOf(c))
      const ended = c.req.query('unlinked')
      const unlinked = billers.find((one) => one.payee.shopId === ended && !one.link)
      return renderPage(c, <BillersPage view={viewOf(c, deps)} {...{ billers, unlinked }} />)
    })
    .get('/:shopId', async (c) => {
      const page = { view: viewOf(c, deps), biller: await findBiller(deps, c) }
      return page.biller.link
        ? renderPage(c, <LinkedPage {...page} newClaims={newClaimsIn(c)} />)
        : renderPage(c, <LinkPage {...page} />)
    })
    .post('/:shopId', async (c) => {
      const form = await readLinkForm(c)
      const biller = await findBiller(deps, c)
      const { shopId } = biller.payee
      const page = { view: viewAt(viewOf(c, deps), pathOf(shopId)), biller, form }
      const mistakes = mistakesOf(form)
      if (Object.keys(mistakes).length > 0)
        return renderPage(c, <LinkPage {...page} mistakes={mistakes} />, 422)
      const linked = await linkBiller(deps, customerOf(c), { shopId, ...form })
      switch (linked.outcome) {
        case 'linked':
          return c.redirect(`${pathOf(shopId)}?linked=${linked.newClaims}`, 303)
        case 'not-accepted':
          return renderPage(c, <LinkPage {...page} refusal={linked} />, 422)
        case 'linked-elsewhere':
          return renderPage(c, <LinkPage {...page} refusal={linked} />, 409)
        case 'locked':
          return renderPage(c, <LinkLockedPage {...page} {...linked} />, 423)
        default:
          return unreachable(linked)
      }
    })
    .post('/:shopId/unlink', async (c) => {
      const shopId = uuid.safeParse(c.req.param('shopId')).data
      if (!shopId) throw new AppError('not-found')
      await unlinkBiller(deps, customerOf(c), shopId)
      return c.redirect(`/billers?unlinked=${shopId}`, 303)
    })
