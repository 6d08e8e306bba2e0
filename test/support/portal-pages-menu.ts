import { dateIn } from '#shared/dates.ts'
import {
  away,
  current,
  fillList,
  goods,
  harukaId,
  pay,
  type PortalPage,
  savings,
  type Stage,
  travel,
} from './portal-stage.ts'

const choicesForm = 'form[action="/accounts/choices"]'

const openChoices = async (stage: Stage) => {
  const visitor = await stage.haruka()
  return { visitor, page: await stage.portal.open(visitor, '/accounts/choices') }
}

const choose = ({ portal }: Stage, accounts: string[], defaultAccount: string | null = null) =>
  portal.mocks.claimServer.choices.set(harukaId, {
    accounts,
    defaultAccount,
    showAdverts: true,
    language: null,
  })

const water = '0199f000-0000-7000-8000-00000000000d'
const waterPath = `/billers/${water}`
const onTheBill = { customerNumber: '40-118', secondFact: '4760' }

/** A bill waits; the customer enters what is printed on it. */
const link = async (stage: Stage, fields: Record<string, string> = onTheBill) => {
  stage.portal.mocks.claimServer.sendBill({
    ...onTheBill,
    shop: 'Minato Waterworks',
    description: goods[stage.language].water,
    amountMinor: 5000n,
  })
  const visitor = await stage.haruka()
  const page = await stage.portal.open(visitor, waterPath)
  return { visitor, page: await visitor.submit(page, `form[action="${waterPath}"]`, fields) }
}

const declineForm = 'form[action$="/decline"]'

const openDecline = async (stage: Stage, query = '') => {
  const number = stage.order({})
  const visitor = await stage.haruka()
  return {
    visitor,
    number,
    page: await stage.portal.open(visitor, `/claims/${number}/decline${query}`),
  }
}

const payTwoShops = async (stage: Stage) => {
  const list = fillList(stage)
  const { visitor } = await pay(stage, [list.shoes, list.hat])
  const { claims, timeZone } = stage.portal.mocks.claimServer
  const { settledAt = new Date(), shop } = claims.get(list.shoes) ?? {}
  return { visitor, month: dateIn(timeZone, settledAt).slice(0, 7), shopId: shop?.shopId ?? '' }
}

