import { randomBytes } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'

/** The cost of one hash: memory in KiB, passes over it. One lane always. */
export interface HashCost {
  PASSWORD_MEMORY_KIB: number
  PASSWORD_PASSES: number
}

/** The PHC string of a password, argon2id. */
export const hashPassword = (
  { PASSWORD_MEMORY_KIB, PASSWORD_PASSES }: HashCost,
  password: string,
): Promise<string> =>
  hash(password, { memoryCost: PASSWORD_MEMORY_KIB, timeCost: PASSWORD_PASSES, parallelism: 1 })

const nobodysHashes = new Map<string, Promise<string>>()

/** What the passwords of nobody are checked against, so that it takes as long as with somebody's. */
export const nobodysHash = (cost: HashCost): Promise<string> => {
  const key = `${cost.PASSWORD_MEMORY_KIB}/${cost.PASSWORD_PASSES}`
  let found = nobodysHashes.get(key)
  if (!found) {
    found = hashPassword(cost, randomBytes(16).toString('hex'))
    nobodysHashes.set(key, found)
  }
  return found
}

/**
 * Whether the password fits the stored hash. Without a hash (nobody by that name) it takes the same
 * time and answers no.
 */
export const passwordFits = async (
  cost: HashCost,
  storedHash: string | undefined,
  password: string,
): Promise<boolean> => {
  const fits = await verify(storedHash ?? (await nobodysHash(cost)), password)
  return fits && storedHash !== undefined
}
