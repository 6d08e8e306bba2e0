import { setTimeout as sleep } from 'node:timers/promises'
import { addDays, dateIn } from '#shared/dates.ts'
import { newOrderNumber } from '#shared/order-number.ts'
import { openService } from '#shared/open-service.ts'
import { trustPeers } from '#shared/service-routes.ts'
import { ensureBank } from '../../claim-server/banks/ensure-bank.ts'
import { readConfig as readClaimConfig } from '../../claim-server/config.ts'
import { readConfig as readCoreConfig } from '../../mock-core-banking/config.ts'
import { seedBank } from '../../mock-core-banking/seed-bank.ts'
import {
  acceptOrder,
  payClaims,
  type PortalCustomer,
  sendOrder,
  signIn,
} from '../support/people.ts'
import { bankCustomers, bankStaff, bankWorld } from './bank-world.ts'
import { type DemoLogin, environmentOf, type RunningDemo } from './settings.ts'
import { enterAdverts } from './world-adverts.ts'
import { type ApiKeys, consoleLogins, openShops, type PayeeName } from './world-shops.ts'
import { writeWholeFile } from './write-whole-file.ts'

type Person = keyof typeof bankCustomers

/** One order of the demo's past, told by days from today. */
interface Story {
  payee: PayeeName
  description: string
  category: string
  yen: number
  /** Days from today to the time limit; the shop's own number of days without it. */
  limitIn?: number
  /** Who accepts it; nobody does without it. */
  by?: Person
  /** It is paid at once, together with the others of its day that the same customer pays. */
  paid?: true
  cancelled?: true
}

const day = 24 * 3600

const past: { daysAgo: number; stories: Story[] }[] = [
  {
    daysAgo: 43,
    stories: [
      {
        payee: 'shoes',
        description: 'Leather boots, size 24.5',
        category: 'shoes',
        yen: 12_600,
        by: 'haruka',
        paid: true,
      },
      {
        payee: 'leather',
        description: 'Belt, dark brown',
        category: 'accessories',
        yen: 3_800,
        by: 'haruka',
        paid: true,
      },
      {
        payee: 'telecom',
        description: '携帯電話 9月ご利用分',
        category: 'telephone',
        yen: 4_620,
        by: 'kenji',
        paid: true,
      },
      {
        payee: 'furniture',
        description: 'Bookshelf, ash',
        category: 'furniture',
        yen: 38_500,
        by: 'takumi',
        paid: true,
      },
    ],
  },
  {
    daysAgo: 24,
    stories: [
      {
        payee: 'books',
        description: 'Cookbook and two magazines',
        category: 'books',
        yen: 4_180,
        by: 'haruka',
        paid: true,
      },
      {
        payee: 'water',
        description: '水道料金 8・9月分 検針40-118',
        category: 'water',
        yen: 4_760,
        by: 'haruka',
        paid: true,
      },
      {
        payee: 'hats',
        description: 'Straw hat, last of the season',
        category: 'hats',
        yen: 1_480,
        limitIn: -12,
        by: 'haruka',
      },
      {
        payee: 'hats',
        description: 'ニット帽 生成り',
        category: 'hats',
        yen: 2_900,
        by: 'mei',
        paid: true,
      },
      {
        payee: 'shoes',
        description: 'Canvas shoes, size 27',
        category: 'shoes',
        yen: 4_400,
        limitIn: -9,
        by: 'daniel',
      },
      {
        payee: 'furniture',
        description: 'ダイニングチェア 2脚',
        category: 'furniture',
        yen: 26_800,
        by: 'kenji',
        cancelled: true,
      },
    ],
  },
  {
    daysAgo: 3,
    stories: [
      {
        payee: 'furniture',
        description: 'Oak side table',
        category: 'furniture',
        yen: 8_400,
        limitIn: 0,
        by: 'haruka',
      },
      {
        payee: 'shoes',
        description: 'A pair of shoes, size 24',
        category: 'shoes',
        yen: 3_150,
        limitIn: 2,
        by: 'haruka',
      },
      {
        payee: 'hats',
        description: 'Felt hat, navy',
        category: 'hats',
        yen: 2_100,
        limitIn: 4,
        by: 'haruka',
      },
      {
        payee: 'books',
        description: 'Two paperbacks',
        category: 'books',
        yen: 2_980,
        limitIn: 5,
        by: 'haruka',
      },
      {
        payee: 'water',
        description: '水道料金 10・11月分 検針40-118',
        category: 'water',
        yen: 5_000,
        limitIn: 6,
        by: 'haruka',
      },
      {
        payee: 'telecom',
        description: '携帯電話 11月ご利用分',
        category: 'telephone',
        yen: 4_850,
        limitIn: 22,
        by: 'haruka',
      },
      {
        payee: 'water',
        description: '水道料金 10・11月分 検針12-907',
        category: 'water',
        yen: 6_210,
        limitIn: 6,
        by: 'kenji',
      },
      {
        payee: 'furniture',
        description: '座椅子 紺',
        category: 'furniture',
        yen: 15_400,
        limitIn: 11,
        by: 'kenji',
      },
      {
        payee: 'hats',
        description: 'ベレー帽 黒',
        category: 'hats',
        yen: 3_300,
        limitIn: 1,
        by: 'yuki',
      },
      {
        payee: 'shoes',
        description: 'ショートブーツ 23cm',
        category: 'shoes',
        yen: 9_800,
        limitIn: 8,
        by: 'yuki',
      },
      {
        payee: 'shoes',
        description: 'Trail shoes, size 28',
        category: 'shoes',
        yen: 14_300,
        limitIn: 9,
        by: 'daniel',
      },
      {
        payee: 'furniture',
        description: 'Desk lamp, brass',
        category: 'furniture',
        yen: 7_900,
        by: 'daniel',
      },
      { payee: 'books', description: '園芸の本 3冊', category: 'books', yen: 5_280, by: 'takumi' },
      {
        payee: 'telecom',
        description: '光回線 11月ご利用分',
        category: 'telephone',
        yen: 5_720,
        by: 'takumi',
      },
      {
        payee: 'leather',
        description: '名刺入れ',
        category: 'accessories',
        yen: 6_600,
        limitIn: 3,
        by: 'takumi',
      },
      {
        payee: 'furniture',
        description: 'ワークデスク 140cm',
        category: 'furniture',
        yen: 64_000,
        limitIn: 20,
        by: 'takumi',
      },
    ],
  },
  // Nobody accepts this one: half an hour later it is abandoned.
  {
    daysAgo: 1,
    stories: [
      { payee: 'shoes', description: 'Rain boots, size 25', category: 'shoes', yen: 5_500 },
    ],
  },
  // And this one still waits at its entry link.
  {
    daysAgo: 0,
    stories: [{ payee: 'hats', description: 'Wool cap, grey', category: 'hats', yen: 2_640 }],
  },
]

