const fill = (part: object, fresh: object): void => {
  if (part instanceof Map && fresh instanceof Map) {
    part.clear()
    for (const [key, value] of fresh) part.set(key, value)
  } else if (Array.isArray(part) && Array.isArray(fresh)) part.splice(0, part.length, ...fresh)
  else Object.assign(part, fresh)
}

const isPart = (value: unknown): value is object =>
  typeof value === 'object' &&
  value !== null &&
  (value instanceof Map ||
    Array.isArray(value) ||
    Object.getPrototypeOf(value) === Object.prototype)

/**
 * Brings maps, lists and plain objects of a state back to what they are in a fresh one. They stay the
 * same objects, so that whoever holds one sees it; clocks and the like are left alone.
 */
export const resetState = <State extends object>(state: State, fresh: State): void => {
  for (const key of Object.keys(state) as (keyof State)[]) {
    const part: unknown = state[key]
    const next: unknown = fresh[key]
    if (key !== 'clock' && isPart(part) && isPart(next)) fill(part, next)
  }
}
