import type { DeclineReason } from '#shared/contracts/customer-choices.ts'
import type { bankCustomers } from './bank-world.ts'
import { type PrintedOnBill, supplies } from './world-bills.ts'
import type { PayeeName } from './world-shops.ts'

export type Person = keyof typeof bankCustomers

/** One order of the demo's past, told by days from today. */
export interface Story {
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
  /** A bill in a batch: it reaches who has linked that number, which `by` does. */
  bill?: PrintedOnBill
  /** The limit asked for is the first Sunday from `limitIn` on, so that it moves to the next business day. */
  onSunday?: true
  declined?: { reason: DeclineReason; text?: string }
}

/** The demo's past, oldest day first. */
export const past: { daysAgo: number; stories: Story[] }[] = [
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
        bill: supplies.haruka,
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
      // A second claim of the same payee: together they are one transfer with one fee.
      {
        payee: 'books',
        description: 'A picture book',
        category: 'books',
        yen: 1_320,
        limitIn: 14,
        by: 'haruka',
      },
      {
        payee: 'water',
        description: '水道料金 10・11月分 検針40-118',
        category: 'water',
        yen: 5_000,
        limitIn: 6,
        by: 'haruka',
        bill: supplies.haruka,
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
        bill: supplies.kenji,
      },
      {
        payee: 'water',
        description: '水道料金 10・11月分 検針23-551',
        category: 'water',
        yen: 3_870,
        limitIn: 12,
        bill: supplies.mei,
      },
      {
        payee: 'leather',
        description: 'Shoe cream and a brush',
        category: 'accessories',
        yen: 1_650,
        limitIn: 9,
        onSunday: true,
        by: 'haruka',
      },
      {
        payee: 'hats',
        description: 'Rain hat, green',
        category: 'hats',
        yen: 3_600,
        by: 'haruka',
        declined: { reason: 'not-delivered', text: 'Ordered three weeks ago' },
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
      // Of Yuki's claims the one that the balance is enough for.
      {
        payee: 'shoes',
        description: '靴ひも 2組',
        category: 'shoes',
        yen: 480,
        limitIn: 9,
        by: 'yuki',
      },
      {
        payee: 'leather',
        description: 'Shoulder bag, black',
        category: 'accessories',
        yen: 18_000,
        by: 'daniel',
        declined: { reason: 'not-mine', text: 'I was never in this shop' },
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
