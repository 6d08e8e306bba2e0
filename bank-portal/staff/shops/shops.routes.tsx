import { type Context, Hono } from 'hono'
import { lineOfText, uuid } from '#shared/contracts/fields.ts'
import { decideShop, listShops, resetShopPassword } from '#shared/contracts/staff.ts'
import { AppError } from '#shared/errors.ts'
import { readFields, renderPage, renderPart } from '#shared/web/index.ts'
import { memberOf, requireApprover } from '../guard.tsx'
import { staffViewOf } from '../layout.tsx'
import { shopPath } from '../names.tsx'
import { readCursor } from '../read-cursor.ts'
import { askClaimServer } from '../staff-client.ts'
import type { StaffDeps, StaffEnv } from '../staff-deps.ts'
import { typedText } from '../typed-text.ts'
import { findShop } from './find-shop.ts'
import { type Decision, ShopPage, type ShopPageProps, ShopPasswordPage } from './shop.page.tsx'
import { ShopRows, ShopsPage, shopStatuses } from './shops.page.tsx'
import { shopsTexts } from './texts.ts'

type Ctx = Context<StaffEnv>

const limit = 50
const reasonLine = lineOfText(200)
const decisions: readonly Decision[] = ['approve', 'suspend', 'reinstate']
const readDecision = (value: unknown): Decision | undefined =>
  decisions.find((one) => one === value)

const readId = (c: Ctx): string => {
  const id = uuid.safeParse(c.req.param('shopId')).data
  if (!id) throw new AppError('not-found')
  return id
}

const showShop = async (
  deps: StaffDeps,
  c: Ctx,
  said: Omit<ShopPageProps, 'view' | 'shop'> = {},
  status: 200 | 409 | 422 = 200,
) => {
  const shop = await findShop(deps, memberOf(c), readId(c))
  const view = staffViewOf(c, deps, shopPath(shop.shopId))
  return renderPage(c, <ShopPage view={view} shop={shop} {...said} />, status)
}

const decide = async (deps: StaffDeps, c: Ctx): Promise<Response> => {
  const shopId = readId(c)
  const form = await readFields(c)
  const decision = readDecision(form.decision)
  if (!decision) throw new AppError('invalid')
  const reason = reasonLine.safeParse(form.reason ?? '').data
  if (reason === undefined) {
    const mistakes = { reason: shopsTexts(c.var.language).reasonMistake }
    return showShop(deps, c, { reason: (form.reason ?? '').slice(0, 300), mistakes }, 422)
  }
  try {
    await askClaimServer(deps, memberOf(c))(decideShop, {
      params: { shopId },
      body: { decision, reason },
    })
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'stale') throw error
    return showShop(deps, c, { isStale: true }, 409)
  }
  return c.redirect(`${shopPath(shopId)}?done=${decision}`, 303)
}

const renewPassword = async (deps: StaffDeps, c: Ctx): Promise<Response> => {
  const shopId = readId(c)
  const typed = (await readFields(c)).reason ?? ''
  const reason = reasonLine.safeParse(typed).data
  const form = 'password' as const
  if (reason === undefined) {
    const mistakes = { reason: shopsTexts(c.var.language).reasonMistake }
    return showShop(deps, c, { form, reason: typed.slice(0, 300), mistakes }, 422)
  }
  const shop = await findShop(deps, memberOf(c), shopId)
  const answer = await askClaimServer(deps, memberOf(c))(resetShopPassword, {
    params: { shopId },
    body: { reason },
  })
  if (answer.outcome === 'no-login') return showShop(deps, c, { form, noLogin: true }, 409)
  const page = { view: staffViewOf(c, deps, shopPath(shop.shopId)), shop, login: answer }
  return renderPage(c, <ShopPasswordPage {...page} />)
}

/** Shops that wait for approval, and what approvers decide about each. */
export const shopsRoutes = (deps: StaffDeps): Hono<StaffEnv> =>
  new Hono<StaffEnv>()
    .get('/', async (c) => {
      const search = typedText(c.req.query('search'), 60)
      const status = shopStatuses.find((one) => one === c.req.query('status'))
      const found = await askClaimServer(deps, memberOf(c))(listShops, {
        query: {
          ...readCursor(c),
          ...(search ? { search } : {}),
          ...(status ? { status } : {}),
          limit,
        },
      })
      const page = { view: staffViewOf(c, deps), found, search, status }
      return renderPart(c, {
        part: <ShopRows {...page} />,
        page: () => <ShopsPage {...page} />,
      })
    })
    .get('/:shopId', (c) => showShop(deps, c, { done: readDecision(c.req.query('done')) }))
    .post('/:shopId/decision', requireApprover(deps), (c) => decide(deps, c))
    .post('/:shopId/password', requireApprover(deps), (c) => renewPassword(deps, c))
