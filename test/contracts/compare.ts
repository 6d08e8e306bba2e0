import { isDeepStrictEqual } from 'node:util'

/** What one side answered, by case; a case that failed has no answers. */
export type Ran = Map<string, unknown[]>

/** What the two answered otherwise, in words: nothing where they are alike. */
export const differences = (one: Ran, other: Ran): string[] => {
  const names = [...new Set([...one.keys(), ...other.keys()])]
  const told = one.size === other.size ? [] : [`${one.size} cases against ${other.size}`]
  return names.reduce((all, name) => {
    const [own, others] = [one.get(name), other.get(name)]
    if (!own || !others) return [...all, `${name}: ran on one side alone`]
    if (isDeepStrictEqual(own, others)) return all
    const at = own.findIndex((answer, place) => !isDeepStrictEqual(answer, others[place]))
    const first = at < 0 ? own.length : at
    return [
      ...all,
      `${name}: answer ${first + 1} is ${JSON.stringify(own[first])} against ${JSON.stringify(others[first])}`,
    ]
  }, told)
}
