import { createLedger } from '../load/ledger.ts'
import { payElsewhere } from '../load/pay.ts'
import { browse, createShopper } from '../load/shopper.ts'
import type { Mutant } from './mutant.ts'
import { accountOf, addClaim, customerOf } from './provoking.ts'

const payments = 3

export const payeeNotCompared: Mutant = {
  name: 'payee-not-compared',
  bug: 'The claim server does not look whose account the customer agreed to pay to.',
  patches: [
    {
      file: 'claim-server/payments/check-run.ts',
      find: '    payee?.shopId === claim.shopId &&\n    !payee.isStopped &&\n    payee.holder === agreed.payeeHolder\n',
      replace: '    payee?.holder === agreed.payeeHolder\n',
    },
  ],
  breaks: ['I2'],
  world: { customers: payments, shops: 3 },
  provoke: async ({ system }) => {
    const ledger = createLedger()
    for (let index = 0; index < payments; index++) {
      const customer = customerOf(system, index)
      const shopper = createShopper(customer, index, system.urls['bank-portal'])
      const claim = await addClaim(system, customer)
      await browse(shopper, '/')
      const basket = { orderNumbers: [claim.orderNumber], account: accountOf(customer) }
      // A shop at the same branch as its own, so that the fee fits, too.
      const [, , other] = system.shops
      if (other) await payElsewhere(shopper, ledger, basket, other)
    }
    return { ledger }
  },
}
