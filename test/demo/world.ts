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
import { bankCustomers, bankWorld } from './bank-world.ts'
import { environmentOf, type RunningDemo } from './settings.ts'
import { enterAdverts } from './world-adverts.ts'
import { type ApiKeys, openShops } from './world-shops.ts'
import { declineClaim, linkWaterworks, sendBill } from './world-bills.ts'
import { past, type Person, type Story } from './world-past.ts'
import { writeWholeFile } from './write-whole-file.ts'

const day = 24 * 3600

// Longer than the services take to look at the clock's file again: 50 ms.
const clockIsSeenMs = 60

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

const limitOf = (today: string, { limitIn, onSunday }: Story): string | undefined => {
  if (limitIn === undefined) return undefined
  const day = Temporal.PlainDate.from(addDays(today, limitIn))
  return onSunday ? `${day.add({ days: (7 - day.dayOfWeek) % 7 })}` : `${day}`
}

/** The order of a story on its customer's list, however it comes there; its number. */
const bring = async (
  demo: RunningDemo,
  apiKeys: ApiKeys,
  people: People,
  story: Story,
): Promise<string> => {
  const claimsUrl = demo.urls['claim-server']
  const { payee, description, category, yen, by, bill } = story
  const timeLimit = limitOf(dateIn(demo.timeZone, new Date()), story)
  const content = { description, category, yen, ...(timeLimit ? { timeLimit } : {}) }
  if (bill) {
    const number = await sendBill(claimsUrl, apiKeys[payee], { ...content, ...bill })
    if (by) await linkWaterworks(await people(by), bill)
    return number
  }
  const order = await sendOrder(claimsUrl, apiKeys[payee], content)
  if (by) await acceptOrder(await people(by), order, accountOf(by))
  return order.orderNumber
}

const tell = async (demo: RunningDemo, apiKeys: ApiKeys, people: People, story: Story) => {
  const { payee, by, paid, cancelled, declined } = story
  const orderNumber = await bring(demo, apiKeys, people, story)
  if (cancelled) await cancelOrder(demo.urls['claim-server'], apiKeys[payee], orderNumber)
  if (declined && by) await declineClaim(await people(by), orderNumber, declined)
  return { orderNumber, by, paid }
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
