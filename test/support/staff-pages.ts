import { randomUUIDv7 } from 'node:crypto'
import type { Database } from '#shared/database.ts'
import type { StaffReconciliation } from '#shared/contracts/staff.ts'
import { addDays, dateIn } from '#shared/dates.ts'
import { bankCustomers, bankStaff } from '../demo/bank-world.ts'
import { type Desk, openDesk } from './staff-desk.ts'
import { aStaffClaim } from './staff-world.ts'
import type { VisitedPage, Visitor } from './visitor.ts'

type Language = 'en' | 'ja'
type Who = keyof typeof bankStaff

/** A desk of its own for one page. */
export interface DeskStage {
  desk: Desk
  language: Language
  as(who: Who): Promise<Visitor>
  /** Opens a page as that member. */
  open(who: Who, path: string): Promise<VisitedPage>
}

export interface StaffPageCase {
  name: string
  status: number
  visit(stage: DeskStage): Promise<VisitedPage>
}

export const openDeskStage = async (db: Database, language: Language): Promise<DeskStage> => {
  const desk = await openDesk({ db })
  const as = (who: Who) => desk.signedIn(who, language)
  return { desk, language, as, open: async (who, path) => desk.open(await as(who), path) }
}

const clock = { now: () => new Date() }
const today = () => dateIn('Asia/Tokyo', new Date())
const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000)
const harukaId = bankCustomers.haruka.customerId
const savings = '0901-101-1-0014471'
const shoesAccount = '0901-101-2-1100101'

export const shopIds = {
  shoes: '0199f000-0000-7000-8000-00000000000a',
  hats: '0199f000-0000-7000-8000-00000000000b',
  water: '0199f000-0000-7000-8000-00000000000d',
}

const goods = {
  en: ['A pair of shoes, size 24', 'Felt hat, navy', 'Oak side table'],
  ja: ['革靴 24cm', 'フェルト帽 紺', 'オークのサイドテーブル'],
}

/** Claims of every status, one of them with its whole story. */
export const fillClaims = ({ desk, language }: DeskStage) => {
  const [shoes = '', hat = '', table = ''] = goods[language]
  const settled = aStaffClaim(clock, { description: shoes })
  const plain = { timeline: [], payments: [], exceptions: [], notices: [] }
  const claims = [
    settled,
    aStaffClaim(clock, { ...plain, status: 'unsettled', description: hat, amountMinor: 2100n }),
    aStaffClaim(clock, { ...plain, status: 'paying', description: table, amountMinor: 8400n }),
    aStaffClaim(clock, { ...plain, status: 'expired', shopName: 'Shop B Hats' }),
    aStaffClaim(clock, {
      ...plain,
      status: 'provisional',
      customerId: null,
      customerName: null,
      account: null,
    }),
  ].map((claim) => ({ ...claim, description: claim.description || shoes }))
  for (const claim of claims) if (claim.description === goods.en[0]) claim.description = shoes
  desk.world.claims.push(...claims)
  return { settled: claims[0] ?? settled, claims }
}

export const fillShops = ({ desk }: DeskStage) => {
  const shop = (shopId: string, name: string, nameJa: string, account: string) => ({
    shopId,
    name,
    nameJa,
    kind: 'shop' as const,
    status: 'live' as const,
    mailAddress: 'orders@shop-a-shoes.example',
    phone: '03-5555-0101',
    website: 'https://shop-a-shoes.example/',
    accounts: [{ account, holder: name }],
    createdAt: ago(90_000),
  })
  desk.world.shops.push(
    {
      ...shop(shopIds.hats, 'Shop B Hats', '帽子のショップB', '0901-202-2-1100202'),
      status: 'waiting',
      createdAt: ago(200),
    },
    shop(shopIds.shoes, 'Shop A Shoes', '靴のショップA', shoesAccount),
    {
      ...shop(shopIds.water, 'Minato Waterworks', '港水道局', '0901-101-2-1200101'),
      kind: 'biller',
      status: 'suspended',
      website: null,
      accounts: [],
    },
  )
}

