import { randomUUIDv7 } from 'node:crypto'
import { accountParts } from '#shared/accounts.ts'
import { signDocument } from '#shared/contracts/documents.ts'
import { digestOf, type PaymentContent } from '#shared/contracts/payment-content.ts'
import { dateIn } from '#shared/dates.ts'
import { type KeyRing, openKeyRing } from '#shared/keys.ts'
import { newOrderNumber } from '#shared/order-number.ts'
import { signAuthorisation } from '../../../mock-core-banking/credentials/sign-authorisation.ts'
import type { WorldCustomer } from '../../../mock-core-banking/seed-bank.ts'
import type { SignedPayment } from '../load/execute.main.ts'
import type { BenchBank } from './start-bank.ts'

const feeMinor = 110n
/** Below the end of the authorisation, so that all can be signed before the first is submitted. */
const secondsToSubmit = 240

const branchOf = (account: string) => accountParts(account).branch

const makeContent = (bank: BenchBank, payer: WorldCustomer, at: number): PaymentContent => {
  const shop = bank.shops[Math.floor(Math.random() * bank.shops.length)]
  const payerAccount = payer.accounts[0]?.account ?? ''
  if (!shop) throw new Error('a bank without shops')
  const isNear = branchOf(shop.account) === branchOf(payerAccount)
  return {
    kind: 'payment',
    paymentId: randomUUIDv7(),
    day: dateIn('Asia/Tokyo', new Date()),
    payerAccount,
    claims: [
      {
        orderNumber: newOrderNumber(),
        payeeAccount: shop.account,
        payeeHolder: shop.holder,
        amountMinor: 1200n + BigInt(at % 10) * 100n,
      },
    ],
    fees: [{ payeeAccount: shop.account, feeMinor: isNear ? 0n : feeMinor }],
    currency: 'JPY',
  }
}

const signInstruction = (keys: KeyRing, payer: string, content: PaymentContent) => {
  const iat = Math.floor(Date.now() / 1000)
  const { fees, ...agreed } = content
  return signDocument(keys, 'instruction', {
    ...agreed,
    iss: 'claim-server',
    aud: 'core-banking',
    iat,
    submitBefore: iat + secondsToSubmit,
    payer,
    groups: fees.map((fee) => ({
      ...fee,
      transferId: randomUUIDv7(),
      reference: content.claims[0]?.orderNumber ?? '',
    })),
    digest: digestOf(content),
  })
}

const signedAtOnce = 16

/** Payments that their customer and the claim server have signed, one list for each caller. */
export const signPayments = async (
  bank: BenchBank,
  { callers, paymentsEach }: { callers: number; paymentsEach: number },
): Promise<SignedPayment[][]> => {
  const core = { keys: openKeyRing(bank.keysOf('core-banking')) }
  const claimServer = openKeyRing(bank.keysOf('claim-server'))
  const { customers } = bank.world
  const signOne = async (at: number): Promise<SignedPayment> => {
    const payer = customers[at % customers.length]
    if (!payer) throw new Error('a bank without customers')
    const { customerId } = payer
    const content = makeContent(bank, payer, at)
    const [authorisation, instruction] = await Promise.all([
      signAuthorisation(core, customerId, [content]),
      signInstruction(claimServer, customerId, content),
    ])
    return { paymentId: content.paymentId, customerId, instruction, authorisation }
  }
  const scripts = Array.from({ length: callers }, (): SignedPayment[] => [])
  const wanted = callers * paymentsEach
  for (let at = 0; at < wanted; at += signedAtOnce) {
    const some = Array.from({ length: Math.min(signedAtOnce, wanted - at) }, (_, more) => at + more)
    for (const [more, signed] of (await Promise.all(some.map(signOne))).entries())
      scripts[(at + more) % callers]?.push(signed)
  }
  return scripts
}
