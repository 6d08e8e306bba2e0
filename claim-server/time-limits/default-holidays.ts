interface Holiday {
  date: string
  name: string
  nameJa: string
}

const named = {
  newYear: ['New Year’s Day', '元日'],
  comingOfAge: ['Coming of Age Day', '成人の日'],
  foundation: ['National Foundation Day', '建国記念の日'],
  emperor: ['Emperor’s Birthday', '天皇誕生日'],
  vernal: ['Vernal Equinox Day', '春分の日'],
  showa: ['Showa Day', '昭和の日'],
  constitution: ['Constitution Memorial Day', '憲法記念日'],
  greenery: ['Greenery Day', 'みどりの日'],
  children: ['Children’s Day', 'こどもの日'],
  marine: ['Marine Day', '海の日'],
  mountain: ['Mountain Day', '山の日'],
  aged: ['Respect for the Aged Day', '敬老の日'],
  autumnal: ['Autumnal Equinox Day', '秋分の日'],
  sports: ['Sports Day', 'スポーツの日'],
  culture: ['Culture Day', '文化の日'],
  labour: ['Labour Thanksgiving Day', '勤労感謝の日'],
  substitute: ['Substitute Holiday', '振替休日'],
  between: ['Citizens’ Holiday', '国民の休日'],
  bank: ['Bank Holiday', '銀行休業日'],
} as const

type Name = keyof typeof named

// Equinoxes, the Mondays, substitutes and days between, as published; from 1 to 3 January and on 31
// December banks are closed by law besides.
const days: Record<string, readonly (readonly [string, Name])[]> = {
  2026: [
    ['01-12', 'comingOfAge'],
    ['03-20', 'vernal'],
    ['05-06', 'substitute'],
    ['07-20', 'marine'],
    ['09-21', 'aged'],
    ['09-22', 'between'],
    ['09-23', 'autumnal'],
    ['10-12', 'sports'],
  ],
  2027: [
    ['01-11', 'comingOfAge'],
    ['03-21', 'vernal'],
    ['03-22', 'substitute'],
    ['07-19', 'marine'],
    ['09-20', 'aged'],
    ['09-23', 'autumnal'],
    ['10-11', 'sports'],
  ],
  2028: [
    ['01-10', 'comingOfAge'],
    ['03-20', 'vernal'],
    ['07-17', 'marine'],
    ['09-18', 'aged'],
    ['09-22', 'autumnal'],
    ['10-09', 'sports'],
  ],
}

const everyYear: readonly (readonly [string, Name])[] = [
  ['01-01', 'newYear'],
  ['01-02', 'bank'],
  ['01-03', 'bank'],
  ['02-11', 'foundation'],
  ['02-23', 'emperor'],
  ['04-29', 'showa'],
  ['05-03', 'constitution'],
  ['05-04', 'greenery'],
  ['05-05', 'children'],
  ['08-11', 'mountain'],
  ['11-03', 'culture'],
  ['11-23', 'labour'],
  ['12-31', 'bank'],
]

const toHoliday = (year: string, [day, name]: readonly [string, Name]): Holiday => ({
  date: `${year}-${day}`,
  name: named[name][0],
  nameJa: named[name][1],
})

const firstDaysOf2029 = everyYear.slice(0, 3).map((day) => toHoliday('2029', day))

/** Japan's national holidays of 2026 to 2028, and the days around New Year on which banks are closed. */
export const defaultHolidays: readonly Holiday[] = [
  ...Object.entries(days).flatMap(([year, own]) =>
    [...everyYear, ...own].map((day) => toHoliday(year, day)),
  ),
  ...firstDaysOf2029,
].toSorted((a, b) => (a.date < b.date ? -1 : 1))
