import { eq, inArray, or } from 'drizzle-orm'
import { accountParts } from '#shared/accounts.ts'
import type { Transaction } from '#shared/database.ts'
import { dateIn } from '#shared/dates.ts'
import { sumMinor } from '#shared/money.ts'
import { banks } from '../banks/banks.table.ts'
import type { Bank } from '../banks/find-bank.ts'
import type { Deps } from '../deps.ts'
import { shopAccounts } from '../shops/shops.table.ts'
import { numberOfId } from './number-of-id.ts'
import { groups, paymentClaims, payments } from './payments.table.ts'
import type { BelievedReceipt, ExecutedReceipt } from './read-receipt.ts'
import type { WeighedLeg } from './weigh-receipt.ts'

/** Whose shop each payee account of a receipt is; accounts of no shop are left out. */
export const findShopsOfAccounts = async (
  tx: Transaction,
  { legs }: ExecutedReceipt,
): Promise<Map<string, string>> => {
  const rows = await tx
    .select({ account: shopAccounts.account, shopId: shopAccounts.shopId })
    .from(shopAccounts)
    .where(
      inArray(
        shopAccounts.account,
        legs.map((leg) => leg.payeeAccount),
      ),
    )
  return new Map(rows.map((row) => [row.account, row.shopId]))
}

/** The bank of the payer's account, else one whose core signed the receipt. */
const findBank = async (tx: Transaction, { iss, payerAccount }: ExecutedReceipt): Promise<Bank> => {
  const code = accountParts(payerAccount).bank
  const found = await tx
    .select()
    .from(banks)
    .where(or(eq(banks.code, code), eq(banks.coreIssuer, iss)))
  const bank = found.find((one) => one.code === code) ?? found[0]
  if (!bank) throw new Error('a receipt of a bank that is not in the table of banks')
  return bank
}

const groupsOfReceipt = ({ jti, legs, fees }: ExecutedReceipt) =>
  [...new Set(legs.map((leg) => leg.transferId))].map((transferId) => {
    const own = legs.filter((leg) => leg.transferId === transferId)
    return {
      transferId,
      paymentId: jti,
      groupNumber: numberOfId('G', transferId),
      payeeAccount: own[0]?.payeeAccount ?? '',
      payeeHolder: '',
      amountMinor: sumMinor(own.map((leg) => leg.amountMinor)),
      feeMinor: fees.find((fee) => fee.transferId === transferId)?.feeMinor ?? 0n,
    }
  })

/** The payment and its groups as the receipt of an executed payment tells them: nothing was reserved here. */
export const storePaymentFromReceipt = async (
  { newId }: Pick<Deps, 'newId'>,
  tx: Transaction,
  { content, token, kid }: BelievedReceipt & { content: ExecutedReceipt },
): Promise<void> => {
  const bank = await findBank(tx, content)
  const authorisedAt = content.authorisedAt ?? content.decidedAt
  const now = new Date()
  const groupRows = groupsOfReceipt(content)
  await tx.insert(payments).values({
    id: content.jti,
    runId: newId(),
    reference: numberOfId('P', content.jti),
    bank: bank.code,
    customerId: content.payer,
    kind: content.kind,
    status: 'executed',
    account: content.payerAccount,
    day: dateIn(bank.timeZone, authorisedAt),
    currency: content.currency,
    amountMinor: sumMinor(groupRows.map((group) => group.amountMinor)),
    feeMinor: sumMinor(groupRows.map((group) => group.feeMinor)),
    digest: content.digest,
    receipt: token,
    receiptKid: kid,
    authorisedAt,
    submitBefore: now,
    createdAt: now,
    decidedAt: content.decidedAt,
    askAt: now,
    timesAsked: 0,
  })
  await tx.insert(groups).values(groupRows).onConflictDoNothing()
}

/** As above, with the claims that it paid; those that it settles count as its own from now on. */
export const storeFromReceipt = async (
  deps: Pick<Deps, 'newId'>,
  tx: Transaction,
  receipt: BelievedReceipt & { content: ExecutedReceipt },
  weighed: readonly WeighedLeg[],
): Promise<void> => {
  await storePaymentFromReceipt(deps, tx, receipt)
  const known = weighed.flatMap(({ leg, orderId, outcome }) =>
    orderId
      ? [
          {
            paymentId: receipt.content.jti,
            orderId,
            transferId: leg.transferId,
            amountMinor: leg.amountMinor,
            live: outcome === 'settled',
          },
        ]
      : [],
  )
  if (known.length > 0) await tx.insert(paymentClaims).values(known).onConflictDoNothing()
}