export const anException = (
  { desk }: DeskStage,
  changed: Partial<Desk['world']['exceptions'][number]> = {},
) => {
  const exception = {
    exceptionId: randomUUIDv7(),
    orderNumber: desk.world.claims[0]?.orderNumber ?? aStaffClaim(clock).orderNumber,
    kind: 'paid-late',
    paymentId: randomUUIDv7(),
    customerId: harukaId,
    customerAccount: savings,
    payeeAccount: shoesAccount,
    amountMinor: 3150n,
    currency: 'JPY' as const,
    openedAt: ago(150),
    closedAt: null,
    refundPaymentId: null,
    ...changed,
  }
  desk.world.exceptions.push(exception)
  return exception
}

const fillWaiting = (stage: DeskStage) => {
  const { world } = stage.desk
  const { settled } = fillClaims(stage)
  fillShops(stage)
  anException(stage)
  anException(stage, { kind: 'paid-twice', closedAt: ago(5), refundPaymentId: randomUUIDv7() })
  world.openPayments.push({
    paymentId: randomUUIDv7(),
    reference: 'P-3F8T-Q1ZD-H',
    customerId: harukaId,
    account: savings,
    amountMinor: 8400n,
    currency: 'JPY',
    since: ago(4),
    submitBefore: ago(3),
    timesAsked: 17,
  })
  const notice = (status: string, attempts: number, lastError: string | null) => ({
    noticeId: randomUUIDv7(),
    orderNumber: settled.orderNumber,
    event: 'claim-settled',
    recipient: 'shop' as const,
    address: 'orders@shop-a-shoes.example',
    status,
    attempts,
    lastError,
    createdAt: ago(300),
    attemptAt: ago(-12),
  })
  world.undelivered.push(notice('waiting', 3, '451 4.7.1'), notice('failed', 12, '550 5.1.1'))
  world.reports.push({
    orderNumber: settled.orderNumber,
    shopId: shopIds.hats,
    shopName: 'Shop B Hats',
    customerId: harukaId,
    amountMinor: 2100n,
    currency: 'JPY',
    text: null,
    reportedAt: ago(2_000),
  })
}

/** The last night and the hours since then; the night found these. */
export const addReconciliations = (
  { desk: { world } }: DeskStage,
  differences: StaffReconciliation['differences'] = [],
  hoursAgo = 0,
) => {
  const made = (minutesAgo: number, extent: 'recent' | 'whole', rows = differences) => ({
    reconciliationId: randomUUIDv7(),
    extent,
    startedAt: ago(60 * hoursAgo + minutesAgo),
    endedAt: ago(60 * hoursAgo + minutesAgo - 1),
    settledClaims: extent === 'whole' ? 1_204_118 : 5_310,
    executedTransfers: extent === 'whole' ? 903_377 : 4_021,
    rowsThatDiffer: rows.length,
    differences: rows,
  })
  world.reconciliations.push(made(20, 'recent', []), made(80, 'recent', []), made(90, 'whole'))
}

const fillTariff = ({ desk }: DeskStage) => {
  const fee = (
    relation: 'same-branch' | 'same-bank' | 'other-bank',
    [from, below, feeMinor]: [bigint, bigint | null, bigint],
    validFrom: string,
    validUntil: string | null = null,
  ) => ({
    feeId: randomUUIDv7(),
    relation,
    fromAmountMinor: from,
    belowAmountMinor: below,
    feeMinor,
    validFrom,
    validUntil,
  })
  const soon = addDays(today(), 30)
  desk.world.fees.push(
    fee('same-branch', [0n, null, 0n], '2020-04-01'),
    fee('same-bank', [0n, null, 110n], '2020-04-01', '2024-04-01'),
    fee('same-bank', [0n, 30_000n, 110n], '2024-04-01', soon),
    fee('same-bank', [30_000n, null, 220n], '2024-04-01', soon),
    fee('same-bank', [0n, null, 165n], soon),
    fee('other-bank', [0n, 30_000n, 275n], '2024-04-01'),
    fee('other-bank', [30_000n, null, 440n], '2024-04-01'),
  )
  desk.world.holidays.push(
    { date: addDays(today(), -20), name: 'Culture Day', nameJa: '文化の日' },
    { date: addDays(today(), 5), name: 'Founding day', nameJa: '創業記念日' },
    { date: addDays(today(), 38), name: 'Year-end holiday', nameJa: '年末休業' },
  )
}

