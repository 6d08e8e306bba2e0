import { type BillerLabels, describeBiller } from '../../claim-server/billers/describe-biller.ts'
import type { Deps } from '../../claim-server/deps.ts'
import type { NewShop } from '../../claim-server/shops/register-shop.ts'
import { setShopLogin } from '../../claim-server/shops/set-shop-login.ts'
import { openShop, shopsOfTheSeed } from '../support/shops.ts'
import { bankCompanies } from './bank-world.ts'
import { consoleLogins } from './world-logins.ts'
import type { DemoSettings } from './settings.ts'
import { writeWholeFile } from './write-whole-file.ts'

const accountsOf = (company: keyof typeof bankCompanies) =>
  bankCompanies[company].accounts.map(({ account }) => ({
    account,
    holder: bankCompanies[company].holder,
  }))

/** Every payee of the demo world; the first three have a page at the demo shop. */
const payees = {
  ...shopsOfTheSeed,
  books: {
    name: 'Nagi Books',
    nameJa: 'なぎ書房',
    mailAddress: 'orders@nagi-books.example',
    phone: '046-555-0177',
    contactAddress: 'hello@nagi-books.example',
    language: 'ja',
    accounts: accountsOf('books'),
  },
  leather: {
    name: 'Tama Leather',
    nameJa: '多摩レザー',
    mailAddress: 'shop@tama-leather.example',
    phone: '042-555-0119',
    language: 'ja',
    accounts: accountsOf('leather'),
  },
  water: {
    name: 'Minato Waterworks',
    nameJa: '港水道局',
    kind: 'biller',
    mailAddress: 'billing@minato-water.example',
    phone: '0120-555-024',
    language: 'ja',
    defaultDaysToPay: 21,
    accounts: accountsOf('water'),
  },
  telecom: {
    name: 'Kumo Telecom',
    nameJa: '雲テレコム',
    kind: 'biller',
    mailAddress: 'billing@kumo-telecom.example',
    phone: '0120-555-113',
    language: 'ja',
    defaultDaysToPay: 30,
    accounts: accountsOf('telecom'),
  },
} as const satisfies Record<string, NewShop>

export type PayeeName = keyof typeof payees
export type ApiKeys = Record<PayeeName, string>

const demoShopSlugs = { shoes: 'shop-a', hats: 'shop-b', furniture: 'shop-c' } as const

/** What the bills of the demo's billers call the customer's number and the second fact. */
const labelsOf: Partial<Record<string, BillerLabels>> = {
  water: {
    numberLabel: 'Supply number',
    numberLabelJa: '水栓番号',
    secondFactLabel: 'Postcode of the supply',
    secondFactLabelJa: 'ご使用場所の郵便番号',
  },
  telecom: {
    numberLabel: 'Contract number',
    numberLabelJa: 'ご契約番号',
    secondFactLabel: 'Day of birth (MMDD)',
    secondFactLabelJa: 'ご契約者の生年月日（月日4桁）',
  },
} satisfies Partial<Record<PayeeName, BillerLabels>>

const writeShopsFile = ({ shopsFile }: DemoSettings, apiKeys: ApiKeys) => {
  const shops = Object.entries(demoShopSlugs).map(([payee, slug]) => ({
    slug,
    apiKey: apiKeys[payee as PayeeName],
  }))
  writeWholeFile(shopsFile, JSON.stringify({ shops }), 0o600)
}

/** Opens every payee's shop and tells the demo shop's server its keys. */
export const openShops = async (demo: DemoSettings, deps: Deps): Promise<ApiKeys> => {
  const opened = await Promise.all(
    Object.entries(payees).map(async ([name, shop]) => {
      const returnAddress = demo.urls['demo-shop']
      const { shopId, apiKey } = await openShop(deps, { ...shop, returnAddress })
      const labels = labelsOf[name]
      if (labels) await describeBiller(deps, { shopId, ...labels })
      await setShopLogin(deps, { shopId, ...consoleLogins[name as PayeeName] })
      return [name, apiKey] as const
    }),
  )
  const apiKeys = Object.fromEntries(opened) as ApiKeys
  writeShopsFile(demo, apiKeys)
  return apiKeys
}
