import { accounts } from './cases/accounts.ts'
import { completion, runs } from './cases/claim-payments.ts'
import { entries, presentment, quotes } from './cases/claims.ts'
import { execution, receipts } from './cases/core-payments.ts'
import { authorising, credentials } from './cases/credentials.ts'
import { adverts, billers, choices, summaries, time } from './cases/member-menu.ts'
import { refunds } from './cases/refunds.ts'
import { callers, requests, shopApi } from './cases/requests.ts'
import { staffMembers } from './cases/staff.ts'
import { audit } from './cases/staff-audit.ts'
import { exceptions, mails, openPayments, reports } from './cases/staff-cases.ts'
import { reading, searching } from './cases/staff-claims.ts'
import { reconciliations } from './cases/staff-reconciliations.ts'
import { staffShops } from './cases/staff-shops.ts'
import { fees, holidays, staffAdverts } from './cases/staff-tariff.ts'
import type { ContractCase, ContractGroup } from './side.ts'

/** Every group of cases, in the order in which each side runs them: what one leaves the next one finds. */
const groups: readonly ContractGroup[] = [
  accounts,
  credentials,
  authorising,
  staffMembers,
  execution,
  receipts,
  entries,
  presentment,
  quotes,
  runs,
  completion,
  refunds,
  choices,
  summaries,
  billers,
  adverts,
  callers,
  requests,
  shopApi,
  staffShops,
  searching,
  reading,
  openPayments,
  exceptions,
  reports,
  mails,
  reconciliations,
  fees,
  holidays,
  staffAdverts,
  audit,
  time,
]

export const allCases: readonly (ContractCase & { name: string })[] = groups.flatMap(
  ({ of, cases }) => cases.map((one) => ({ ...one, name: `${of}: ${one.rule}` })),
)