/** The member menu beside paying: the list's filters and pages, accounts that pay, adverts. */
export const menuPages: PortalPage[] = [
  {
    name: 'to pay, filtered by new',
    status: 200,
    visit: async (stage) => {
      fillList(stage)
      return stage.portal.open(await stage.haruka(), '/claims?filter=new')
    },
  },
  {
    name: 'to pay, filtered, no match',
    status: 200,
    visit: async (stage) => {
      fillList(stage)
      return stage.portal.open(await stage.haruka(), '/claims?filter=in-progress')
    },
  },
  {
    name: 'to pay, second page of many, ticks on the first',
    status: 200,
    visit: async (stage) => {
      const list = fillList(stage)
      for (let count = 0; count < 120; count++)
        stage.order({ shop: 'Shop B Hats', amountMinor: 1000n + BigInt(count), days: 30 })
      const visitor = await stage.haruka()
      const page = await stage.portal.open(visitor, `/claims?claim=${list.shoes}`)
      const next = page.root.querySelector('button[name=cursor]')?.getAttribute('value')
      return visitor.open(`${page.url}&cursor=${next}`)
    },
  },
  {
    name: 'to pay, some accounts don’t pay, no advert',
    status: 200,
    visit: async (stage) => {
      fillList(stage)
      choose(stage, [savings, current], current)
      stage.portal.mocks.faults.claimServer.set('503', { calls: ['chooseAdvert'] })
      return stage.portal.open(await stage.haruka(), '/claims')
    },
  },
  {
    name: 'accounts, with a default and one that does not pay',
    status: 200,
    visit: async (stage) => {
      choose(stage, [savings, current], savings)
      return stage.portal.open(await stage.haruka(), '/accounts')
    },
  },
  {
    name: 'accounts while the claim server is away',
    status: 200,
    visit: async (stage) => {
      const visitor = await stage.haruka()
      away(stage, 'claimServer')
      return stage.portal.open(visitor, '/accounts')
    },
  },
  {
    name: 'accounts that pay',
    status: 200,
    visit: async (stage) => (await openChoices(stage)).page,
  },
  {
    name: 'accounts that pay, without an account',
    status: 200,
    visit: async (stage) => {
      const visitor = await stage.haruka()
      for (const key of [savings, current, travel]) stage.portal.mocks.core.accounts.delete(key)
      return stage.portal.open(visitor, '/accounts/choices')
    },
  },
  {
    name: 'accounts that pay, none ticked',
    status: 422,
    visit: async (stage) => {
      const { visitor, page } = await openChoices(stage)
      return visitor.submit(page, choicesForm, { pays: undefined })
    },
  },
  {
    name: 'accounts that pay, default not among them',
    status: 422,
    visit: async (stage) => {
      const { visitor, page } = await openChoices(stage)
      return visitor.submit(page, choicesForm, { pays: [savings], defaultAccount: current })
    },
  },
  {
    name: 'accounts that pay, saved',
    status: 200,
    visit: async (stage) => {
      const { visitor, page } = await openChoices(stage)
      return visitor.submit(page, choicesForm, { pays: [savings, current], adverts: undefined })
    },
  },
  {
    name: 'billers',
    status: 200,
    visit: async (stage) => stage.portal.open(await stage.haruka(), '/billers'),
  },
  {
    name: 'billers, none',
    status: 200,
    visit: async (stage) => {
      stage.portal.mocks.claimServer.shops.length = 0
      return stage.portal.open(await stage.haruka(), '/billers')
    },
  },
  {
    name: 'billers, one linked',
    status: 200,
    visit: async (stage) => {
      const { visitor } = await link(stage)
      return stage.portal.open(visitor, '/billers')
    },
  },
  {
    name: 'biller to link',
    status: 200,
    visit: async (stage) => stage.portal.open(await stage.haruka(), waterPath),
  },
  {
    name: 'biller to link, with mistakes',
    status: 422,
    visit: async (stage) =>
      (await link(stage, { customerNumber: ' ', secondFact: 'x'.repeat(61) })).page,
  },
  {
    name: 'biller to link, not accepted',
    status: 422,
    visit: async (stage) => (await link(stage, { ...onTheBill, secondFact: '1' })).page,
  },
  {
    name: 'biller linked by another customer',
    status: 409,
    visit: async (stage) => {
      const { claimServer } = stage.portal.mocks
      claimServer.links.set('water C-100552', {
        shopId: water,
        customerId: 'C-100552',
        customerNumber: onTheBill.customerNumber,
        linkedAt: new Date(),
      })
      return (await link(stage)).page
    },
  },
  {
    name: 'biller, linking locked',
    status: 423,
    visit: async (stage) => {
      for (let tries = 0; tries < 5; tries++) await link(stage, { ...onTheBill, secondFact: '1' })
      return (await link(stage)).page
    },
  },
  {
    name: 'biller linked just now',
    status: 200,
    visit: async (stage) => (await link(stage)).page,
  },
  {
    name: 'biller unlinked',
    status: 200,
    visit: async (stage) => {
      const { visitor, page } = await link(stage)
      return visitor.submit(page, 'form[action$="/unlink"]')
    },
  },
  {
    name: 'claim to decline',
    status: 200,
    visit: async (stage) => (await openDecline(stage)).page,
  },
  {
    name: 'claim to report',
    status: 200,
    visit: async (stage) => (await openDecline(stage, '?reason=not-mine')).page,
  },
  {
    name: 'claim to decline, with mistakes',
    status: 422,
    visit: async (stage) => {
      const { visitor, page } = await openDecline(stage)
      return visitor.submit(page, declineForm, { text: 'x'.repeat(201) })
    },
  },
  ...(['wrong-amount', 'not-mine'] as const).map(
    (reason): PortalPage => ({
      name: `claim declined, ${reason}`,
      status: 200,
      visit: async (stage) => {
        const { visitor, page } = await openDecline(stage)
        return visitor.submit(page, declineForm, { reason, text: '2,100' })
      },
    }),
  ),
  ...(['paying', 'settled', 'expired', 'cancelled'] as const).map(
    (status): PortalPage => ({
      name: `claim that can’t be declined, ${status}`,
      status: 409,
      visit: async (stage) => {
        const { visitor, page, number } = await openDecline(stage)
        stage.portal.mocks.claimServer.setStatus(number, status)
        return visitor.submit(page, declineForm, { reason: 'returned' })
      },
    }),
  ),
  {
    name: 'claim whose limit fell on a holiday',
    status: 200,
    visit: async (stage) => {
      const number = stage.order({ days: 5 })
      const claim = stage.portal.mocks.claimServer.claims.get(number)
      if (claim) claim.originalTimeLimit = claim.orderedOn
      return stage.portal.open(await stage.haruka(), `/claims/${number}`)
    },
  },
  {
    name: 'paid, of one month and shop',
    status: 200,
    visit: async (stage) => {
      const { visitor, month, shopId } = await payTwoShops(stage)
      return stage.portal.open(visitor, `/paid?month=${month}&shop=${shopId}`)
    },
  },
  {
    name: 'paid, of a month without payments',
    status: 200,
    visit: async (stage) => {
      const { visitor } = await payTwoShops(stage)
      return stage.portal.open(visitor, '/paid?month=2020-01')
    },
  },
  {
    name: 'paid, totals',
    status: 200,
    visit: async (stage) => {
      const { visitor } = await payTwoShops(stage)
      return stage.portal.open(visitor, '/paid/totals')
    },
  },
  {
    name: 'paid, no totals',
    status: 200,
    visit: async (stage) => stage.portal.open(await stage.haruka(), '/paid/totals'),
  },
]
