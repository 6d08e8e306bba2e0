import { z } from 'zod'
import { violatesUnique } from '#shared/database.ts'
import { fieldError } from '#shared/errors.ts'
import { accountKey, language, lineOfText, mailAddress } from '#shared/contracts/fields.ts'
import { coreBanking } from '../core-banking-client.ts'
import type { Deps } from '../deps.ts'
import { shopAccounts, shops } from './shops.table.ts'

/** What a shop or biller says of itself (Fig. 23B). Accounts come first to last in order of preference. */
export const newShop = z.strictObject({
  name: lineOfText(60),
  nameJa: lineOfText(60).optional(),
  kind: z.enum(['shop', 'biller']).default('shop'),
  mailAddress,
  phone: lineOfText(30).optional(),
  /** The address that customers see. */
  contactAddress: mailAddress.optional(),
  website: z
    .url({ protocol: /^https?$/ })
    .max(200)
    .optional(),
  language: language.default('en'),
  defaultDaysToPay: z.int().min(0).max(365).default(14),
  warningDays: z.int().min(0).max(60).default(3),
  accounts: z
    .array(z.strictObject({ account: accountKey, holder: lineOfText(140) }))
    .min(1)
    .max(20),
})
export type NewShop = z.input<typeof newShop>

type NewShopDeps = Pick<Deps, 'db' | 'config' | 'clock' | 'newId' | 'callCore'>

const checkAccounts = async (deps: NewShopDeps, accounts: z.output<typeof newShop>['accounts']) => {
  for (const [at, { account, holder }] of accounts.entries()) {
    const { exists } = await coreBanking(deps).accountExists({ account, holder })
    if (!exists)
      throw fieldError(`#/accounts/${at}`, 'the bank knows no such account of that holder')
  }
}

/**
 * Registers a shop; it waits for the bank's staff (`approveShop`). The core is asked whether each
 * account exists and belongs to that holder (Fig. 3). Returns the shop's id; throws `invalid`.
 */
export const registerShop = async (
  deps: NewShopDeps,
  input: z.output<typeof newShop>,
): Promise<string> => {
  const { accounts, ...shop } = input
  await checkAccounts(deps, accounts)
  const { db, config, clock, newId } = deps
  const id = newId()
  const createdAt = clock.now()
  try {
    await db.transaction(async (tx) => {
      await tx
        .insert(shops)
        .values({ ...shop, id, bank: config.BANK_CODE, status: 'waiting', createdAt })
      await tx
        .insert(shopAccounts)
        .values(accounts.map((one) => ({ ...one, shopId: id, createdAt })))
    })
  } catch (error) {
    if (violatesUnique(error, 'shop_accounts_account'))
      throw fieldError('#/accounts', 'one of these accounts belongs to another payee')
    throw error
  }
  return id
}
