import { archiveKey, type KeyPurpose, readKeyFolder, type StoredKey } from './key-folder.ts'
import { jwksCacheSeconds } from './jws.ts'
import { makeKey } from './keys.ts'
import { StartError } from './start-error.ts'

/** How long a new key is published before it signs: peers have fetched it twice by then. */
export const publishSeconds = 2 * jwksCacheSeconds

/** How long a key stays published after its successor signs: two caches, and what it signed has ended. */
export const keepSeconds: Record<KeyPurpose, number> = {
  request: 2 * jwksCacheSeconds + 60,
  instruction: 2 * jwksCacheSeconds + 60,
  // An authorisation is good for five minutes, and its payment may be submitted until the end.
  authorisation: 2 * jwksCacheSeconds + 360,
  receipt: 2 * jwksCacheSeconds + 60,
}

export type KeyState =
  | { state: 'waiting'; until: Date }
  | { state: 'signing' }
  | { state: 'kept'; until: Date }
  | { state: 'to-retire' }
  | { state: 'denied' }

export interface ListedKey {
  kid: string
  purpose: KeyPurpose
  signFrom: Date
  state: KeyState
}

const after = (date: Date, seconds: number) => new Date(date.getTime() + seconds * 1000)

const stateOf = (
  key: StoredKey,
  keys: readonly StoredKey[],
  denied: ReadonlySet<string>,
  now: Date,
): KeyState => {
  if (denied.has(key.kid)) return { state: 'denied' }
  if (key.signFrom > now) return { state: 'waiting', until: key.signFrom }
  const signing = keys.filter(
    (one) => one.purpose === key.purpose && one.signFrom <= now && !denied.has(one.kid),
  )
  // The latest first: whoever stands before this one took over from it.
  const successor = signing[signing.findIndex((one) => one.kid === key.kid) - 1]
  if (!successor) return { state: 'signing' }
  const until = after(successor.signFrom, keepSeconds[key.purpose])
  return now < until ? { state: 'kept', until } : { state: 'to-retire' }
}

/** The keys of a folder with what each is for now, and the denied ids, of whichever service. */
export const listKeys = (
  dir: string,
  now: Date = new Date(),
): { keys: ListedKey[]; denied: string[] } => {
  const { keys, denied } = readKeyFolder(dir)
  return {
    keys: keys.map((key) => ({
      kid: key.kid,
      purpose: key.purpose,
      signFrom: key.signFrom,
      state: stateOf(key, keys, denied, now),
    })),
    denied: [...denied].sort(),
  }
}

export type Rotation =
  | { outcome: 'made'; purpose: KeyPurpose; kid: string; signFrom: Date }
  | { outcome: 'waiting'; purpose: KeyPurpose; kid: string; signFrom: Date }

/**
 * Makes the next key of each purpose: published at once, signing from `afterSeconds` on. A purpose
 * whose next key waits already is left alone, so that a job that runs twice does no harm.
 */
export const rotateKeys = async (
  dir: string,
  purposes: readonly KeyPurpose[],
  afterSeconds: number = publishSeconds,
): Promise<Rotation[]> => {
  const { keys } = listKeys(dir)
  const rotations: Rotation[] = []
  for (const purpose of purposes) {
    const waiting = keys.find((key) => key.purpose === purpose && key.state.state === 'waiting')
    if (waiting && waiting.signFrom <= after(new Date(), afterSeconds)) {
      rotations.push({ outcome: 'waiting', purpose, kid: waiting.kid, signFrom: waiting.signFrom })
      continue
    }
    const signFrom = after(new Date(), afterSeconds)
    rotations.push({
      outcome: 'made',
      purpose,
      kid: await makeKey(dir, purpose, signFrom),
      signFrom,
    })
  }
  return rotations
}

/**
 * Removes the keys whose time is over, or the one named; peers refuse them within a minute. Their
 * public halves stay under `archive/`, for what they signed. Throws for a key that is still needed.
 */
export const retireKeys = (dir: string, kid?: string, now: Date = new Date()): string[] => {
  const { keys, denied } = readKeyFolder(dir)
  if (kid !== undefined) {
    const named = keys.find((key) => key.kid === kid)
    if (!named) throw new StartError(`there is no key ${kid} in ${dir}`)
    refuseNeeded(named, stateOf(named, keys, denied, now))
    archiveKey(dir, named, now)
    return [kid]
  }
  const over = keys.filter((key) => stateOf(key, keys, denied, now).state === 'to-retire')
  for (const key of over) archiveKey(dir, key, now)
  return over.map((key) => key.kid)
}

const refuseNeeded = ({ kid }: StoredKey, { state, ...more }: KeyState & { until?: Date }) => {
  if (state === 'signing')
    throw new StartError(`${kid} signs now: rotate first, or deny it in an emergency`)
  if (state === 'kept')
    throw new StartError(
      `${kid} is needed until ${more.until?.toISOString()}: peers still believe what it signed`,
    )
  if (state === 'waiting')
    throw new StartError(`${kid} waits for its turn to sign: deny it to give it up`)
}
