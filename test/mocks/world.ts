import { bankCompanies, bankCustomers, bankStaff } from '../demo/bank-world.ts'
import type { MockShop } from './claim-server-state.ts'
import type { MockAdvert } from './mock-adverts.ts'
import type { MockAccount, MockCustomer, MockStaffMember } from './core-state.ts'

export const mockBank = '0901'
export const mockFeeAccount = '0901-101-1-9990001'

const branches = {
  '101': { branchName: 'Harbour', branchNameJa: '港支店' },
  '202': { branchName: 'Station', branchNameJa: '駅前支店' },
}

interface WorldAccount {
  account: string
  label: string
  labelJa: string
  depositMinor: bigint
  limitMinor?: bigint
}

const toAccount = (
  { account, label, labelJa, depositMinor, limitMinor = 0n }: WorldAccount,
  owner: { holder: string; customerId?: string },
): MockAccount => ({
  account,
  ...branches[account.slice(5, 8) as keyof typeof branches],
  label,
  labelJa,
  ...owner,
  currency: 'JPY',
  balanceMinor: depositMinor,
  limitMinor,
  closed: false,
})

const people = Object.values(bankCustomers)

/** Customers of the mocked bank, with their sign-in: those of the demo. Nobody of them exists. */
export const mockCustomers: readonly MockCustomer[] = people.map(
  ({ accounts: _accounts, ...customer }) => customer,
)

/** Who works at the mocked bank: a clerk, two approvers, an operator. */
export const mockStaff: readonly MockStaffMember[] = Object.values(bankStaff)

/** Accounts of customers, of shops and billers, and the bank's own for fees. */
export const mockAccounts: readonly MockAccount[] = [
  ...people.flatMap(({ accounts, name: holder, customerId }) =>
    accounts.map((one) => toAccount(one, { holder, customerId })),
  ),
  ...Object.values(bankCompanies).flatMap(({ accounts, holder }) =>
    accounts.map((one) => toAccount(one, { holder })),
  ),
  toAccount(
    { account: mockFeeAccount, label: 'Fee income', labelJa: '手数料収入', depositMinor: 0n },
    { holder: 'Minato Bank' },
  ),
]

const apiKeyOf = (letter: string) => `ck_mock0000000${letter}_${letter.repeat(43)}`

const aShop = (
  letter: string,
  name: string,
  nameJa: string,
  accounts: readonly { account: string }[],
  more: Partial<MockShop> = {},
): MockShop => ({
  shopId: `0199f000-0000-7000-8000-00000000000${letter}`,
  name,
  nameJa,
  kind: 'shop',
  phone: '03-5555-0101',
  mailAddress: `orders@${name.toLowerCase().replaceAll(/[^a-z]+/g, '-')}.example`,
  website: 'https://shop.example/',
  accounts: accounts.map((one) => one.account),
  apiKey: apiKeyOf(letter),
  returnAddresses: ['https://shop.example/'],
  ...more,
})

const { shoes, hats, furniture, water } = bankCompanies

/** Three shops and a biller, each with an API key. */
export const mockShops: readonly MockShop[] = [
  aShop('a', 'Shop A Shoes', '靴のショップA', shoes.accounts),
  aShop('b', 'Shop B Hats', '帽子のショップB', hats.accounts),
  aShop('c', 'Shop C Furniture', '家具のショップC', furniture.accounts),
  aShop('d', 'Minato Waterworks', '港水道局', water.accounts, {
    kind: 'biller',
    mailAddress: null,
  }),
]

export const mockAdverts: readonly MockAdvert[] = [
  {
    categories: ['shoes'],
    relatedWords: ['shoes'],
    text: { en: 'Shoe care set, 980 yen at Shop A Shoes', ja: '靴のお手入れセット 980円' },
    url: 'https://shop.example/care',
    shown: 0,
  },
]
