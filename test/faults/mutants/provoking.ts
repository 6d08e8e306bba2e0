import type { System } from '../system.ts'
import { addClaims, type ClaimOfWorld } from '../world.ts'
import { browse, type Confirmation, confirm, createShopper, type Shopper } from '../load/shopper.ts'
import type { WorldCustomer } from '../../../mock-core-banking/seed-bank.ts'

/** The nth customer of the world. */
export const customerOf = ({ world }: Pick<System, 'world'>, index: number): WorldCustomer => {
  const customer = world.customers[index]
  if (!customer) throw new Error(`no customer ${index}`)
  return customer
}

export const accountOf = (customer: WorldCustomer, index = 0): string => {
  const account = customer.accounts[index]
  if (!account) throw new Error(`no account ${index}`)
  return account.account
}

/** A claim of that customer by that shop. */
export const addClaim = async (
  system: Pick<System, 'claims' | 'shops'>,
  customer: WorldCustomer,
  { shop = 0, amountMinor = 2_000n }: { shop?: number; amountMinor?: bigint } = {},
): Promise<ClaimOfWorld> => {
  const payee = system.shops[shop]
  if (!payee) throw new Error(`no shop ${shop}`)
  const [claim] = await addClaims(system.claims, [
    { customerId: customer.customerId, shop: payee, amountMinor, daysToPay: 30 },
  ])
  if (!claim) throw new Error('no claim')
  return claim
}

/** A customer at the portal, with a claim's confirmation page filled in. */
export const openForm = async (
  system: System,
  index = 0,
): Promise<{ shopper: Shopper; claim: ClaimOfWorld; confirmation: Confirmation }> => {
  const customer = customerOf(system, index)
  const shopper = createShopper(customer, index, system.urls['bank-portal'])
  const claim = await addClaim(system, customer)
  await browse(shopper, '/')
  const basket = { orderNumbers: [claim.orderNumber], account: accountOf(customer) }
  const confirmation = await confirm(shopper, basket)
  if (!confirmation) throw new Error('no confirmation page')
  return { shopper, claim, confirmation }
}

/** The shop cancels; true when it was let. */
export const cancel = async (
  { urls }: Pick<System, 'urls'>,
  { orderNumber, shop }: ClaimOfWorld,
): Promise<boolean> => {
  const response = await fetch(`${urls['claim-server']}/v1/orders/${orderNumber}/cancel`, {
    method: 'POST',
    headers: { authorization: `Bearer ${shop.apiKey}` },
  })
  await response.body?.cancel()
  return response.ok
}