const fillAdverts = ({ desk }: DeskStage) => {
  const advert = (showFrom: number, showUntil: number | null, displays: number) => ({
    advertId: randomUUIDv7(),
    advertiser: 'Tama Leather',
    text: { en: 'Shoe care set, 980 yen', ja: '靴のお手入れセット 980円' },
    url: 'https://leather.example/',
    categories: ['cm'],
    relatedWords: ['革'],
    showFrom: addDays(today(), showFrom),
    showUntil: showUntil === null ? null : addDays(today(), showUntil),
    displays,
  })
  desk.world.adverts.push(
    advert(10, null, 0),
    { ...advert(-20, 20, 1_284), categories: [], relatedWords: [] },
    advert(-90, -30, 20_418),
  )
}

/** Signs in as nobody special and sends the sign-in form. */
const signIn = async ({ desk, language }: DeskStage, fields: Record<string, string>) => {
  const visitor = desk.visitor(language)
  const page = await desk.open(visitor, '/staff/sign-in')
  return visitor.submit(page, 'form[action="/staff/sign-in"]', fields)
}

const submit = async (
  stage: DeskStage,
  who: Who,
  path: string,
  form: string,
  fields: Record<string, string> = {},
) => {
  const visitor = await stage.as(who)
  return visitor.submit(await stage.desk.open(visitor, path), form, fields)
}

const consent = {
  password: bankStaff.approver.password,
  secondId: bankStaff.secondApprover.staffId,
  secondPassword: bankStaff.secondApprover.password,
}

const refund = (stage: DeskStage, fields: Record<string, string> = consent) => {
  const { exceptionId } = anException(stage)
  return submit(
    stage,
    'approver',
    `/staff/exceptions/${exceptionId}`,
    'form[action$="/refunds"]',
    fields,
  )
}

const newMember = { staffId: 'newcomer', name: 'Mio Sakai', roles: 'clerk' }

