import type { Deps } from '../deps.ts'
import { billers } from './billers.table.ts'

export type BillerLabels = Omit<typeof billers.$inferSelect, 'shopId'>

/** What a biller's bills call the payer's number and the second fact. */
export const describeBiller = async (
  { db }: Pick<Deps, 'db'>,
  { shopId, ...labels }: { shopId: string } & BillerLabels,
): Promise<void> => {
  await db
    .insert(billers)
    .values({ shopId, ...labels })
    .onConflictDoUpdate({ target: billers.shopId, set: labels })
}

/** For billers that have not said what they print. */
export const usualLabels: BillerLabels = {
  numberLabel: 'Customer number',
  numberLabelJa: 'お客さま番号',
  secondFactLabel: 'Check number on the bill',
  secondFactLabelJa: '請求書に記載の確認番号',
}
