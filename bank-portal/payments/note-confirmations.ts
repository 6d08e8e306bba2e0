import type { ServiceClient } from '#shared/service-client.ts'
import type { Newness } from '../deps.ts'

const latelyMs = 1000
const mostRemembered = 20_000

/**
 * Notes when the claim server answered, and which payments were confirmed here. One that is confirmed
 * for the first time, within a second of an answer, need not be looked for before it is begun, which is
 * a call less of five: the claim server is there, and a second click finds the id remembered.
 */
export const noteConfirmations = (
  send: ServiceClient,
): { callClaimServer: ServiceClient; noteConfirmation: (paymentId: string) => Newness } => {
  let answeredAtMs = Number.NEGATIVE_INFINITY
  const confirmed = new Set<string>()
  const remember = (paymentId: string) => {
    confirmed.add(paymentId)
    const [oldest] = confirmed
    if (confirmed.size > mostRemembered && oldest !== undefined) confirmed.delete(oldest)
  }
  return {
    callClaimServer: async (call, sent, context) => {
      const reply = await send(call, sent, context)
      answeredAtMs = performance.now()
      return reply
    },
    noteConfirmation: (paymentId) => {
      if (confirmed.has(paymentId)) return 'confirmed before'
      remember(paymentId)
      return performance.now() - answeredAtMs < latelyMs ? 'surely new' : 'perhaps known'
    },
  }
}
