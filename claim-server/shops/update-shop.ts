import { eq } from 'drizzle-orm'
import type * as z from 'zod'
import type { Deps } from '../deps.ts'
import { newShop } from './register-shop.ts'
import { shops } from './shops.table.ts'

/** What a shop may change of itself at any time; its name stands as the bank approved it. */
const shopChange = newShop
  .pick({
    mailAddress: true,
    phone: true,
    contactAddress: true,
    website: true,
    language: true,
    defaultDaysToPay: true,
    warningDays: true,
  })
  .required({ language: true, defaultDaysToPay: true, warningDays: true })

/** Changes how a shop is reached and what its orders get by default; orders that exist keep theirs. */
export const updateShop = async (
  { db }: Pick<Deps, 'db'>,
  { shopId, change }: { shopId: string; change: z.output<typeof shopChange> },
): Promise<void> => {
  const { phone, contactAddress, website, ...rest } = change
  await db
    .update(shops)
    .set({
      ...rest,
      phone: phone ?? null,
      contactAddress: contactAddress ?? null,
      website: website ?? null,
    })
    .where(eq(shops.id, shopId))
}