/** Every page of the staff's desk in every state that staff can meet. */
export const staffPages: StaffPageCase[] = [
  {
    name: 'sign-in',
    status: 200,
    visit: ({ desk, language }) => desk.open(desk.visitor(language), '/staff/sign-in'),
  },
  {
    name: 'sign-in with mistakes',
    status: 422,
    visit: (stage) => signIn(stage, { staffId: '', password: '' }),
  },
  {
    name: 'sign-in not accepted',
    status: 401,
    visit: (stage) => signIn(stage, { staffId: 'clerk', password: 'no' }),
  },
  {
    name: 'sign-in tried too often',
    status: 429,
    visit: async (stage) => {
      const nobody = { staffId: `nobody-${Math.random()}`, password: 'no' }
      for (let tries = 0; tries < 5; tries++) await signIn(stage, nobody)
      return signIn(stage, nobody)
    },
  },
  {
    name: 'sign-in while the core is away',
    status: 503,
    visit: (stage) => {
      stage.desk.world.silent.add('checkStaffCredentials')
      return signIn(stage, { staffId: 'clerk', password: 'x' })
    },
  },
  {
    name: 'signed out',
    status: 200,
    visit: (stage) => submit(stage, 'clerk', '/staff', 'form[action="/staff/sign-out"]'),
  },
  {
    name: 'session ended, then a page',
    status: 200,
    visit: ({ desk, language }) => {
      const visitor = desk.visitor(language)
      visitor.cookies.set('staff-session', 'of-yesterday')
      return desk.open(visitor, '/staff/claims')
    },
  },
  {
    name: 'session ended, then a post',
    status: 401,
    visit: async (stage) => {
      const visitor = await stage.as('clerk')
      const page = await stage.desk.open(visitor, '/staff/password')
      visitor.cookies.set('staff-session', 'of-yesterday')
      return visitor.submit(page, 'form[action="/staff/password"]')
    },
  },
  { name: 'desk, nothing waits', status: 200, visit: (stage) => stage.open('clerk', '/staff') },
  {
    name: 'desk, much waits',
    status: 200,
    visit: (stage) => {
      fillWaiting(stage)
      return stage.open('clerk', '/staff')
    },
  },
  {
    name: 'claims, nothing searched',
    status: 200,
    visit: (stage) => stage.open('clerk', '/staff/claims'),
  },
  {
    name: 'claims, found',
    status: 200,
    visit: (stage) => {
      fillClaims(stage)
      return stage.open('clerk', '/staff/claims?shop=shop')
    },
  },
  {
    name: 'claims, more than a page',
    status: 200,
    visit: (stage) => {
      for (let count = 0; count < 51; count++) fillClaims(stage)
      return stage.open('clerk', '/staff/claims?status=settled')
    },
  },
  {
    name: 'claims, none found',
    status: 200,
    visit: (stage) => stage.open('clerk', '/staff/claims?customer=zzz'),
  },
  {
    name: 'claims, searched with mistakes',
    status: 422,
    visit: (stage) => stage.open('clerk', '/staff/claims?amount=-1&from=x&until=y'),
  },
  {
    name: 'claim, settled, with its story',
    status: 200,
    visit: (stage) => {
      const { settled } = fillClaims(stage)
      settled.exceptions.push({ exceptionId: randomUUIDv7(), kind: 'paid-twice', closedAt: null })
      return stage.open('clerk', `/staff/claims/${settled.orderNumber}`)
    },
  },
  {
    name: 'claim, not accepted, nothing happened',
    status: 200,
    visit: (stage) => {
      const { claims } = fillClaims(stage)
      return stage.open('clerk', `/staff/claims/${claims.at(-1)?.orderNumber}`)
    },
  },
  {
    name: 'claim, a mail sent again',
    status: 200,
    visit: (stage) => {
      const { settled } = fillClaims(stage)
      return submit(
        stage,
        'clerk',
        `/staff/claims/${settled.orderNumber}`,
        'form[action$="/resend"]',
      )
    },
  },
  {
    name: 'payments in doubt, none',
    status: 200,
    visit: (stage) => stage.open('clerk', '/staff/in-doubt'),
  },
  {
    name: 'payments in doubt',
    status: 200,
    visit: (stage) => {
      fillWaiting(stage)
      return stage.open('clerk', '/staff/in-doubt')
    },
  },
  {
    name: 'undelivered mails, none',
    status: 200,
    visit: (stage) => stage.open('clerk', '/staff/mails'),
  },
  {
    name: 'undelivered mails, one sent again',
    status: 200,
    visit: (stage) => {
      fillWaiting(stage)
      return submit(stage, 'clerk', '/staff/mails', 'form[action$="/resend"]')
    },
  },
  {
    name: 'reconciliations, none',
    status: 200,
    visit: (stage) => stage.open('clerk', '/staff/reconciliations'),
  },
  {
    name: 'reconciliations, all agree',
    status: 200,
    visit: (stage) => {
      addReconciliations(stage)
      return stage.open('clerk', '/staff/reconciliations')
    },
  },
  {
    name: 'reconciliations, none lately',
    status: 200,
    visit: (stage) => {
      addReconciliations(stage, [], 40)
      return stage.open('clerk', '/staff/reconciliations')
    },
  },
  {
    name: 'reconciliations, rows differ',
    status: 200,
    visit: (stage) => {
      const { settled } = fillClaims(stage)
      addReconciliations(stage, [
        {
          kind: 'claim-without-transfer',
          id: settled.orderNumber,
          words: `settled by payment ${randomUUIDv7()}, but the core executed no transfer of 3150 JPY for it`,
        },
        {
          kind: 'books-of-the-core',
          id: savings,
          words: 'balance-not-its-postings: balance 9800, postings 9850',
        },
      ])
      return stage.open('clerk', '/staff/reconciliations')
    },
  },
  { name: 'reports, none', status: 200, visit: (stage) => stage.open('clerk', '/staff/reports') },
  {
    name: 'reports',
    status: 200,
    visit: (stage) => {
      fillWaiting(stage)
      return stage.open('clerk', '/staff/reports')
    },
  },
  {
    name: 'exceptions, none open',
    status: 200,
    visit: (stage) => stage.open('clerk', '/staff/exceptions'),
  },
  {
    name: 'exceptions, all',
    status: 200,
    visit: (stage) => {
      fillWaiting(stage)
      return stage.open('clerk', '/staff/exceptions?show=all')
    },
  },
  {
    name: 'exception, to a clerk',
    status: 200,
    visit: (stage) => stage.open('clerk', `/staff/exceptions/${anException(stage).exceptionId}`),
  },
  {
    name: 'exception, to an approver',
    status: 200,
    visit: (stage) => stage.open('approver', `/staff/exceptions/${anException(stage).exceptionId}`),
  },
  {
    name: 'exception while the core is away',
    status: 200,
    visit: async (stage) => {
      const visitor = await stage.as('approver')
      stage.desk.world.silent.add('nameHolders')
      return stage.desk.open(visitor, `/staff/exceptions/${anException(stage).exceptionId}`)
    },
  },
  {
    name: 'exception, closed',
    status: 200,
    visit: (stage) => {
      const closed = { closedAt: ago(3), refundPaymentId: randomUUIDv7() }
      return stage.open('approver', `/staff/exceptions/${anException(stage, closed).exceptionId}`)
    },
  },
  {
    name: 'refund with mistakes',
    status: 422,
    visit: (stage) => refund(stage, { secondId: 'approver1' }),
  },
  {
    name: 'refund not accepted',
    status: 401,
    visit: (stage) => refund(stage, { ...consent, secondPassword: 'no' }),
  },
  {
    name: 'refund of something that has changed',
    status: 409,
    visit: (stage) => {
      stage.desk.world.refund.authorise = 'content-stale'
      return refund(stage)
    },
  },
  {
    name: 'refund of what has gone back',
    status: 409,
    visit: (stage) => {
      stage.desk.world.refund.reserve = 'too-much'
      return refund(stage)
    },
  },
  {
    name: 'refund approved too long ago',
    status: 409,
    visit: (stage) => {
      stage.desk.world.refund.reserve = 'authorisation-expired'
      return refund(stage)
    },
  },
  {
    name: 'refund while the core is away',
    status: 503,
    visit: (stage) => {
      stage.desk.world.silent.add('authoriseRefund')
      return refund(stage)
    },
  },
  { name: 'refund executed', status: 200, visit: (stage) => refund(stage) },
  {
    name: 'refund refused',
    status: 200,
    visit: (stage) => {
      Object.assign(stage.desk.world.refund, { result: 'refused', reason: 'insufficient-funds' })
      return refund(stage)
    },
  },
  {
    name: 'refund voided',
    status: 200,
    visit: (stage) => {
      stage.desk.world.refund.result = 'voided'
      return refund(stage)
    },
  },
  {
    name: 'refund in doubt',
    status: 200,
    visit: (stage) => {
      stage.desk.world.silent.add('executePayment')
      return refund(stage)
    },
  },
  {
    name: 'shops, none wait',
    status: 200,
    visit: (stage) => stage.open('clerk', '/staff/shops?status=waiting'),
  },
  {
    name: 'shops',
    status: 200,
    visit: (stage) => {
      fillShops(stage)
      return stage.open('clerk', '/staff/shops')
    },
  },
  {
    name: 'shop, to a clerk',
    status: 200,
    visit: (stage) => {
      fillShops(stage)
      return stage.open('clerk', `/staff/shops/${shopIds.hats}`)
    },
  },
  {
    name: 'shop, to be approved',
    status: 200,
    visit: (stage) => {
      fillShops(stage)
      return stage.open('approver', `/staff/shops/${shopIds.hats}`)
    },
  },
  {
    name: 'shop, decided without a reason',
    status: 422,
    visit: (stage) => {
      fillShops(stage)
      return submit(stage, 'approver', `/staff/shops/${shopIds.shoes}`, 'form[action$="/decision"]')
    },
  },
  {
    name: 'shop, suspended just now',
    status: 200,
    visit: (stage) => {
      fillShops(stage)
      return submit(
        stage,
        'approver',
        `/staff/shops/${shopIds.shoes}`,
        'form[action$="/decision"]',
        { reason: 'zzz' },
      )
    },
  },
  {
    name: 'shop, decided by somebody else meanwhile',
    status: 409,
    visit: async (stage) => {
      fillShops(stage)
      const visitor = await stage.as('approver')
      const page = await stage.desk.open(visitor, `/staff/shops/${shopIds.water}`)
      for (const shop of stage.desk.world.shops) shop.status = 'live'
      return visitor.submit(page, 'form[action$="/decision"]', { reason: 'zzz' })
    },
  },
  {
    name: 'shop, its new password',
    status: 200,
    visit: (stage) => {
      fillShops(stage)
      const form = 'form[action$="/password"]'
      return submit(stage, 'approver', `/staff/shops/${shopIds.shoes}`, form, { reason: 'zzz' })
    },
  },
  {
    name: 'shop, a new password without a reason',
    status: 422,
    visit: (stage) => {
      fillShops(stage)
      return submit(stage, 'approver', `/staff/shops/${shopIds.shoes}`, 'form[action$="/password"]')
    },
  },
  {
    name: 'shop, without a login to make a password for',
    status: 409,
    visit: (stage) => {
      fillShops(stage)
      const form = 'form[action$="/password"]'
      return submit(stage, 'approver', `/staff/shops/${shopIds.water}`, form, { reason: 'zzz' })
    },
  },
  { name: 'fees, none', status: 200, visit: (stage) => stage.open('clerk', '/staff/fees') },
  {
    name: 'fees, to an approver',
    status: 200,
    visit: (stage) => {
      fillTariff(stage)
      return stage.open('approver', '/staff/fees?changed')
    },
  },
  {
    name: 'fees to change',
    status: 200,
    visit: (stage) => {
      fillTariff(stage)
      return stage.open('approver', '/staff/fees/same-bank')
    },
  },
  {
    name: 'fees to change, with mistakes',
    status: 422,
    visit: (stage) => {
      fillTariff(stage)
      const wrong = { validFrom: '2020-01-01', from1: '5', from2: 'x', from3: '2', fee3: '1' }
      return submit(
        stage,
        'approver',
        '/staff/fees/same-bank',
        'form[action="/staff/fees/same-bank"]',
        wrong,
      )
    },
  },
  { name: 'holidays, none', status: 200, visit: (stage) => stage.open('clerk', '/staff/holidays') },
  {
    name: 'holidays, to an approver',
    status: 200,
    visit: (stage) => {
      fillTariff(stage)
      return stage.open('approver', '/staff/holidays?done=removed')
    },
  },
  {
    name: 'holiday with mistakes',
    status: 422,
    visit: (stage) =>
      submit(stage, 'approver', '/staff/holidays', 'form[action="/staff/holidays"]'),
  },
  {
    name: 'customers, nobody searched',
    status: 200,
    visit: (stage) => stage.open('clerk', '/staff/customers'),
  },
  {
    name: 'customers, a search too short',
    status: 422,
    visit: (stage) => stage.open('clerk', '/staff/customers?search=a'),
  },
  {
    name: 'customers, none found',
    status: 200,
    visit: (stage) => stage.open('clerk', '/staff/customers?search=zzz'),
  },
  {
    name: 'customer, locked',
    status: 200,
    visit: (stage) => {
      stage.desk.world.locks.set(harukaId, ago(-25))
      return stage.open('clerk', `/staff/customers?search=${harukaId}`)
    },
  },
  {
    name: 'customer, unlocked just now',
    status: 200,
    visit: (stage) => {
      stage.desk.world.locks.set(harukaId, ago(-25))
      const path = `/staff/customers?search=${harukaId}`
      return submit(stage, 'clerk', path, 'form[action$="/unlock"]')
    },
  },
  { name: 'adverts, none', status: 200, visit: (stage) => stage.open('clerk', '/staff/adverts') },
  {
    name: 'adverts',
    status: 200,
    visit: (stage) => {
      fillAdverts(stage)
      return stage.open('clerk', '/staff/adverts?done=added')
    },
  },
  {
    name: 'advert to enter',
    status: 200,
    visit: (stage) => stage.open('clerk', '/staff/adverts/new'),
  },
  {
    name: 'advert to enter, with mistakes',
    status: 422,
    visit: (stage) =>
      submit(stage, 'clerk', '/staff/adverts/new', 'form[action="/staff/adverts"]', {
        showFrom: '2020-01-01',
        showUntil: 'x',
        categories: 'z'.repeat(41),
        relatedWords: 'z'.repeat(41),
      }),
  },
  { name: 'staff', status: 200, visit: (stage) => stage.open('approver', '/staff/members') },
  {
    name: 'staff to add',
    status: 200,
    visit: (stage) => stage.open('approver', '/staff/members/new'),
  },
  {
    name: 'staff to add, with mistakes',
    status: 422,
    visit: (stage) =>
      submit(stage, 'approver', '/staff/members/new', 'form[action="/staff/members"]', {
        staffId: '-',
        roles: 'approver',
      }),
  },
  {
    name: 'staff added, the password shown',
    status: 200,
    visit: (stage) =>
      submit(stage, 'approver', '/staff/members/new', 'form[action="/staff/members"]', newMember),
  },
  {
    name: 'staff member',
    status: 200,
    visit: (stage) => stage.open('approver', '/staff/members/clerk'),
  },
  {
    name: 'staff member, an approver',
    status: 200,
    visit: (stage) => stage.open('approver', '/staff/members/approver2'),
  },
  {
    name: 'staff member, oneself',
    status: 200,
    visit: (stage) => stage.open('approver', '/staff/members/approver1'),
  },
  {
    name: 'staff member, second approval not accepted',
    status: 401,
    visit: (stage) =>
      submit(stage, 'approver', '/staff/members/clerk', 'form[action$="/roles"]', {
        roles: 'approver',
        secondId: 'approver2',
        secondPassword: 'no',
      }),
  },
  {
    name: 'staff member, suspended just now',
    status: 200,
    visit: (stage) =>
      submit(stage, 'approver', '/staff/members/clerk', 'form[action$="/suspension"]'),
  },
  {
    name: 'own password',
    status: 200,
    visit: (stage) => stage.open('clerk', '/staff/password'),
  },
  {
    name: 'own password, to be chosen first',
    status: 200,
    visit: (stage) => {
      for (const member of stage.desk.world.members) member.passwordIsTemporary = true
      return stage.open('clerk', '/staff/claims')
    },
  },
  {
    name: 'own password with mistakes',
    status: 422,
    visit: (stage) =>
      submit(stage, 'clerk', '/staff/password', 'form[action="/staff/password"]', {
        next: 'short',
      }),
  },
  {
    name: 'own password not accepted',
    status: 401,
    visit: (stage) => {
      const next = 'harbour lights at six'
      const fields = { now: 'wrong', next, again: next }
      return submit(stage, 'clerk', '/staff/password', 'form[action="/staff/password"]', fields)
    },
  },
  {
    name: 'audit log',
    status: 200,
    visit: async (stage) => {
      const { settled } = fillClaims(stage)
      await stage.open('clerk', `/staff/claims/${settled.orderNumber}`)
      return stage.open('approver', '/staff/audit')
    },
  },
  {
    name: 'audit log, nothing found',
    status: 200,
    visit: (stage) => stage.open('approver', '/staff/audit?staff=zzz&subject=zzz'),
  },
  {
    name: 'needs an approver',
    status: 403,
    visit: (stage) => stage.open('clerk', '/staff/members'),
  },
  {
    name: 'error: no such page',
    status: 404,
    visit: (stage) => stage.open('clerk', '/staff/nowhere'),
  },
  {
    name: 'error: form out of date',
    status: 403,
    visit: (stage) =>
      submit(stage, 'clerk', '/staff/password', 'form[action="/staff/password"]', {
        _csrf: 'of-another-page',
      }),
  },
  {
    name: 'error: the core does not answer',
    status: 503,
    visit: async (stage) => {
      const visitor = await stage.as('clerk')
      stage.desk.world.silent.add('searchCustomers')
      return stage.desk.open(visitor, '/staff/customers?search=sato')
    },
  },
  {
    name: 'error: the claim server does not answer',
    status: 503,
    visit: async (stage) => {
      const visitor = await stage.as('clerk')
      stage.desk.world.silent.add('listShops')
      return stage.desk.open(visitor, '/staff/shops')
    },
  },
]
