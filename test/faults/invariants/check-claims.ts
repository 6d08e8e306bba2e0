import type { Sql } from 'postgres'
import type { System } from '../system.ts'
import type { Violations } from './violation.ts'

interface Leg {
  orderNumber: string
  paymentId: string
  transferId: string
  amount: bigint
  kind: string
  payee: string
  payer: string
  transferAmount: bigint
}

interface Claim {
  orderNumber: string
  status: string
  paymentId: string | null
  amount: bigint
  shopId: string
  customerId: string | null
}

interface Books {
  legs: Leg[]
  claims: Map<string, Claim>
  /** `payment/order` of every exception. */
  exceptions: Set<string>
  shopOf: Map<string, string>
  /** What each service holds of each payment. */
  atClaims: Map<string, string>
  atCore: Map<string, string>
}

const readCore = async (core: Sql) => {
  const legs = await core<Leg[]>`
    select l.order_number as "orderNumber", l.payment_id::text as "paymentId",
      l.transfer_id::text as "transferId", l.amount_minor as amount, l.kind,
      t.credit_account as payee, p.payer, t.amount_minor as "transferAmount"
    from core_banking.legs l
    join core_banking.transfers t on t.transfer_id = l.transfer_id
    join core_banking.payments p on p.payment_id = l.payment_id`
  const payments = await core<{ id: string; result: string }[]>`
    select payment_id::text as id, result from core_banking.payments`
  return { legs, payments }
}

const readClaims = async (claims: Sql) => ({
  claims: await claims<Claim[]>`
    select o.order_number as "orderNumber", c.status, c.payment_id::text as "paymentId",
      o.amount_minor as amount, c.shop_id::text as "shopId", c.customer_id as "customerId"
    from claim_server.claims c join claim_server.orders o on o.id = c.order_id`,
  exceptions: await claims<{ paymentId: string; orderNumber: string }[]>`
    select payment_id::text as "paymentId", order_number as "orderNumber"
    from claim_server.exceptions`,
  accounts: await claims<{ account: string; shopId: string }[]>`
    select account, shop_id::text as "shopId" from claim_server.shop_accounts`,
  payments: await claims<{ id: string; status: string }[]>`
    select id::text as id, status from claim_server.payments`,
})

const exceptionKey = (paymentId: string, orderNumber: string) => `${paymentId}/${orderNumber}`

/** Both databases, read when nothing moves any more. */
const readBooks = async ({ sql }: Pick<System, 'sql'>): Promise<Books> => {
  const [core, claims] = await Promise.all([readCore(sql.core), readClaims(sql.claims)])
  return {
    legs: core.legs,
    claims: new Map(claims.claims.map((claim) => [claim.orderNumber, claim])),
    exceptions: new Set(
      claims.exceptions.map((one) => exceptionKey(one.paymentId, one.orderNumber)),
    ),
    shopOf: new Map(claims.accounts.map((one) => [one.account, one.shopId])),
    atClaims: new Map(claims.payments.map((one) => [one.id, one.status])),
    atCore: new Map(core.payments.map((one) => [one.id, one.result])),
  }
}

const groupBy = <T>(list: readonly T[], keyOf: (one: T) => string): Map<string, T[]> => {
  const groups = new Map<string, T[]>()
  for (const one of list) {
    const group = groups.get(keyOf(one))
    if (group) group.push(one)
    else groups.set(keyOf(one), [one])
  }
  return groups
}

const checkSettled = (books: Books, paid: ReadonlyMap<string, Leg[]>, violations: Violations) => {
  for (const claim of books.claims.values()) {
    if (claim.status !== 'settled') continue
    const { orderNumber, paymentId } = claim
    const [leg, ...more] = (paid.get(orderNumber) ?? []).filter(
      (one) => one.paymentId === paymentId,
    )
    if (!leg || more.length > 0) {
      violations.add(
        'I2',
        `settled claim ${orderNumber} names ${more.length + (leg ? 1 : 0)} executed transfers`,
      )
      continue
    }
    if (leg.amount !== claim.amount)
      violations.add('I2', `settled claim ${orderNumber} of ${claim.amount} was paid ${leg.amount}`)
    if (books.shopOf.get(leg.payee) !== claim.shopId)
      violations.add(
        'I2',
        `settled claim ${orderNumber} was paid to ${leg.payee}, not to its payee`,
      )
    if (leg.payer !== claim.customerId)
      violations.add('I2', `settled claim ${orderNumber} was paid by another customer`)
  }
}

const checkExecuted = (books: Books, violations: Violations) => {
  for (const leg of books.legs) {
    if (leg.kind === 'refund') continue
    const claim = books.claims.get(leg.orderNumber)
    const isItsOwn =
      claim?.paymentId === leg.paymentId && ['settled', 'paying'].includes(claim.status)
    if (isItsOwn || books.exceptions.has(exceptionKey(leg.paymentId, leg.orderNumber))) continue
    violations.add(
      'I2',
      `payment ${leg.paymentId} was executed for claim ${leg.orderNumber}, which is ${claim?.status ?? 'unknown'}`,
    )
  }
  for (const [transferId, legs] of groupBy(books.legs, (leg) => leg.transferId)) {
    const sum = legs.reduce((total, leg) => total + leg.amount, 0n)
    if (sum !== legs[0]?.transferAmount)
      violations.add(
        'I2',
        `transfer ${transferId} of ${legs[0]?.transferAmount} is for claims of ${sum}`,
      )
  }
}

/** A payment that has been decided was decided the same on both sides. */
const checkDecisions = (books: Books, violations: Violations) => {
  for (const [id, status] of books.atClaims) {
    if (status === 'paying') continue
    const result = books.atCore.get(id)
    if (result !== status)
      violations.add(
        'I2',
        `payment ${id} is ${status} at the claim server, ${result ?? 'unknown'} at the core`,
      )
  }
}

/** I2, I3 and I6 over all rows of both databases. */
export const checkClaims = async (
  system: Pick<System, 'sql'>,
  violations: Violations,
  { plantedExceptions = false }: { plantedExceptions?: boolean } = {},
): Promise<void> => {
  const books = await readBooks(system)
  const paid = groupBy(
    books.legs.filter((leg) => leg.kind !== 'refund'),
    (leg) => leg.orderNumber,
  )
  checkSettled(books, paid, violations)
  checkExecuted(books, violations)
  checkDecisions(books, violations)
  for (const [orderNumber, legs] of paid)
    if (legs.length > 1) violations.add('I3', `claim ${orderNumber} was paid ${legs.length} times`)
  if (!plantedExceptions)
    for (const exception of books.exceptions)
      violations.add('I6', `an exception nobody planted: payment and claim ${exception}`)
}
