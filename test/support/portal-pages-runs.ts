import {
  agreed,
  away,
  confirm,
  confirmPath,
  current,
  fillList,
  pay,
  payForm,
  type PortalPage,
  savings,
  type Stage,
  travel,
} from './portal-stage.ts'

type List = ReturnType<typeof fillList>

const splitQuery = (list: List) =>
  new URLSearchParams([
    ...[list.shoes, list.laces, list.hat].map((one) => ['claim', one]),
    [`from-${list.shoes}`, savings],
    [`from-${list.laces}`, savings],
    [`from-${list.hat}`, current],
  ])

const openSplit = async (stage: Stage, query: URLSearchParams) =>
  stage.portal.open(await stage.haruka(), `/payments/split?${query}`)

const confirmRun = async (stage: Stage) => {
  const visitor = await stage.haruka()
  const query = splitQuery(fillList(stage))
  return { visitor, page: await stage.portal.open(visitor, `/payments/new?${query}`) }
}

const payRun = async (stage: Stage, fields = agreed) => {
  const { visitor, page } = await confirmRun(stage)
  return { visitor, page: await visitor.submit(page, payForm, fields) }
}

const setLeftovers = ({ portal }: Stage, account: string, balanceMinor: bigint) =>
  portal.mocks.core.setBalance(account, balanceMinor)

/** What a short balance can pay, paying from several accounts, and the results of such a run. */
export const runPages: PortalPage[] = [
  {
    name: 'balance short, a part can be paid',
    status: 200,
    visit: async (stage) => {
      const list = fillList(stage)
      setLeftovers(stage, savings, 10_500n)
      return (await confirm(stage, [list.table, list.shoes, list.hat])).page
    },
  },
  {
    name: 'balance short, no other account',
    status: 200,
    visit: async (stage) => {
      const list = fillList(stage)
      setLeftovers(stage, savings, 4000n)
      for (const account of [current, travel]) stage.portal.mocks.core.accounts.delete(account)
      return (await confirm(stage, [list.shoes, list.hat])).page
    },
  },
  {
    name: 'account that does not pay',
    status: 409,
    visit: async (stage) => {
      const visitor = await stage.haruka()
      stage.portal.mocks.claimServer.choices.set('C-100417', {
        accounts: [savings],
        defaultAccount: null,
        showAdverts: true,
        language: null,
      })
      return stage.portal.open(visitor, confirmPath([stage.order({})], current))
    },
  },
  {
    name: 'no account to pay from',
    status: 409,
    visit: async (stage) => {
      for (const one of stage.portal.mocks.core.accounts.values()) one.closed = true
      return (await confirm(stage, [stage.order({})])).page
    },
  },
  {
    name: 'several accounts, to be chosen',
    status: 200,
    visit: async (stage) => {
      const list = fillList(stage)
      const claims = [list.shoes, list.laces, list.hat].map((one) => ['claim', one])
      return openSplit(stage, new URLSearchParams([...claims, ['account', savings]]))
    },
  },
  {
    name: 'several accounts, chosen',
    status: 200,
    visit: async (stage) => openSplit(stage, splitQuery(fillList(stage))),
  },
  {
    name: 'several accounts, one short, one claim left out',
    status: 200,
    visit: async (stage) => {
      const list = fillList(stage)
      stage.portal.mocks.claimServer.setStatus(list.laces, 'cancelled')
      const query = splitQuery(list)
      query.set(`from-${list.hat}`, travel)
      return openSplit(stage, query)
    },
  },
  {
    name: 'confirmation from two accounts',
    status: 200,
    visit: async (stage) => (await confirmRun(stage)).page,
  },
  {
    name: 'confirmation from two accounts, one short',
    status: 200,
    visit: async (stage) => {
      const list = fillList(stage)
      const query = splitQuery(list)
      query.set(`from-${list.hat}`, travel)
      return stage.portal.open(await stage.haruka(), `/payments/new?${query}`)
    },
  },
  {
    name: 'confirmation from two accounts with mistakes',
    status: 422,
    visit: async (stage) => (await payRun(stage, { accountNumber: '1', password: '' })).page,
  },
  {
    name: 'wrong password for two accounts',
    status: 401,
    visit: async (stage) => (await payRun(stage, { ...agreed, password: 'wrong' })).page,
  },
  {
    name: 'run settled',
    status: 200,
    visit: async (stage) => (await payRun(stage)).page,
  },
  {
    name: 'run settled in part',
    status: 200,
    visit: async (stage) => {
      const { visitor, page } = await confirmRun(stage)
      setLeftovers(stage, current, 100n)
      return visitor.submit(page, payForm, agreed)
    },
  },
  {
    name: 'run not paid',
    status: 200,
    visit: async (stage) => {
      const { visitor, page } = await confirmRun(stage)
      setLeftovers(stage, savings, 100n)
      setLeftovers(stage, current, 100n)
      return visitor.submit(page, payForm, agreed)
    },
  },
  {
    name: 'run being executed',
    status: 200,
    visit: async (stage) => {
      stage.portal.mocks.faults.core.set('answer lost', { calls: ['executePayment'] })
      return (await payRun(stage)).page
    },
  },
  {
    name: 'run in doubt',
    status: 200,
    visit: async (stage) => {
      stage.portal.mocks.faults.core.set('answer lost', { calls: ['executePayment'], times: 1 })
      const { visitor, page } = await payRun(stage)
      stage.moveClock(60)
      return visitor.open(page.url)
    },
  },
  {
    name: 'run whose result can’t be asked for',
    status: 503,
    visit: async (stage) => {
      const { visitor, page } = await payRun(stage)
      away(stage, 'claimServer')
      return visitor.open(page.url)
    },
  },
  {
    name: 'run that was never started',
    status: 404,
    visit: async (stage) => {
      stage.portal.mocks.faults.claimServer.set('not reachable', { calls: ['reserveRun'] })
      return (await payRun(stage)).page
    },
  },
  {
    name: 'payment refused, a part of it can still be paid',
    status: 200,
    visit: async (stage) => {
      const list = fillList(stage)
      stage.portal.mocks.core.scenarios.refuse = 'insufficient-funds'
      return (await pay(stage, [list.shoes, list.hat])).page
    },
  },
]
