import {
  away,
  current,
  fillList,
  harukaId,
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
]
