import { toAccountKey } from '#shared/accounts.ts'
import { addDays, dateIn } from '#shared/dates.ts'
import { newOrderNumber } from '#shared/order-number.ts'
import { customers as customersTable } from '../../claim-server/banks/banks.table.ts'
import { claims } from '../../claim-server/claims/claims.table.ts'
import type { Deps } from '../../claim-server/deps.ts'
import { orders } from '../../claim-server/orders/orders.table.ts'
import type { BankWorld, WorldCompany, WorldCustomer } from '../../mock-core-banking/seed-bank.ts'
import { type OpenShop, openShop } from '../support/shops.ts'

export interface WorldSize {
  customers: number
  shops: number
  /** What each account of a customer begins with. */
  depositMinor?: bigint
  /**
   * Whether each customer's first account is a shop's, too: then payments cross, from A to B and from
   * B to A.
   */
  crossing?: boolean
}

export interface ShopOfWorld extends OpenShop {
  name: string
  account: string
  holder: string
}

export interface World {
  bank: BankWorld
  customers: WorldCustomer[]
  shops: Omit<ShopOfWorld, keyof OpenShop>[]
}

const bankCode = '0901'
const branches = ['101', '202'] as const
const openedOn = '2020-01-06'

const accountOf = (branch: string, type: 'ordinary' | 'current' | 'savings', number: number) =>
  toAccountKey({ bank: bankCode, branch, type, number: String(number).padStart(7, '0') })

const branchOf = (index: number) => branches[index % branches.length] as string

const makeCustomer = (index: number, depositMinor: bigint): WorldCustomer => {
  const account = (type: 'ordinary' | 'current', at: number) => ({
    account: accountOf(branchOf(index + at), type, 1_000_000 + index * 10 + at),
    label: `Account ${at + 1}`,
    labelJa: `口座${at + 1}`,
    openedOn,
    depositMinor,
  })
  return {
    customerId: `F-${100_000 + index}`,
    name: `Customer ${index}`,
    mailAddress: `customer-${index}@mail.example`,
    language: index % 2 ? 'ja' : 'en',
    userId: `customer${index}`,
    password: `password-of-${index}`,
    accounts: [account('ordinary', 0), account('current', 1), account('ordinary', 2)],
  }
}

const makeCompany = (index: number): WorldCompany => ({
  holder: `Shop ${index}`,
  accounts: [
    {
      account: accountOf(branchOf(index), 'current', 9_100_000 + index),
      label: 'Takings',
      labelJa: '売上入金',
      openedOn,
      depositMinor: 0n,
    },
  ],
})

/** A bank's customers and shops, made by number: nobody of them exists. */
export const makeWorld = ({
  customers: customerCount,
  shops: shopCount,
  depositMinor = 100_000_000n,
  crossing = false,
}: WorldSize): World => {
  const people = Array.from({ length: customerCount }, (_, index) =>
    makeCustomer(index, depositMinor),
  )
  const companies = Array.from({ length: crossing ? 0 : shopCount }, (_, index) =>
    makeCompany(index),
  )
  const payees = crossing
    ? people.map(({ name, accounts }) => ({ holder: name, accounts }))
    : companies
  return {
    bank: {
      branches: [
        { branch: branches[0], name: 'Harbour', nameJa: '港支店' },
        { branch: branches[1], name: 'Station', nameJa: '駅前支店' },
      ],
      customers: people,
      companies,
      staff: [],
    },
    customers: people,
    shops: payees.map(({ holder, accounts }) => ({
      name: `${holder} Online`,
      account: accounts[0]?.account ?? '',
      holder,
    })),
  }
}

/** Opens the world's shops as bank and shop do together, and knows its customers at the claim server. */
export const openWorld = async (deps: Deps, world: World): Promise<ShopOfWorld[]> => {
  const opened: ShopOfWorld[] = []
  for (const [index, shop] of world.shops.entries()) {
    const { account, holder, name } = shop
    const mailAddress = `shop-${index}@shops.example`
    opened.push({
      ...shop,
      ...(await openShop(deps, { name, mailAddress, accounts: [{ account, holder }] })),
    })
  }
  await deps.db.insert(customersTable).values(
    world.customers.map(({ customerId, name, mailAddress, language }) => ({
      bank: bankCode,
      customerId,
      name,
      mailAddress,
      language,
      updatedAt: new Date(),
    })),
  )
  return opened
}

export interface NewClaim {
  customerId: string
  shop: ShopOfWorld
  amountMinor: bigint
  /** Days from today, at the bank. */
  daysToPay: number
}

export interface ClaimOfWorld extends NewClaim {
  orderId: string
  orderNumber: string
}

const rowsAtOnce = 1000

/**
 * Claims as if their orders had been sent by the shops and accepted by the customers, inserted as
 * rows: for volume, where sending and accepting each would take longer than the run.
 */
export const addClaims = async (
  { db, clock, newId }: Pick<Deps, 'db' | 'clock' | 'newId'>,
  wanted: readonly NewClaim[],
): Promise<ClaimOfWorld[]> => {
  const now = clock.now()
  const today = dateIn('Asia/Tokyo', now)
  const made = wanted.map((claim) => ({
    ...claim,
    orderId: newId(),
    orderNumber: newOrderNumber(),
  }))
  for (let at = 0; at < made.length; at += rowsAtOnce) {
    const some = made.slice(at, at + rowsAtOnce)
    await db.transaction(async (tx) => {
      await tx.insert(orders).values(
        some.map((claim) => ({
          id: claim.orderId,
          orderNumber: claim.orderNumber,
          shopId: claim.shop.shopId,
          shopOrderRef: claim.orderNumber,
          fingerprint: claim.orderNumber,
          description: `Goods of ${claim.shop.name}`,
          amountMinor: claim.amountMinor,
          currency: 'JPY' as const,
          orderedOn: today,
          timeLimit: addDays(today, claim.daysToPay),
          createdAt: now,
        })),
      )
      await tx.insert(claims).values(
        some.map((claim) => ({
          orderId: claim.orderId,
          shopId: claim.shop.shopId,
          status: 'unsettled' as const,
          revision: 2,
          bank: bankCode,
          customerId: claim.customerId,
          acceptedAt: now,
          seenAt: now,
          timeLimit: addDays(today, claim.daysToPay),
          warnOn: addDays(today, Math.max(0, claim.daysToPay - 3)),
        })),
      )
    })
  }
  return made
}
