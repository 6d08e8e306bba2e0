import type {
  BankWorld,
  WorldCompany,
  WorldCustomer,
  WorldStaff,
} from '../../mock-core-banking/seed-bank.ts'

/** The customers of the demo bank. Nobody of them exists. */
export const bankCustomers = {
  haruka: {
    customerId: 'C-100417',
    name: 'Haruka Sato',
    nameJa: '佐藤 遥',
    mailAddress: 'haruka.sato@mail.example',
    language: 'en',
    userId: 'haruka',
    password: 'maple-harbour-17',
    accounts: [
      {
        account: '0901-101-1-0014471',
        label: 'Savings',
        labelJa: '普通預金',
        openedOn: '2016-04-01',
        depositMinor: 358_900n,
      },
      {
        account: '0901-202-2-0020926',
        label: 'Current',
        labelJa: '当座預金',
        openedOn: '2019-10-15',
        depositMinor: 132_651n,
      },
      {
        account: '0901-202-4-0033310',
        label: 'Travel',
        labelJa: '旅行用',
        openedOn: '2023-06-30',
        depositMinor: 1_200n,
      },
    ],
  },
  kenji: {
    customerId: 'C-100552',
    name: 'Kenji Tanaka',
    nameJa: '田中 健二',
    mailAddress: 'k.tanaka@mail.example',
    language: 'ja',
    userId: 'kenji.t',
    password: 'river-lantern-52',
    accounts: [
      {
        account: '0901-202-1-0047215',
        label: 'Salary',
        labelJa: '給与受取',
        openedOn: '2012-03-28',
        depositMinor: 214_380n,
      },
      {
        account: '0901-101-1-0051188',
        label: 'Household',
        labelJa: '生活費',
        openedOn: '2020-11-02',
        depositMinor: 67_905n,
      },
    ],
  },
  yuki: {
    customerId: 'C-100698',
    name: 'Yuki Mori',
    nameJa: '森 由紀',
    mailAddress: 'yuki.mori@mail.example',
    language: 'ja',
    userId: 'yukimori',
    password: 'paper-crane-98',
    accounts: [
      {
        account: '0901-101-1-0062034',
        label: 'Everyday',
        labelJa: '普段使い',
        openedOn: '2024-09-09',
        depositMinor: 1_200n,
      },
    ],
  },
  takumi: {
    customerId: 'C-100731',
    name: 'Takumi Ito',
    nameJa: '伊藤 匠',
    mailAddress: 'takumi.ito@mail.example',
    language: 'ja',
    userId: 'takumi_ito',
    password: 'quiet-station-31',
    accounts: [
      {
        account: '0901-202-1-0073352',
        label: 'Savings',
        labelJa: '普通預金',
        openedOn: '2018-01-22',
        depositMinor: 942_117n,
      },
      {
        account: '0901-202-2-0073360',
        label: 'Business',
        labelJa: '事業用',
        openedOn: '2021-05-17',
        depositMinor: 486_000n,
        limitMinor: -300_000n,
      },
    ],
  },
  mei: {
    customerId: 'C-100846',
    name: 'Mei Kobayashi',
    nameJa: '小林 芽依',
    mailAddress: 'mei.kobayashi@mail.example',
    language: 'ja',
    userId: 'mei.k',
    password: 'winter-plum-46',
    accounts: [
      {
        account: '0901-101-1-0084419',
        label: 'Savings',
        labelJa: '普通預金',
        openedOn: '2015-07-07',
        depositMinor: 1_284_300n,
      },
    ],
  },
  daniel: {
    customerId: 'C-100903',
    name: 'Daniel Weber',
    mailAddress: 'daniel.weber@mail.example',
    language: 'en',
    userId: 'dweber',
    password: 'alpine-ferry-03',
    accounts: [
      {
        account: '0901-101-1-0090377',
        label: 'Main',
        labelJa: 'メイン',
        openedOn: '2025-02-14',
        depositMinor: 76_540n,
      },
    ],
  },
} as const satisfies Record<string, WorldCustomer>

