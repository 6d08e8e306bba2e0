import type { Said } from './shopper.ts'

/** One payment id that a customer has confirmed, and what the pages said of it. */
export interface StartedPayment {
  paymentId: string
  customerId: string
  orderNumbers: string[]
  /** How often its form was posted. */
  posts: number
  said: Set<Said>
  /** Posted with something else than the page had shown: it must never be paid so. */
  isBent: boolean
}

/** What the customers did and were told: the pages' word is held against the books at the end. */
export interface Ledger {
  payments: Map<string, StartedPayment>
  posts: number
  /** Answers to posts, by status. */
  answers: Map<string, number>
  /** Acts that ended in a broken connection or in no page at all. */
  failures: number
  start(
    payment: Omit<StartedPayment, 'posts' | 'said' | 'isBent'>,
    isBent?: boolean,
  ): StartedPayment
}

export const createLedger = (): Ledger => {
  const payments: Ledger['payments'] = new Map()
  return {
    payments,
    posts: 0,
    answers: new Map(),
    failures: 0,
    start(payment, isBent = false) {
      const known = payments.get(payment.paymentId)
      if (known) return known
      const started = { ...payment, posts: 0, said: new Set<Said>(), isBent }
      payments.set(payment.paymentId, started)
      return started
    },
  }
}
