import { agree, complete, execute, payAgreed, reserve } from '../load/as-portal.ts'
import type { Mutant } from './mutant.ts'
import { accountOf, addClaim, cancel, customerOf } from './provoking.ts'

export const stateWithoutId: Mutant = {
  name: 'state-without-id',
  bug: 'A refusal releases its claims whenever they are being paid, by whichever payment; nor does it notice that it came before.',
  patches: [
    {
      file: 'claim-server/payments/complete-payment.ts',
      find: "claim.status === 'paying' && claim.paymentId === paymentId",
      replace: "claim.status === 'paying'",
    },
    {
      file: 'claim-server/payments/complete-payment.ts',
      find: 'if (payment?.status === content.result) return statusOf(tx, payment)',
      replace: `if (payment?.status === content.result) {
    if (!isExecuted(content))
      await releaseClaims(tx, {
        claims: pairsOf(heldBy(involved, content.jti), content.jti),
        reason: content.result,
        at: deps.clock.now(),
      })
    return statusOf(tx, payment)
  }`,
    },
    {
      file: 'claim-server/claims/change-claims.ts',
      find: 'where: sql`claim.status = \'paying\' and claim.payment_id = wanted."paymentId"`',
      replace: "where: sql`claim.status = 'paying'`",
    },
  ],
  breaks: ['I6'],
  world: { customers: 1, shops: 2, depositMinor: 10_000n },
  provoke: async ({ system }) => {
    const customer = customerOf(system, 0)
    const pay = async (orderNumber: string, account: string) => {
      const agreed = await agree(system, customer, { orderNumbers: [orderNumber], account })
      const reserved = await reserve(system, agreed)
      if (reserved.outcome !== 'reserved') throw new Error(reserved.reason)
      return { agreed, instruction: reserved.payments[0]?.instruction ?? '' }
    }
    const small = await addClaim(system, customer, { amountMinor: 5_000n })
    await payAgreed(
      system,
      await agree(system, customer, {
        orderNumbers: [small.orderNumber],
        account: accountOf(customer),
      }),
    )
    // Too large for what is left on the first account: refused, and paid from the second.
    const claim = await addClaim(system, customer, { amountMinor: 8_000n })
    const first = await pay(claim.orderNumber, accountOf(customer, 0))
    const refusal = await execute(system, first.agreed, first.instruction)
    const { status } = await complete(system, refusal)
    if (status !== 'refused') throw new Error(`a payment that was too large is ${status}`)
    const second = await pay(claim.orderNumber, accountOf(customer, 1))
    await complete(system, refusal)
    const wasCancelled = await cancel(system, claim)
    await complete(system, await execute(system, second.agreed, second.instruction))
    return { figures: { 'cancelled while being paid': wasCancelled ? 1 : 0 } }
  },
}