// Longer than the services take to look at the clock's file again.
const clockIsSeenMs = 300

const moveClock = async ({ businessClockFile }: RunningDemo, daysAgo: number) => {
  writeWholeFile(businessClockFile, JSON.stringify({ offsetSeconds: -daysAgo * day }))
  await sleep(clockIsSeenMs)
}

/** The demo's people at the portal, each signed in once, when first needed. */
const createPeople = (portalUrl: string) => {
  const signedIn = new Map<Person, Promise<PortalCustomer>>()
  return (person: Person): Promise<PortalCustomer> => {
    const { userId, password, language } = bankCustomers[person]
    const known = signedIn.get(person) ?? signIn(portalUrl, { userId, password }, language)
    signedIn.set(person, known)
    return known
  }
}

type People = ReturnType<typeof createPeople>

const accountOf = (person: Person) => bankCustomers[person].accounts[0].account

const cancelOrder = async (claimsUrl: string, apiKey: string, orderNumber: string) => {
  const response = await fetch(`${claimsUrl}/v1/orders/${orderNumber}/cancel`, {
    method: 'POST',
    headers: { authorization: `Bearer ${apiKey}`, 'idempotency-key': orderNumber },
  })
  if (!response.ok) throw new Error(`cancelling ${orderNumber} was answered ${response.status}`)
}

const tell = async (demo: RunningDemo, apiKeys: ApiKeys, people: People, story: Story) => {
  const claimsUrl = demo.urls['claim-server']
  const { payee, limitIn, by, paid, cancelled, ...content } = story
  const today = dateIn(demo.timeZone, new Date())
  const order = await sendOrder(claimsUrl, apiKeys[payee], {
    ...content,
    ...(limitIn === undefined ? {} : { timeLimit: addDays(today, limitIn) }),
  })
  if (by) await acceptOrder(await people(by), order, accountOf(by))
  if (cancelled) await cancelOrder(claimsUrl, apiKeys[payee], order.orderNumber)
  return { orderNumber: order.orderNumber, by, paid }
}

