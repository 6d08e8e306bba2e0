import type { ServiceClient } from '#shared/service-client.ts'

const latelyMs = 1000

/** The same client, and whether its peer has answered anything within the last second. */
export const noteAnswers = (
  send: ServiceClient,
): { send: ServiceClient; hasAnsweredLately: () => boolean } => {
  let answeredAtMs = Number.NEGATIVE_INFINITY
  return {
    send: async (call, sent, context) => {
      const reply = await send(call, sent, context)
      answeredAtMs = performance.now()
      return reply
    },
    hasAnsweredLately: () => performance.now() - answeredAtMs < latelyMs,
  }
}
