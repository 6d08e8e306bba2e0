import { and, eq } from 'drizzle-orm'
import type { Transaction } from '#shared/database.ts'
import { dateIn } from '#shared/dates.ts'
import { AppError } from '#shared/errors.ts'
import type { ServiceCaller } from '#shared/service-token.ts'
import type { Received, ReplyOf } from '#shared/contracts/call.ts'
import type { linkBiller as linkBillerCall } from '#shared/contracts/billers.ts'
import type { Bank } from '../banks/find-bank.ts'
import { changeByCall } from '../change-by-call.ts'
import { findChoices } from '../customers/find-choices.ts'
import { storeCustomer } from '../customers/store-customer.ts'
import type { Deps } from '../deps.ts'
import { shops } from '../shops/shops.table.ts'
import { bindWaitingClaims } from './bind-waiting-claims.ts'
import { hashFact, plainKey } from './biller-keys.ts'
import { lockBiller } from './biller-lock.ts'
import { billerFacts, billerLinks } from './billers.table.ts'
import { countLinkTry } from './count-link-try.ts'

type Input = Received<typeof linkBillerCall> & { bank: Bank; caller: ServiceCaller }
type Reply = ReplyOf<typeof linkBillerCall>

const checkBiller = async (tx: Transaction, bank: Bank, shopId: string) => {
  const found = await tx
    .select({ id: shops.id })
    .from(shops)
    .where(
      and(
        eq(shops.id, shopId),
        eq(shops.bank, bank.code),
        eq(shops.kind, 'biller'),
        eq(shops.status, 'live'),
      ),
    )
  if (found.length === 0) throw new AppError('not-found')
}

const isOnABill = async (tx: Transaction, shopId: string, numberKey: string, secondFact: string) =>
  (await tx.$count(
    billerFacts,
    and(
      eq(billerFacts.shopId, shopId),
      eq(billerFacts.numberKey, numberKey),
      eq(billerFacts.factHash, hashFact(shopId, numberKey, secondFact)),
    ),
  )) > 0

/** Makes or renews the link; false when another customer has that number. */
const link = async (
  tx: Transaction,
  { clock }: Pick<Deps, 'clock'>,
  { params: { shopId, customerId }, body, bank }: Input,
  numberKey: string,
): Promise<boolean> => {
  const [holder] = await tx
    .select({ bank: billerLinks.bank, customerId: billerLinks.customerId })
    .from(billerLinks)
    .where(and(eq(billerLinks.shopId, shopId), eq(billerLinks.numberKey, numberKey)))
  if (holder) return holder.bank === bank.code && holder.customerId === customerId
  const { customerName: name, mailAddress, language, customerNumber } = body
  await storeCustomer(tx, { bank: bank.code, customerId, name, mailAddress, language })
  const linked = { customerNumber, numberKey, linkedAt: clock.now() }
  await tx
    .insert(billerLinks)
    .values({ shopId, bank: bank.code, customerId, ...linked })
    .onConflictDoUpdate({
      target: [billerLinks.shopId, billerLinks.bank, billerLinks.customerId],
      set: linked,
    })
  return true
}

/**
 * Links the customer to a biller by their number there and a second fact of any of its bills; what
 * waited for that number becomes theirs. Five wrong tries lock for a day, one answer whichever was
 * wrong; a number belongs to one customer. Another number replaces the one before. Throws `not-found`.
 */
export const linkBiller = async (
  deps: Pick<Deps, 'db' | 'clock' | 'newId'>,
  input: Input,
): Promise<Reply> => {
  const { params, body, bank, caller } = input
  const { shopId, customerId } = params
  return changeByCall(deps, caller, async (tx): Promise<Reply> => {
    await checkBiller(tx, bank, shopId)
    const counted = await countLinkTry(tx, { shopId, bank: bank.code, customerId })
    if (counted.outcome === 'locked') return counted
    const numberKey = plainKey(body.customerNumber)
    if (!(await isOnABill(tx, shopId, numberKey, body.secondFact)))
      return { outcome: 'not-accepted', triesLeft: counted.triesLeft }
    await counted.giveBack()
    await lockBiller(tx, shopId, 'alone')
    if (!(await link(tx, deps, input, numberKey))) return { outcome: 'linked-elsewhere' }
    const choices = await findChoices(tx, { bank: bank.code, customerId })
    const newClaims = await bindWaitingClaims(tx, deps, {
      bank: bank.code,
      customerId,
      shopId,
      numberKey,
      account: choices.defaultAccount,
      today: dateIn(bank.timeZone, deps.clock.now()),
    })
    return { outcome: 'linked', newClaims }
  })
}
