import { addReturnAddress } from '../../claim-server/shops/add-return-address.ts'
import { approveShop } from '../../claim-server/shops/approve-shop.ts'
import { makeApiKey } from '../../claim-server/shops/make-api-key.ts'
import { type NewShop, newShop, registerShop } from '../../claim-server/shops/register-shop.ts'
import type { Deps } from '../../claim-server/deps.ts'
import { bankCompanies } from '../demo/bank-world.ts'

export interface OpenShop {
  shopId: string
  apiKey: string
}

/** Registers a shop, approves it and makes its API key: what shop and bank do together. */
export const openShop = async (
  deps: Deps,
  shop: NewShop & { returnAddress?: string },
): Promise<OpenShop> => {
  const { returnAddress, ...input } = shop
  const shopId = await registerShop(deps, newShop.parse(input))
  await approveShop(deps, shopId)
  if (returnAddress) await addReturnAddress(deps, { shopId, address: returnAddress })
  const { apiKey } = await makeApiKey(deps, { shopId, label: 'web shop' })
  return { shopId, apiKey }
}

const accountsOf = (company: keyof typeof bankCompanies) =>
  bankCompanies[company].accounts.map(({ account }) => ({
    account,
    holder: bankCompanies[company].holder,
  }))

/** The three shops of the journeys: A sells shoes, B hats, C furniture (Fig. 20). */
export const shopsOfTheSeed = {
  shoes: {
    name: 'Shop A Shoes',
    nameJa: 'A靴店',
    mailAddress: 'orders@shop-a.example',
    phone: '03-5550-0101',
    contactAddress: 'help@shop-a.example',
    language: 'en',
    accounts: accountsOf('shoes'),
  },
  hats: {
    name: 'Shop B Hats',
    nameJa: 'B帽子店',
    mailAddress: 'orders@shop-b.example',
    phone: '078-555-0202',
    language: 'ja',
    accounts: accountsOf('hats'),
  },
  furniture: {
    name: 'Shop C Furniture',
    nameJa: 'C家具店',
    mailAddress: 'orders@shop-c.example',
    phone: '0577-55-0303',
    language: 'en',
    accounts: accountsOf('furniture'),
  },
} as const satisfies Record<string, NewShop>
