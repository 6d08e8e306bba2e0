import { repeat } from '#shared/service-process.ts'
import { deliverNotices } from './deliver-notices.ts'

const turnMs = 500

/** Delivers mails until stopped; safe on any number of replicas. */
export const startNoticeWorkers = (
  deps: Parameters<typeof deliverNotices>[0],
): { stop(): Promise<void> } => {
  let stopping = false
  const turn = async () => {
    while (!stopping && (await deliverNotices(deps)) > 0);
  }
  const worker = repeat('deliver notices', turnMs, turn, deps.log)
  return {
    stop() {
      stopping = true
      return worker.stop()
    },
  }
}