/** Shops and billers with accounts at the demo bank, and no online banking there. */
export const bankCompanies = {
  shoes: {
    holder: 'Shop A Shoes',
    accounts: [
      {
        account: '0901-101-2-1100101',
        label: 'Takings',
        labelJa: '売上入金',
        openedOn: '2010-05-06',
        depositMinor: 1_846_220n,
      },
    ],
  },
  hats: {
    holder: 'Shop B Hats',
    accounts: [
      {
        account: '0901-202-2-1100202',
        label: 'Takings',
        labelJa: '売上入金',
        openedOn: '2014-09-01',
        depositMinor: 612_470n,
      },
    ],
  },
  furniture: {
    holder: 'Shop C Furniture',
    accounts: [
      {
        account: '0901-101-2-1100303',
        label: 'Takings, Harbour',
        labelJa: '売上入金（港）',
        openedOn: '2008-02-12',
        depositMinor: 3_407_900n,
      },
      {
        account: '0901-202-2-1100304',
        label: 'Takings, Station',
        labelJa: '売上入金（駅前）',
        openedOn: '2017-11-20',
        depositMinor: 905_310n,
      },
    ],
  },
  books: {
    holder: 'Nagi Books',
    accounts: [
      {
        account: '0901-202-2-1100405',
        label: 'Takings',
        labelJa: '売上入金',
        openedOn: '2019-04-15',
        depositMinor: 288_640n,
      },
    ],
  },
  water: {
    holder: 'Minato Waterworks',
    accounts: [
      {
        account: '0901-101-2-1200101',
        label: 'Water charges',
        labelJa: '水道料金',
        openedOn: '2003-04-01',
        depositMinor: 8_120_000n,
      },
    ],
  },
  telecom: {
    holder: 'Kumo Telecom',
    accounts: [
      {
        account: '0901-202-2-1200202',
        label: 'Telephone charges',
        labelJa: '通信料金',
        openedOn: '2011-10-03',
        depositMinor: 5_433_850n,
      },
    ],
  },
  // Not a shop yet: whoever tries the registration has an account to register.
  coffee: {
    holder: 'Umi Coffee',
    accounts: [
      {
        account: '0901-202-2-1100607',
        label: 'Takings',
        labelJa: '売上入金',
        openedOn: '2026-03-02',
        depositMinor: 51_200n,
      },
    ],
  },
  leather: {
    holder: 'Tama Leather',
    accounts: [
      {
        account: '0901-101-2-1100506',
        label: 'Takings',
        labelJa: '売上入金',
        openedOn: '2022-08-25',
        depositMinor: 143_700n,
      },
    ],
  },
} as const satisfies Record<string, WorldCompany>

/** Who works at the demo bank. */
export const bankStaff = {
  operator: {
    staffId: 'op',
    name: 'Naoko Fujita',
    roles: ['operator'],
    password: 'operator-desk-1',
  },
  clerk: { staffId: 'clerk', name: 'Sota Yamada', roles: ['clerk'], password: 'clerk-desk-1' },
  approver: {
    staffId: 'approver1',
    name: 'Rie Hayashi',
    roles: ['clerk', 'approver'],
    password: 'approver-desk-1',
  },
  secondApprover: {
    staffId: 'approver2',
    name: 'Makoto Inoue',
    roles: ['approver'],
    password: 'approver-desk-2',
  },
} as const satisfies Record<string, WorldStaff>

/** Minato Bank (0901) as the demo and the journeys find it. */
export const bankWorld: BankWorld = {
  branches: [
    { branch: '101', name: 'Harbour', nameJa: '港支店' },
    { branch: '202', name: 'Station', nameJa: '駅前支店' },
  ],
  customers: Object.values(bankCustomers),
  companies: Object.values(bankCompanies),
  staff: Object.values(bankStaff),
}
