/**
 * Looks up by key; the keys asked for in one turn of the event loop go together, as one query. Many
 * visitors at once cost one round trip then, and one alone waits for nobody.
 */
export const gatherLookups = <Key, Found>(
  findAll: (keys: Key[]) => Promise<ReadonlyMap<Key, Found>>,
): ((key: Key) => Promise<Found | undefined>) => {
  let gathering: { keys: Set<Key>; found: Promise<ReadonlyMap<Key, Found>> } | undefined
  const begin = () => {
    const keys = new Set<Key>()
    const found = new Promise((resolve) => setImmediate(resolve)).then(() => {
      gathering = undefined
      return findAll([...keys])
    })
    return { keys, found }
  }
  return async (key) => {
    gathering ??= begin()
    gathering.keys.add(key)
    return (await gathering.found).get(key)
  }
}