/** One day of one customer, in order: their orders, then one payment of what they pay that day. */
const tellDayOf = async (
  demo: RunningDemo,
  apiKeys: ApiKeys,
  people: People,
  person: Person | undefined,
  stories: Story[],
) => {
  const orderNumbers: string[] = []
  for (const story of stories) {
    const { orderNumber, paid } = await tell(demo, apiKeys, people, story)
    if (paid) orderNumbers.push(orderNumber)
  }
  if (!person || orderNumbers.length === 0) return
  const result = await payClaims(await people(person), {
    orderNumbers,
    account: accountOf(person),
  })
  if (result.status !== 200) throw new Error(`a demo payment failed: ${result.text.slice(0, 300)}`)
}

const makeClaims = async (demo: RunningDemo, apiKeys: ApiKeys) => {
  const people = createPeople(demo.urls['bank-portal'])
  for (const { daysAgo, stories } of past) {
    await moveClock(demo, daysAgo)
    const byPerson = Map.groupBy(stories, (story) => story.by)
    await Promise.all(
      [...byPerson].map(([person, own]) => tellDayOf(demo, apiKeys, people, person, own)),
    )
  }
}

const seedCore = async (demo: RunningDemo) => {
  const config = readCoreConfig(environmentOf(demo, 'mock-core-banking'))
  const service = await openService(config, 'core-banking')
  try {
    await seedBank({ ...service, config }, bankWorld)
  } finally {
    await service.close()
  }
}

const openDemoShops = async (demo: RunningDemo): Promise<ApiKeys> => {
  const config = readClaimConfig(environmentOf(demo, 'claim-server'))
  const service = await openService(config, 'claim-server')
  try {
    const deps = {
      ...service,
      config,
      newOrderNumber: () => newOrderNumber(),
      trust: trustPeers('claim-server', service.keys, {}),
      callCore: service.clientOf(config.CORE_BANKING_URL),
      sendMail: () => Promise.reject(new Error('the world sends no mail')),
    }
    await ensureBank(deps)
    await enterAdverts(deps)
    return await openShops(demo, deps)
  } finally {
    await service.close()
  }
}

/**
 * Makes the demo world in new databases, with the services running: the bank's people and accounts,
 * the shops, and claims in every state and near every date. Orders go through the shops' API,
 * acceptance and payment through the portal's forms, with the business clock moved back and then on.
 */
export const makeWorld = async (demo: RunningDemo): Promise<void> => {
  await seedCore(demo)
  await moveClock(demo, 44)
  await makeClaims(demo, await openDemoShops(demo))
}

const customerLogin = (who: string, person: Person): DemoLogin => ({
  who,
  at: 'bank-portal',
  fields: { 'user id': bankCustomers[person].userId, password: bankCustomers[person].password },
})

const staffLogin = (who: string, member: 'clerk' | 'approver' | 'secondApprover'): DemoLogin => ({
  who,
  at: 'bank-portal',
  fields: {
    'staff id at /staff': bankStaff[member].staffId,
    password: bankStaff[member].password,
  },
})

/** Who can sign in where, as `npm start` prints it. */
export const demoLogins: readonly DemoLogin[] = [
  customerLogin('Haruka Sato, three accounts', 'haruka'),
  customerLogin('Kenji Tanaka, two accounts', 'kenji'),
  customerLogin('Yuki Mori, short balance', 'yuki'),
  customerLogin('Mei Kobayashi, nothing to pay', 'mei'),
  {
    who: 'Shop A Shoes, its console under /shop',
    at: 'claim-server',
    fields: {
      'sign-in id': consoleLogins.shoes.signInId,
      password: consoleLogins.shoes.password,
    },
  },
  staffLogin('Bank staff, clerk', 'clerk'),
  staffLogin('Bank staff, approver', 'approver'),
  staffLogin('Bank staff, second approver', 'secondApprover'),
  {
    who: 'Bank operator',
    at: 'mock-core-banking',
    fields: { 'staff id': bankStaff.operator.staffId, password: bankStaff.operator.password },
  },
]
