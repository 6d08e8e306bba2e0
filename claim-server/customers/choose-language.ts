import { and, eq } from 'drizzle-orm'
import type { ServiceCaller } from '#shared/service-token.ts'
import type { Language } from '#shared/contracts/fields.ts'
import { customers } from '../banks/banks.table.ts'
import { changeByCall } from '../change-by-call.ts'
import type { Customer } from '../claims/claims.queries.ts'
import type { Deps } from '../deps.ts'
import { customerChoices } from './choices.table.ts'

/** The language of the customer's mails from now on, also for one who has no claim yet. */
export const chooseLanguage = async (
  deps: Pick<Deps, 'db'>,
  { bank, customerId, language, caller }: Customer & { language: Language; caller: ServiceCaller },
): Promise<{ language: Language }> =>
  changeByCall(deps, caller, async (tx) => {
    const updatedAt = new Date()
    await tx
      .insert(customerChoices)
      .values({
        bank,
        customerId,
        accounts: [],
        defaultAccount: null,
        showAdverts: true,
        language,
        updatedAt,
      })
      .onConflictDoUpdate({
        target: [customerChoices.bank, customerChoices.customerId],
        set: { language, updatedAt },
      })
    await tx
      .update(customers)
      .set({ language, updatedAt })
      .where(and(eq(customers.bank, bank), eq(customers.customerId, customerId)))
    return { language }
  })
