import { bankCustomers, bankStaff } from './bank-world.ts'
import type { DemoLogin } from './settings.ts'

/** How the demo shops sign in to their consoles. */
export const consoleLogins = {
  shoes: { signInId: 'shop-a', password: 'seven-brown-laces-24' },
  hats: { signInId: 'shop-b', password: 'one-navy-felt-hat-57' },
  furniture: { signInId: 'shop-c', password: 'three-oak-tables-80' },
  books: { signInId: 'nagi-books', password: 'two-shelves-by-sea-9' },
  leather: { signInId: 'tama-leather', password: 'belts-and-card-cases-6' },
  water: { signInId: 'minato-water', password: 'meters-under-streets-4' },
  telecom: { signInId: 'kumo-telecom', password: 'lines-in-the-clouds-8' },
} as const satisfies Record<string, { signInId: string; password: string }>

const customerLogin = (who: string, person: keyof typeof bankCustomers): DemoLogin => ({
  who,
  at: 'bank-portal',
  fields: { 'user id': bankCustomers[person].userId, password: bankCustomers[person].password },
})

const staffLogin = (who: string, member: 'clerk' | 'approver' | 'secondApprover'): DemoLogin => ({
  who,
  at: 'bank-portal',
  fields: {
    'staff id at /staff': bankStaff[member].staffId,
    password: bankStaff[member].password,
  },
})

/** Who can sign in where, as `npm start` prints it. */
export const demoLogins: readonly DemoLogin[] = [
  customerLogin('Haruka Sato, three accounts', 'haruka'),
  customerLogin('Kenji Tanaka, two accounts', 'kenji'),
  customerLogin('Yuki Mori, short balance', 'yuki'),
  customerLogin('Mei Kobayashi, nothing to pay', 'mei'),
  {
    who: 'Shop A Shoes, its console under /shop',
    at: 'claim-server',
    fields: {
      'sign-in id': consoleLogins.shoes.signInId,
      password: consoleLogins.shoes.password,
    },
  },
  staffLogin('Bank staff, clerk', 'clerk'),
  staffLogin('Bank staff, approver', 'approver'),
  staffLogin('Bank staff, second approver', 'secondApprover'),
  {
    who: 'Bank operator',
    at: 'mock-core-banking',
    fields: { 'staff id': bankStaff.operator.staffId, password: bankStaff.operator.password },
  },
]
