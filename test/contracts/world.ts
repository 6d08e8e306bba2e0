import type { MockShop } from '../mocks/index.ts'
import { bankCompanies } from '../demo/bank-world.ts'

const { shoes, hats, furniture, water, coffee } = bankCompanies

/** The payees of the contract cases: the same on both sides. */
export const contractShops = {
  shoes: {
    kind: 'shop',
    name: 'Shop A Shoes',
    nameJa: '靴のショップA',
    phone: '03-5550-0101',
    contactAddress: 'help@shop-a.example',
    website: 'https://shop-a.example/',
    ...shoes,
  },
  hats: { kind: 'shop', name: 'Shop B Hats', nameJa: '帽子のショップB', ...hats },
  furniture: { kind: 'shop', name: 'Shop C Furniture', nameJa: '家具のショップC', ...furniture },
  water: { kind: 'biller', name: 'Minato Waterworks', nameJa: '港水道局', ...water },
} as const

/** Registered, and not approved. */
export const waitingShop = {
  kind: 'shop',
  name: 'Umi Coffee',
  nameJa: '海コーヒー',
  mailAddress: 'coffee@shops.example',
  ...coffee,
} as const

/** How the shoe shop signs in to its console; the others don't. */
export const shoesLogin = { signInId: 'shop-a-shoes', password: 'seven brown laces 24' }

export type ShopName = keyof typeof contractShops
export const shopNames = Object.keys(contractShops) as ShopName[]

export const returnAddress = 'https://shop-a.example/orders'

const always = { advertiser: 'An advertiser', showFrom: '2026-01-01', showUntil: null }

export const contractAdverts = [
  {
    ...always,
    text: { en: 'Shoe care, 980 yen', ja: '靴のお手入れ 980円' },
    url: 'https://shop-a.example/care',
    categories: ['shoes'],
    relatedWords: ['boots'],
  },
  {
    ...always,
    text: { en: 'Umbrellas from 1,200 yen', ja: '傘 1,200円から' },
    url: 'https://umbrellas.example/',
    categories: [],
    relatedWords: ['rain'],
  },
]

const apiKeyOf = (name: ShopName) => `ck_${name.padEnd(12, '0')}_${'k'.repeat(43)}`

const common = (shop: {
  name: string
  nameJa: string
  accounts: readonly { account: string }[]
}) => ({
  name: shop.name,
  nameJa: shop.nameJa,
  accounts: shop.accounts.map((one) => one.account),
})

const shopIdOf = (at: number) => `0199f000-0000-7000-8000-00000000010${at}`

/** Where a shop's notices go. */
export const noticeAddressOf = (name: ShopName): string => `${name}@shops.example`

export const toMockShop = (name: ShopName, at: number): MockShop => {
  const { kind, ...shop } = contractShops[name]
  const shown = shop as { contactAddress?: string; phone?: string; website?: string }
  return {
    ...common(shop),
    shopId: shopIdOf(at),
    kind,
    phone: shown.phone ?? null,
    mailAddress: shown.contactAddress ?? null,
    noticeAddress: noticeAddressOf(name),
    website: shown.website ?? null,
    apiKey: apiKeyOf(name),
    ...(name === 'shoes' ? { returnAddresses: [returnAddress], login: { ...shoesLogin } } : {}),
  }
}

export const waitingMockShop = (): MockShop => ({
  ...common(waitingShop),
  shopId: shopIdOf(shopNames.length),
  kind: waitingShop.kind,
  status: 'waiting',
  phone: null,
  mailAddress: null,
  noticeAddress: waitingShop.mailAddress,
  website: null,
  apiKey: 'none',
})

/** Where the business clock stands when a side is opened: a Tuesday morning in Tokyo. */
export const beginning = new Date('2026-11-24T10:00:00+09:00')

/** Where the cases' own numbers begin: far from those of the claim server. */
export const ownDraws = 1_000_000

/** Bytes for numbers that are drawn: the same ones on both sides, in each case from its own beginning. */
export interface Draws {
  draw(size: number): Uint8Array
  begin(at: number): void
}

const alphabetSize = 32
const drawsOfCase = 1000

export const createDraws = (from = 0): Draws => {
  let drawn = from
  return {
    begin: (at) => {
      drawn = from + at * drawsOfCase
    },
    draw: (size) => {
      drawn += 1
      let seed = Math.imul(drawn, 0x9e3779b1) >>> 0
      return Uint8Array.from({ length: size }, () => {
        seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
        return (seed >>> 16) % alphabetSize
      })
    },
  }
}
