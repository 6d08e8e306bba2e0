import type { Received, ReplyOf } from '#shared/contracts/call.ts'
import * as calls from '#shared/contracts/staff.ts'
import { AppError } from '#shared/errors.ts'
import { makePassword } from '#shared/make-password.ts'
import { inWords } from '../../claim-server/staff/in-words.ts'
import { noticeAddressOf } from './claim-notices.ts'
import { type ClaimServerState, type MockShop, statusOf } from './claim-server-state.ts'
import type { ServeStaff } from './staff-audit.ts'
import { contains, pageOf } from './staff-pages.ts'

const toStaffShop = ({ holders, clock }: ClaimServerState, shop: MockShop): calls.StaffShop => ({
  shopId: shop.shopId,
  name: shop.name,
  nameJa: shop.nameJa,
  kind: shop.kind,
  status: statusOf(shop),
  mailAddress: noticeAddressOf(shop),
  phone: shop.phone,
  website: shop.website,
  accounts: shop.accounts.map((account) => ({ account, holder: holders.get(account) ?? '' })),
  createdAt: shop.createdAt ?? clock.now(),
})

const list = (
  state: ClaimServerState,
  { query }: Received<typeof calls.listShops>,
): ReplyOf<typeof calls.listShops> => {
  const { status, shopId, search = '' } = query
  const found = state.shops.filter(
    (one) =>
      (status === undefined || statusOf(one) === status) &&
      (shopId === undefined || one.shopId === shopId) &&
      contains(search.trim(), one.name, one.nameJa),
  )
  const { shown, nextCursor } = pageOf(found, query, {
    first: 'newest',
    placeOf: (shop) => [shop.shopId, 0],
  })
  return { shops: shown.map((one) => toStaffShop(state, one)), nextCursor }
}

const findShop = ({ shops }: ClaimServerState, shopId: string): MockShop => {
  const shop = shops.find((one) => one.shopId === shopId)
  if (!shop) throw new AppError('not-found')
  return shop
}

const steps = {
  approve: { from: 'waiting', to: 'live' },
  suspend: { from: 'live', to: 'suspended' },
  reinstate: { from: 'suspended', to: 'live' },
} as const

const decide = (
  state: ClaimServerState,
  { params: { shopId }, body: { decision } }: Received<typeof calls.decideShop>,
) => {
  const { from, to } = steps[decision]
  const shop = findShop(state, shopId)
  const status = statusOf(shop)
  if (status !== from && status !== to)
    throw new AppError('stale', { detail: `this shop is ${status}` })
  shop.status = to
  return { status: to }
}

const resetPassword = (
  state: ClaimServerState,
  { params: { shopId } }: Received<typeof calls.resetShopPassword>,
): ReplyOf<typeof calls.resetShopPassword> => {
  const shop = findShop(state, shopId)
  if (!shop.login) return { outcome: 'no-login' }
  shop.login = { ...shop.login, password: makePassword() }
  return { outcome: 'reset', ...shop.login }
}

/** Shops and billers of the bank: who they are, whether they are open, their forgotten passwords. */
export const serveStaffShops = (serve: ServeStaff, state: ClaimServerState): void => {
  serve(
    calls.listShops,
    ({ query }) => ({ subject: 'shops', detail: inWords(query) }),
    (input) => list(state, input),
  )

  serve(
    calls.decideShop,
    ({ params, body }) => ({
      subject: params.shopId,
      detail: `${body.decision}: ${body.reason}`,
    }),
    (input) => decide(state, input),
  )

  serve(
    calls.resetShopPassword,
    ({ params, body }) => ({ subject: params.shopId, detail: body.reason }),
    (input) => resetPassword(state, input),
  )
}
