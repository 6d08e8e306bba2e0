import { createHash } from 'node:crypto'

/** Every decision of a run that is not left to the machine: the same seed decides the same. */
export interface Random {
  /** From 0 to below 1. */
  next(): number
  below(end: number): number
  between(least: number, most: number): number
  chance(probability: number): boolean
  pick<T>(list: readonly T[]): T
  shuffle<T>(list: readonly T[]): T[]
  /** A generator of its own for one concern, so that another concern's draws don't move it. */
  fork(name: string): Random
}

// Mulberry32: 32 bits of state are plenty for choosing whom to kill.
const generator = (seed: number) => {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const hashOf = (text: string) => createHash('sha256').update(text).digest().readUInt32BE()

export const createRandom = (seed: number | string): Random => {
  const next = generator(hashOf(String(seed)))
  const below = (end: number) => Math.floor(next() * end)
  const pick = <T>(list: readonly T[]): T => {
    if (list.length === 0) throw new Error('nothing to pick from')
    return list[below(list.length)] as T
  }
  return {
    next,
    below,
    pick,
    between: (least, most) => least + below(most - least + 1),
    chance: (probability) => next() < probability,
    shuffle(list) {
      const shuffled = [...list]
      for (let at = shuffled.length - 1; at > 0; at--) {
        const other = below(at + 1)
        ;[shuffled[at], shuffled[other]] = [shuffled[other] as never, shuffled[at] as never]
      }
      return shuffled
    },
    fork: (name) => createRandom(`${seed} ${name}`),
  }
}
