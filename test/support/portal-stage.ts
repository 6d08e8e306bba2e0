import type { Database } from '#shared/database.ts'
import type { NewMockOrder } from '../mocks/index.ts'
import { openPortal, type TestPortalOptions, type TestPortal } from './portal.ts'
import type { VisitedPage, Visitor } from './visitor.ts'

type Language = 'en' | 'ja'

/** A portal of its own for one page, with a clock that can be moved. */
export interface Stage {
  portal: TestPortal
  language: Language
  moveClock(seconds: number): void
  haruka(): Promise<Visitor>
  order(order: Partial<NewMockOrder>): string
}

export interface PortalPage {
  name: string
  status: number
  visit(stage: Stage): Promise<VisitedPage>
}

export const harukaId = 'C-100417'
export const savings = '0901-101-1-0014471'
export const current = '0901-202-2-0020926'
export const travel = '0901-202-4-0033310'
export const agreed = { accountNumber: '0014471', password: 'maple-harbour-17' }
export const payForm = 'form[action="/payments"]'
const signInForm = 'form[action="/sign-in"]'

export const openStage = async (
  db: Database,
  language: Language,
  options: Pick<TestPortalOptions, 'noteConfirmation'> = {},
): Promise<Stage> => {
  let offsetMs = 0
  const clock = { now: () => new Date(Date.now() + offsetMs) }
  const portal = await openPortal({ db, clock, ...options })
  return {
    portal,
    language,
    moveClock: (seconds) => {
      offsetMs += seconds * 1000
    },
    haruka: () => portal.signedIn('haruka', language),
    order: (order) =>
      portal.mocks.claimServer.sendOrder({
        shop: 'Shop A Shoes',
        description: goods[language].shoes,
        amountMinor: 3150n,
        days: 2,
        customerId: harukaId,
        ...order,
      }).orderNumber,
  }
}

export const goods = {
  en: {
    shoes: 'A pair of shoes, size 24',
    hat: 'Felt hat, navy',
    table: 'Oak side table',
    laces: 'Laces and shoe cream',
    water: 'October and November, meter 40-118',
  },
  ja: {
    shoes: '革靴 24cm',
    hat: 'フェルト帽 紺',
    table: 'オークのサイドテーブル',
    laces: '靴ひも・靴クリーム',
    water: '10月・11月分 水栓番号40-118',
  },
}

/** A list like life: every urgency, a biller, something new. */
export const fillList = (stage: Stage) => {
  const words = goods[stage.language]
  return {
    table: stage.order({
      shop: 'Shop C Furniture',
      description: words.table,
      amountMinor: 8400n,
      days: 0,
    }),
    shoes: stage.order({ description: words.shoes }),
    hat: stage.order({ shop: 'Shop B Hats', description: words.hat, amountMinor: 2100n, days: 4 }),
    laces: stage.order({ description: words.laces, amountMinor: 1480n, days: 5 }),
    water: stage.order({
      shop: 'Minato Waterworks',
      description: words.water,
      amountMinor: 5000n,
      days: 22,
      isNew: true,
    }),
  }
}

export const confirmPath = (numbers: string[], account = savings) =>
  `/payments/new?${new URLSearchParams([...numbers.map((one) => ['claim', one]), ['account', account]])}`

export const listPath = (numbers: string[], account = savings) =>
  `/claims?${new URLSearchParams([...numbers.map((one) => ['claim', one]), ['account', account]])}`

export const confirm = async (stage: Stage, numbers: string[], account = savings) => {
  const visitor = await stage.haruka()
  return { visitor, page: await stage.portal.open(visitor, confirmPath(numbers, account)) }
}

export const pay = async (stage: Stage, numbers: string[], fields = agreed) => {
  const { visitor, page } = await confirm(stage, numbers)
  return { visitor, page: await visitor.submit(page, payForm, fields) }
}

export const signIn = async (stage: Stage, fields: Record<string, string>, path = '/sign-in') => {
  const visitor = stage.portal.visitor(stage.language)
  return visitor.submit(await stage.portal.open(visitor, path), signInForm, fields)
}

/** Executed or not, the portal never hears of it; then the resolver of the claim server asks. */
export const payInDoubt = async (stage: Stage, fault: 'answer lost' | 'not reachable') => {
  const number = stage.order({})
  stage.portal.mocks.faults.core.set(fault, { calls: ['executePayment'] })
  const paid = await pay(stage, [number])
  stage.portal.mocks.faults.core.clear()
  return { ...paid, number }
}

export const entryToken = (stage: Stage, orderNumber: string) =>
  stage.portal.mocks.claimServer.claims.get(orderNumber)?.entryToken ?? ''

export const provisional = (stage: Stage) =>
  entryToken(
    stage,
    stage.portal.mocks.claimServer.sendOrder({
      shop: 'Shop A Shoes',
      description: goods[stage.language].shoes,
      amountMinor: 3150n,
      returnUrl: 'https://shoes.example/thanks',
    }).orderNumber,
  )

export const away = (stage: Stage, service: 'core' | 'claimServer') =>
  stage.portal.mocks.faults[service].set('not reachable')
