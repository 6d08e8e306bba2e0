import { menuPages } from './portal-pages-menu.ts'
import { runPages } from './portal-pages-runs.ts'
import {
  agreed,
  away,
  confirm,
  confirmPath,
  current,
  fillList,
  listPath,
  pay,
  payForm,
  payInDoubt,
  type PortalPage,
  provisional,
  savings,
  signIn,
  travel,
} from './portal-stage.ts'

export * from './portal-stage.ts'

const refused = (
  reason:
    | 'account-closed'
    | 'already-paid'
    | 'not-authorised'
    | 'payee-not-found'
    | 'submitted-late',
) =>
  ({
    name: `payment refused, ${reason}`,
    status: 200,
    visit: async (stage) => {
      stage.portal.mocks.core.scenarios.refuse = reason
      return (await pay(stage, [stage.order({})])).page
    },
  }) satisfies PortalPage

/** Every page of the portal in every state that a customer can meet. */
export const portalPages: PortalPage[] = [
  {
    name: 'sign-in by account number',
    status: 200,
    visit: ({ portal, language }) => portal.open(portal.visitor(language), '/sign-in'),
  },
  {
    name: 'sign-in by user id',
    status: 200,
    visit: ({ portal, language }) => portal.open(portal.visitor(language), '/sign-in?by=user'),
  },
  {
    name: 'sign-in on the way to an order',
    status: 200,
    visit: (stage) =>
      stage.portal.open(stage.portal.visitor(stage.language), `/entry/${provisional(stage)}`),
  },
  {
    name: 'sign-in with mistakes',
    status: 422,
    visit: (stage) => signIn(stage, { branch: '1', accountNumber: 'x', password: '' }),
  },
  {
    name: 'sign-in not accepted',
    status: 401,
    visit: (stage) => signIn(stage, { branch: '101', accountNumber: '0014471', password: 'no' }),
  },
  {
    name: 'sign-in tried too often',
    status: 429,
    visit: async (stage) => {
      const userId = `nobody-${Math.random()}`
      for (let tries = 0; tries < 5; tries++)
        await signIn(stage, { userId, password: 'no' }, '/sign-in?by=user')
      return signIn(stage, { userId, password: 'no' }, '/sign-in?by=user')
    },
  },
  {
    name: 'sign-in while the core is away',
    status: 503,
    visit: (stage) => {
      away(stage, 'core')
      return signIn(stage, { branch: '101', accountNumber: '0014471', password: 'x' })
    },
  },
  {
    name: 'signed out',
    status: 200,
    visit: async (stage) => {
      const visitor = await stage.haruka()
      return visitor.submit(await stage.portal.open(visitor, '/'), 'form[action="/sign-out"]')
    },
  },
  {
    name: 'session ended, then a page',
    status: 200,
    visit: async (stage) => {
      const visitor = stage.portal.visitor(stage.language)
      visitor.cookies.set('portal-session', 'of-yesterday')
      return stage.portal.open(visitor, '/claims')
    },
  },
  {
    name: 'session ended, then a payment',
    status: 401,
    visit: async (stage) => {
      const { visitor, page } = await confirm(stage, [stage.order({})])
      visitor.cookies.set('portal-session', 'of-yesterday')
      return visitor.submit(page, payForm, agreed)
    },
  },
  {
    name: 'home, empty',
    status: 200,
    visit: async (stage) => stage.portal.open(await stage.haruka(), '/'),
  },
  {
    name: 'home, full',
    status: 200,
    visit: async (stage) => {
      fillList(stage)
      return stage.portal.open(await stage.haruka(), '/')
    },
  },
  {
    name: 'home while the core is away',
    status: 200,
    visit: async (stage) => {
      fillList(stage)
      const visitor = await stage.haruka()
      away(stage, 'core')
      return stage.portal.open(visitor, '/')
    },
  },
  {
    name: 'to pay, empty',
    status: 200,
    visit: async (stage) => stage.portal.open(await stage.haruka(), '/claims'),
  },
  {
    name: 'to pay, nothing ticked',
    status: 200,
    visit: async (stage) => {
      fillList(stage)
      return stage.portal.open(await stage.haruka(), '/claims')
    },
  },
  {
    name: 'to pay, ticked, one in progress',
    status: 200,
    visit: async (stage) => {
      const list = fillList(stage)
      stage.portal.mocks.faults.core.set('not reachable', { calls: ['executePayment'] })
      const { visitor } = await pay(stage, [list.laces])
      stage.portal.mocks.faults.core.clear()
      return stage.portal.open(visitor, listPath([list.shoes, list.hat]))
    },
  },
  {
    name: 'to pay, from a short account',
    status: 200,
    visit: async (stage) => {
      const list = fillList(stage)
      const visitor = await stage.haruka()
      return stage.portal.open(visitor, listPath([list.shoes, list.laces], travel))
    },
  },
  {
    name: 'to pay, sorted and searched, ticks hidden',
    status: 200,
    visit: async (stage) => {
      const list = fillList(stage)
      const path = `${listPath([list.shoes, list.hat])}&search=${list.hat}&sort=amount`
      return stage.portal.open(await stage.haruka(), path)
    },
  },
  {
    name: 'to pay, no match',
    status: 200,
    visit: async (stage) => {
      fillList(stage)
      return stage.portal.open(await stage.haruka(), '/claims?search=zzz')
    },
  },
  {
    name: 'to pay, asked to tick first',
    status: 200,
    visit: async (stage) => {
      fillList(stage)
      return stage.portal.open(await stage.haruka(), '/payments/new')
    },
  },
  {
    name: 'to pay, a ticked claim left out',
    status: 200,
    visit: async (stage) => {
      const list = fillList(stage)
      stage.portal.mocks.claimServer.setStatus(list.hat, 'cancelled')
      return stage.portal.open(await stage.haruka(), listPath([list.shoes, list.hat]))
    },
  },
  {
    name: 'to pay, two currencies ticked',
    status: 200,
    visit: async (stage) => {
      const list = fillList(stage)
      const euros = stage.order({ currency: 'EUR', amountMinor: 3150n })
      return stage.portal.open(await stage.haruka(), listPath([list.shoes, euros]))
    },
  },
  {
    name: 'to pay while the core is away',
    status: 200,
    visit: async (stage) => {
      fillList(stage)
      const visitor = await stage.haruka()
      away(stage, 'core')
      return stage.portal.open(visitor, '/claims')
    },
  },
  ...(['unsettled', 'expired', 'cancelled'] as const).map(
    (status): PortalPage => ({
      name: `claim, ${status}`,
      status: 200,
      visit: async (stage) => {
        const number = stage.order({ daysAgo: 12, days: status === 'expired' ? -1 : 3 })
        if (status !== 'unsettled') stage.portal.mocks.claimServer.setStatus(number, status)
        return stage.portal.open(await stage.haruka(), `/claims/${number}`)
      },
    }),
  ),
  {
    name: 'claim, being paid',
    status: 200,
    visit: async (stage) => {
      const { visitor, number } = await payInDoubt(stage, 'not reachable')
      return stage.portal.open(visitor, `/claims/${number}`)
    },
  },
  {
    name: 'claim, paid',
    status: 200,
    visit: async (stage) => {
      const number = stage.order({ daysAgo: 4 })
      const { visitor } = await pay(stage, [number])
      return stage.portal.open(visitor, `/claims/${number}`)
    },
  },
  {
    name: 'confirmation of three claims at two payees',
    status: 200,
    visit: async (stage) => {
      const list = fillList(stage)
      return (await confirm(stage, [list.shoes, list.laces, list.hat])).page
    },
  },
  {
    name: 'confirmation that saves a fee',
    status: 200,
    visit: async (stage) => {
      const list = fillList(stage)
      return (await confirm(stage, [list.shoes, list.laces], current)).page
    },
  },
  {
    name: 'confirmation with a claim left out',
    status: 200,
    visit: async (stage) => {
      const list = fillList(stage)
      stage.portal.mocks.claimServer.setStatus(list.hat, 'expired')
      return (await confirm(stage, [list.shoes, list.hat])).page
    },
  },
  {
    name: 'confirmation with mistakes',
    status: 422,
    visit: async (stage) =>
      (await pay(stage, [stage.order({})], { accountNumber: '1', password: '' })).page,
  },
  {
    name: 'confirmation whose amount, holder and fee changed',
    status: 409,
    visit: async (stage) => {
      const list = fillList(stage)
      const { visitor, page } = await confirm(stage, [list.shoes, list.hat])
      const { core, claimServer } = stage.portal.mocks
      const shoes = claimServer.claims.get(list.shoes)
      const account = core.accounts.get('0901-101-2-1100101')
      if (shoes) shoes.amountMinor = 30_500n
      if (account) account.holder = 'Shop A Shoes and Boots'
      return visitor.submit(page, payForm, agreed)
    },
  },
  {
    name: 'balance short, another account can pay',
    status: 200,
    visit: async (stage) => (await confirm(stage, [stage.order({})], travel)).page,
  },
  {
    name: 'balance short everywhere',
    status: 200,
    visit: async (stage) =>
      (await confirm(stage, [stage.order({ amountMinor: 990_000n })], current)).page,
  },
  {
    name: 'nothing of it can be paid',
    status: 409,
    visit: async (stage) => {
      const number = stage.order({})
      stage.portal.mocks.claimServer.setStatus(number, 'cancelled')
      return (await confirm(stage, [number])).page
    },
  },
  {
    name: 'two currencies',
    status: 409,
    visit: async (stage) => {
      const euros = stage.order({ currency: 'EUR' })
      return (await confirm(stage, [stage.order({}), euros])).page
    },
  },
  {
    name: 'payee account unknown',
    status: 409,
    visit: async (stage) => {
      stage.portal.mocks.core.accounts.delete('0901-101-2-1100101')
      return (await confirm(stage, [stage.order({})])).page
    },
  },
  {
    name: 'wrong password',
    status: 401,
    visit: async (stage) =>
      (await pay(stage, [stage.order({})], { ...agreed, password: 'wrong' })).page,
  },
  {
    name: 'authorisation locked',
    status: 423,
    visit: async (stage) => {
      const { visitor, page } = await confirm(stage, [stage.order({})])
      const wrong = { ...agreed, password: 'wrong' }
      for (let tries = 0; tries < 5; tries++) await visitor.submit(page, payForm, wrong)
      return visitor.submit(page, payForm, agreed)
    },
  },
  {
    name: 'claim taken by another window',
    status: 409,
    visit: async (stage) => {
      const number = stage.order({})
      const { visitor, page } = await confirm(stage, [number])
      const other = await stage.portal.open(visitor, confirmPath([number]))
      stage.portal.mocks.faults.core.set('not reachable', { calls: ['executePayment'] })
      await visitor.submit(other, payForm, agreed)
      return visitor.submit(page, payForm, agreed)
    },
  },
  {
    name: 'claims paid and cancelled meanwhile',
    status: 409,
    visit: async (stage) => {
      const list = fillList(stage)
      const { visitor, page } = await confirm(stage, [list.shoes, list.hat])
      const other = await stage.portal.open(visitor, confirmPath([list.shoes]))
      await visitor.submit(other, payForm, agreed)
      stage.portal.mocks.claimServer.setStatus(list.hat, 'cancelled')
      return visitor.submit(page, payForm, agreed)
    },
  },
  {
    name: 'core away before anything was held',
    status: 503,
    visit: async (stage) => {
      stage.portal.mocks.faults.core.set('503', { calls: ['authoriseRun'] })
      return (await pay(stage, [stage.order({})])).page
    },
  },
  {
    name: 'id used for another content',
    status: 422,
    visit: async (stage) => {
      const { visitor, page } = await confirm(stage, [stage.order({})])
      stage.portal.mocks.claimServer.scenarios.otherContent = true
      return visitor.submit(page, payForm, agreed)
    },
  },
  {
    name: 'form that was bent',
    status: 422,
    visit: async (stage) => {
      const { visitor, page } = await confirm(stage, [stage.order({})])
      return visitor.submit(page, payForm, { ...agreed, digest: 'A'.repeat(43) })
    },
  },
  {
    name: 'payment being executed',
    status: 200,
    visit: async (stage) => (await payInDoubt(stage, 'answer lost')).page,
  },
  {
    name: 'payment in doubt',
    status: 200,
    visit: async (stage) => {
      const { visitor, page } = await payInDoubt(stage, 'answer lost')
      stage.moveClock(60)
      return visitor.open(page.url)
    },
  },
  {
    name: 'payment settled, more to pay',
    status: 200,
    visit: async (stage) => {
      const list = fillList(stage)
      return (await pay(stage, [list.shoes, list.hat])).page
    },
  },
  {
    name: 'payment settled, nothing left',
    status: 200,
    visit: async (stage) => (await pay(stage, [stage.order({})])).page,
  },
  {
    name: 'payment refused, balance short meanwhile',
    status: 200,
    visit: async (stage) => {
      const list = fillList(stage)
      const { visitor, page } = await confirm(stage, [list.shoes, list.hat])
      stage.portal.mocks.core.setBalance(savings, 5000n)
      return visitor.submit(page, payForm, agreed)
    },
  },
  refused('account-closed'),
  refused('already-paid'),
  refused('not-authorised'),
  refused('payee-not-found'),
  refused('submitted-late'),
  {
    name: 'payment voided',
    status: 200,
    visit: async (stage) => {
      const { visitor, page } = await payInDoubt(stage, 'not reachable')
      await stage.portal.mocks.claimServer.resolve({ evenBeforeSubmitBefore: true })
      return visitor.open(page.url)
    },
  },
  {
    name: 'payment voided past the time limit',
    status: 200,
    visit: async (stage) => {
      const { visitor, page, number } = await payInDoubt(stage, 'not reachable')
      await stage.portal.mocks.claimServer.resolve({ evenBeforeSubmitBefore: true })
      stage.portal.mocks.claimServer.setStatus(number, 'expired')
      return visitor.open(page.url)
    },
  },
  {
    name: 'payment that is an exception',
    status: 200,
    visit: async (stage) => {
      const { visitor, page, number } = await payInDoubt(stage, 'answer lost')
      stage.portal.mocks.claimServer.setStatus(number, 'cancelled')
      await stage.portal.mocks.claimServer.resolve()
      return visitor.open(page.url)
    },
  },
  {
    name: 'payment that was never started',
    status: 404,
    visit: async (stage) => {
      stage.portal.mocks.faults.claimServer.set('not reachable', { calls: ['reserveRun'] })
      return (await pay(stage, [stage.order({})])).page
    },
  },
  {
    name: 'paid, empty',
    status: 200,
    visit: async (stage) => stage.portal.open(await stage.haruka(), '/paid'),
  },
  {
    name: 'paid, full',
    status: 200,
    visit: async (stage) => {
      const list = fillList(stage)
      await pay(stage, [list.shoes, list.hat, list.laces])
      stage.moveClock(40)
      const { visitor } = await pay(stage, [list.water])
      return stage.portal.open(visitor, '/paid')
    },
  },
  {
    name: 'paid, no match',
    status: 200,
    visit: async (stage) => stage.portal.open(await stage.haruka(), '/paid?search=zzz'),
  },
  {
    name: 'payment record',
    status: 200,
    visit: async (stage) => {
      const list = fillList(stage)
      const { visitor } = await pay(stage, [list.shoes, list.hat, list.laces])
      return stage.portal.open(visitor, `/paid/${list.shoes}`)
    },
  },
  {
    name: 'accounts',
    status: 200,
    visit: async (stage) => {
      fillList(stage)
      const account = stage.portal.mocks.core.accounts.get(current)
      if (account) account.limitMinor = -300_000n
      return stage.portal.open(await stage.haruka(), '/accounts')
    },
  },
  {
    name: 'accounts, none',
    status: 200,
    visit: async (stage) => {
      const visitor = await stage.haruka()
      for (const key of [savings, current, travel]) stage.portal.mocks.core.accounts.delete(key)
      return stage.portal.open(visitor, '/accounts')
    },
  },
  {
    name: 'order to accept',
    status: 200,
    visit: async (stage) => stage.portal.open(await stage.haruka(), `/entry/${provisional(stage)}`),
  },
  {
    name: 'order to accept, without an account chosen',
    status: 422,
    visit: async (stage) => {
      const visitor = await stage.haruka()
      const page = await stage.portal.open(visitor, `/entry/${provisional(stage)}`)
      return visitor.submit(page, 'form[action$="/accept"]', { account: undefined })
    },
  },
  {
    name: 'order not open any more',
    status: 410,
    visit: async (stage) => {
      const token = provisional(stage)
      stage.moveClock(31 * 60)
      return stage.portal.open(await stage.haruka(), `/entry/${token}`)
    },
  },
  {
    name: 'order accepted',
    status: 200,
    visit: async (stage) => {
      const visitor = await stage.haruka()
      const page = await stage.portal.open(visitor, `/entry/${provisional(stage)}`)
      return visitor.submit(page, 'form[action$="/accept"]')
    },
  },
  {
    name: 'order accepted, to be paid later',
    status: 200,
    visit: async (stage) => {
      const visitor = await stage.haruka()
      const token = provisional(stage)
      const page = await stage.portal.open(visitor, `/entry/${token}`)
      await visitor.submit(page, 'form[action$="/accept"]')
      return stage.portal.open(visitor, `/entry/${token}/later`)
    },
  },
  {
    name: 'error: no such page',
    status: 404,
    visit: async (stage) => stage.portal.open(await stage.haruka(), '/nowhere'),
  },
  {
    name: 'error: no such page, not signed in',
    status: 404,
    visit: ({ portal, language }) => portal.open(portal.visitor(language), '/nowhere'),
  },
  {
    name: 'error: method not offered',
    status: 405,
    visit: async (stage) => stage.portal.open(await stage.haruka(), '/sign-out'),
  },
  {
    name: 'error: form out of date',
    status: 403,
    visit: async (stage) => {
      const { visitor, page } = await confirm(stage, [stage.order({})])
      return visitor.submit(page, payForm, { ...agreed, _csrf: 'of-another-page' })
    },
  },
  {
    name: 'error: the core does not answer',
    status: 503,
    visit: async (stage) => {
      const visitor = await stage.haruka()
      away(stage, 'core')
      return stage.portal.open(visitor, '/accounts')
    },
  },
  {
    name: 'error: the claim server does not answer',
    status: 503,
    visit: async (stage) => {
      const visitor = await stage.haruka()
      away(stage, 'claimServer')
      return stage.portal.open(visitor, '/claims')
    },
  },
  {
    name: 'error: too large',
    status: 413,
    visit: async (stage) => {
      const { visitor, page } = await confirm(stage, [stage.order({})])
      return visitor.submit(page, payForm, { ...agreed, password: 'x'.repeat(70_000) })
    },
  },
  ...runPages,
  ...menuPages,
]
