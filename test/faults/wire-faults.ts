import { setTimeout as sleep } from 'node:timers/promises'
import { completePayment } from '#shared/contracts/claim-server.ts'
import { isExecute, receiptsIn } from './executes.ts'
import type { Violations } from './invariants/violation.ts'
import type { WireFault } from './proxy.ts'
import type { Random } from './random.ts'
import type { System } from './system.ts'

/** The core has answered, and nobody hears it. */
export const dropAnswers = (random: Random, share: number): WireFault => ({
  onAnswer: ({ to, call }) => {
    if (to === 'core-banking' && call && random.chance(share)) return 'drop'
  },
})

/** Some executes never arrive: their payments can only be voided. */
export const loseExecutes = (random: Random, share: number): WireFault => ({
  onRequest: (passing) => {
    if (isExecute(passing) && random.chance(share)) return 'lose'
  },
})

export interface ReplayedTokens {
  fault: WireFault
  replays(): number
  /** Waits for the last replays. */
  done(): Promise<void>
}

const accepts = (status: number) => status >= 200 && status < 300

/**
 * Somebody on the wire sends changing requests of the services again, unchanged, to any replica: of
 * all presentations of one token at most one may be accepted.
 */
export const replayTokens = (
  { proxies }: Pick<System, 'proxies'>,
  random: Random,
  violations: Violations,
  share: number,
): ReplayedTokens => {
  const running = new Set<Promise<void>>()
  let replays = 0
  const fault: WireFault = {
    onAnswer(passing, answer) {
      if (!passing.changes || !random.chance(share)) return
      const { call, to } = passing
      const delays = [0, random.below(200), random.below(1500)]
      const replay = async () => {
        const statuses = await Promise.all(
          delays.map(async (ms) => {
            await sleep(ms)
            return (await proxies[to].forward(passing)).status
          }),
        )
        replays += statuses.length
        const accepted = [answer.status, ...statuses].filter(accepts).length
        if (accepted > 1)
          violations.add('token', `a token of ${call} was accepted ${accepted} times`)
      }
      const one = replay().finally(() => running.delete(one))
      running.add(one)
    },
  }
  return {
    fault,
    replays: () => replays,
    done: async () => {
      await Promise.all(running)
    },
  }
}

export interface RepeatedReceipts {
  fault: WireFault
  delivered(): number
  /** Delivers what is left, and waits for it. */
  done(): Promise<void>
}

const timesEach = 5
const receiptsAtOnce = 20

/** Receipts that the core has signed, each delivered five times more and out of order. */
export const repeatReceipts = (
  { asPortal }: Pick<System, 'asPortal'>,
  random: Random,
): RepeatedReceipts => {
  let waiting: string[] = []
  let delivered = 0
  let running: Promise<void> = Promise.resolve()

  const deliver = async (receipts: readonly string[]) => {
    const copies = receipts.flatMap((receipt) => Array.from({ length: timesEach }, () => receipt))
    const queue = random.shuffle(copies)
    const deliverNext = async () => {
      for (let receipt = queue.pop(); receipt; receipt = queue.pop()) {
        try {
          await asPortal.callClaims(completePayment, { body: { receipt } })
          delivered++
        } catch {
          await sleep(20) // Nobody there just now. The four others may find somebody.
        }
      }
    }
    await Promise.all(Array.from({ length: 4 }, deliverNext))
  }
  const flush = () => {
    const receipts = waiting
    waiting = []
    running = running.then(() => deliver(receipts))
  }
  return {
    fault: {
      onAnswer(passing, answer) {
        if (!isExecute(passing)) return
        waiting.push(...receiptsIn(passing, answer))
        if (waiting.length >= receiptsAtOnce) flush()
      },
    },
    delivered: () => delivered,
    done: async () => {
      flush()
      await running
    },
  }
}
