import {
  listExceptions,
  listOpenPayments,
  listReports,
  listUndelivered,
  readClaim,
  resendNotice,
  searchClaims,
} from './staff-claims.ts'
import { decideShop, listShops, resetShopPassword } from './staff-shops.ts'
import { addHoliday, listFees, listHolidays, removeHoliday, replaceFees } from './staff-tariff.ts'
import { addAdvert, endAdvert, listAdverts } from './staff-adverts.ts'
import { listAudit, recordAct } from './staff-audit.ts'
import { listReconciliations } from './staff-reconciliations.ts'

export * from './staff-claims.ts'
export * from './staff-shops.ts'
export * from './staff-tariff.ts'
export * from './staff-adverts.ts'
export * from './staff-audit.ts'
export * from './staff-reconciliations.ts'

/** Every call that the claim server answers to the bank's staff. */
export const staffCalls = [
  searchClaims,
  readClaim,
  listOpenPayments,
  listUndelivered,
  resendNotice,
  listShops,
  decideShop,
  resetShopPassword,
  listExceptions,
  listReports,
  listReconciliations,
  listFees,
  replaceFees,
  listHolidays,
  addHoliday,
  removeHoliday,
  listAdverts,
  addAdvert,
  endAdvert,
  listAudit,
  recordAct,
] as const
