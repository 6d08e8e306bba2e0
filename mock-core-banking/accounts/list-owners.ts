import { asc, eq } from 'drizzle-orm'
import { customers } from '../credentials/credentials.table.ts'
import type { Deps } from '../deps.ts'
import { branches } from './accounts.table.ts'

export interface Owners {
  branches: { branch: string; name: string; nameJa: string }[]
  customers: { customerId: string; name: string; nameJa: string | null }[]
}

/** Who can have an account, and where: customers by name, branches by number. */
export const listOwners = async ({ config, db }: Pick<Deps, 'config' | 'db'>): Promise<Owners> => ({
  branches: await db
    .select({ branch: branches.branch, name: branches.name, nameJa: branches.nameJa })
    .from(branches)
    .where(eq(branches.bank, config.BANK_CODE))
    .orderBy(asc(branches.branch)),
  customers: await db
    .select({ customerId: customers.customerId, name: customers.name, nameJa: customers.nameJa })
    .from(customers)
    .orderBy(asc(customers.name), asc(customers.customerId)),
})
