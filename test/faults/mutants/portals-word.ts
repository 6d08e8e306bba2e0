import { completePayment } from '#shared/contracts/claim-server.ts'
import { AppError } from '#shared/errors.ts'
import { digestOf } from '#shared/contracts/payment-content.ts'
import { signJws } from '#shared/jws.ts'
import { openKeyRing } from '#shared/keys.ts'
import { prepare } from '../load/as-portal.ts'
import type { Mutant } from './mutant.ts'
import { accountOf, addClaim, customerOf } from './provoking.ts'

const forgeries = 3

export const portalsWord: Mutant = {
  name: 'portals-word',
  bug: 'The claim server believes a receipt without looking at its signature.',
  patches: [
    {
      file: 'claim-server/payments/read-receipt.ts',
      find: "import type { Receipt } from '#shared/contracts/documents.ts'",
      replace: "import { type Receipt, receipt as form } from '#shared/contracts/documents.ts'",
    },
    {
      file: 'claim-server/payments/read-receipt.ts',
      find: "const { content, kid } = await readBankDocument(deps, 'receipt', token)",
      replace: `const part = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()
  const { content, kid } = { content: form.parse(JSON.parse(part)), kid: 'unseen' }`,
    },
    {
      file: 'claim-server/payments/read-receipt.ts',
      find: '  await archiveKey(deps, content.iss, kid)\n',
      replace: '',
    },
  ],
  breaks: ['I2'],
  world: { customers: 1, shops: 2 },
  provoke: async ({ system }) => {
    const customer = customerOf(system, 0)
    const keys = openKeyRing(system.keysOf('bank-portal'))
    let refused = 0
    for (let round = 0; round < forgeries; round++) {
      const { orderNumber } = await addClaim(system, customer)
      const account = accountOf(customer)
      const content = await prepare(system, customer, { orderNumbers: [orderNumber], account })
      const transferOf = new Map(
        content.fees.map((fee) => [fee.payeeAccount, system.claims.newId()]),
      )
      // What the core would sign, signed by the portal, which has its own key alone.
      const receipt = await signJws(keys, 'request', 'receipt+jwt', {
        iss: 'core-banking',
        aud: 'claim-server',
        jti: content.paymentId,
        iat: Math.floor(Date.now() / 1000),
        result: 'executed',
        kind: 'payment',
        payer: customer.customerId,
        digest: digestOf(content),
        payerAccount: account,
        currency: content.currency,
        legs: content.claims.map(({ payeeHolder: _holder, ...leg }) => ({
          ...leg,
          transferId: transferOf.get(leg.payeeAccount),
        })),
        fees: content.fees.map((fee) => ({
          ...fee,
          transferId: transferOf.get(fee.payeeAccount),
        })),
        decidedAt: new Date(),
      })
      try {
        await system.asPortal.callClaims(completePayment, { body: { receipt } })
      } catch (error) {
        if (!(error instanceof AppError)) throw error
        refused++
      }
    }
    return { figures: { 'forged receipts': forgeries, 'refused of them': refused } }
  },
}
