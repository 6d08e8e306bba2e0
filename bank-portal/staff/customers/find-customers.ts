import { type FoundCustomer, searchCustomers } from '#shared/contracts/core-staff.ts'
import type { Calls } from '../../deps.ts'
import { askCore, recordAct } from '../staff-client.ts'
import type { StaffMember } from '../staff-deps.ts'

/** Customers as the core knows them; that they were looked up is recorded first. */
export const findCustomers = async (
  deps: Calls,
  member: StaffMember,
  search: string,
): Promise<FoundCustomer[]> => {
  await recordAct(deps, member, { act: 'search-customers', subject: 'customers', detail: search })
  const { customers } = await askCore(deps, member)(searchCustomers, { query: { search } })
  return customers
}
