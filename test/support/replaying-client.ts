import type { KeyRing } from '#shared/keys.ts'
import { createServiceClient, type ServiceClient } from '#shared/service-client.ts'
import type { Service } from '#shared/service-token.ts'

/** One call that was presented twice, by the same token and body. */
export interface Replay {
  call: string
  changes: boolean
  status: number
  replayedStatus: number
}

/**
 * A client that sends every request twice, as an eavesdropper would, and passes the first answer on.
 * `replays` tells what became of the second.
 */
export const createReplayingClient = (options: {
  issuer: Service
  baseUrl: string
  keys: KeyRing
}): { client: ServiceClient; replays: Replay[] } => {
  const replays: Replay[] = []
  const client: ServiceClient = (call, sent, context) => {
    const sendTwice: typeof fetch = async (url, init) => {
      const first = await fetch(url, init)
      const second = await fetch(url, init)
      await second.arrayBuffer()
      replays.push({
        call: call.name,
        changes: call.changes,
        status: first.status,
        replayedStatus: second.status,
      })
      return first
    }
    const once = createServiceClient({ ...options, instance: 'replaying', fetch: sendTwice })
    return once(call, sent, context)
  }
  return { client, replays }
}

/**
 * The replays that took effect: of calls that change something and were not refused, those whose
 * second presentation got another answer than 401.
 */
export const acceptedReplays = (replays: readonly Replay[]): Replay[] =>
  replays.filter((one) => one.changes && one.status === 200 && one.replayedStatus !== 401)
