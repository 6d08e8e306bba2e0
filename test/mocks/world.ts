import type { MockAdvert, MockShop } from './claim-server-state.ts'
import type { MockAccount, MockCustomer } from './core-state.ts'

const branches = {
  '101': { branchName: 'Harbour', branchNameJa: '港支店' },
  '202': { branchName: 'Station', branchNameJa: '駅前支店' },
}

const anAccount = (
  account: string,
  holder: string,
  balanceMinor: bigint,
  more: Partial<MockAccount> = {},
): MockAccount => ({
  account,
  ...branches[account.slice(5, 8) as keyof typeof branches],
  label: 'Account',
  labelJa: '口座',
  holder,
  currency: 'JPY',
  balanceMinor,
  limitMinor: 0n,
  closed: false,
  ...more,
})

/** Customers of the mocked bank, with their sign-in. Nobody of them exists. */
export const mockCustomers: MockCustomer[] = [
  {
    customerId: 'C-100417',
    name: 'Haruka Sato',
    nameJa: '佐藤 遥',
    mailAddress: 'haruka.sato@mail.example',
    language: 'en',
    userId: 'haruka',
    password: 'maple-harbour-17',
  },
  {
    customerId: 'C-100552',
    name: 'Kenji Tanaka',
    nameJa: '田中 健二',
    mailAddress: 'k.tanaka@mail.example',
    language: 'ja',
    userId: 'kenji.t',
    password: 'river-lantern-52',
  },
  {
    customerId: 'C-100698',
    name: 'Yuki Mori',
    nameJa: '森 由紀',
    mailAddress: 'yuki.mori@mail.example',
    language: 'ja',
    userId: 'yukimori',
    password: 'paper-crane-98',
  },
]

export const mockFeeAccount = '0901-101-1-9990001'

export const mockAccounts: MockAccount[] = [
  anAccount('0901-101-1-0014471', 'Haruka Sato', 358_900n, {
    customerId: 'C-100417',
    label: 'Savings',
    labelJa: '普通預金',
  }),
  anAccount('0901-202-2-0020926', 'Haruka Sato', 132_651n, {
    customerId: 'C-100417',
    label: 'Current',
    labelJa: '当座預金',
  }),
  anAccount('0901-202-4-0033310', 'Haruka Sato', 1_200n, {
    customerId: 'C-100417',
    label: 'Travel',
    labelJa: '旅行用',
  }),
  anAccount('0901-202-1-0047215', 'Kenji Tanaka', 214_380n, {
    customerId: 'C-100552',
    label: 'Salary',
    labelJa: '給与受取',
  }),
  anAccount('0901-101-1-0051188', 'Kenji Tanaka', 67_905n, {
    customerId: 'C-100552',
    label: 'Household',
    labelJa: '生活費',
  }),
  anAccount('0901-101-1-0062034', 'Yuki Mori', 1_200n, {
    customerId: 'C-100698',
    label: 'Everyday',
    labelJa: '普段使い',
  }),
  anAccount('0901-101-2-1100101', 'Shop A Shoes', 1_846_220n),
  anAccount('0901-202-2-1100202', 'Shop B Hats', 612_470n),
  anAccount('0901-101-2-1100303', 'Shop C Furniture', 3_407_900n),
  anAccount('0901-202-2-1100304', 'Shop C Furniture', 905_310n),
  anAccount('0901-101-2-1200101', 'Minato Waterworks', 8_120_000n),
  anAccount(mockFeeAccount, 'Minato Bank, fees', 0n),
]

const aShop = (
  shopId: string,
  name: string,
  nameJa: string | null,
  accounts: string[],
  more: Partial<MockShop> = {},
): MockShop => ({
  shopId,
  name,
  nameJa,
  kind: 'shop',
  phone: '03-5555-0101',
  mailAddress: `orders@${name.toLowerCase().replaceAll(/[^a-z]+/g, '-')}.example`,
  website: 'https://shop.example/',
  accounts,
  ...more,
})

export const mockShops: MockShop[] = [
  aShop('0199f000-0000-7000-8000-00000000000a', 'Shop A Shoes', '靴のショップA', [
    '0901-101-2-1100101',
  ]),
  aShop('0199f000-0000-7000-8000-00000000000b', 'Shop B Hats', '帽子のショップB', [
    '0901-202-2-1100202',
  ]),
  aShop('0199f000-0000-7000-8000-00000000000c', 'Shop C Furniture', '家具のショップC', [
    '0901-101-2-1100303',
    '0901-202-2-1100304',
  ]),
  aShop(
    '0199f000-0000-7000-8000-00000000000d',
    'Minato Waterworks',
    '港水道局',
    ['0901-101-2-1200101'],
    { kind: 'biller', mailAddress: null },
  ),
]

export const mockAdverts: MockAdvert[] = [
  {
    category: { en: 'shoes', ja: '靴' },
    words: [{ en: 'shoes', ja: '靴' }],
    text: { en: 'Shoe care set, 980 yen at Shop A Shoes', ja: '靴のお手入れセット 980円' },
    url: 'https://shop.example/care',
    shown: 0,
  },
]
