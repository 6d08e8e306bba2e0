/** Does the work for every item, so many at a time. Answers in the items' order. */
export const inParallel = async <T, Result>(
  items: readonly T[],
  atOnce: number,
  work: (item: T, index: number) => Promise<Result>,
): Promise<Result[]> => {
  const results: Result[] = []
  let next = 0
  const worker = async () => {
    for (let at = next++; at < items.length; at = next++)
      results[at] = await work(items[at] as T, at)
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker))
  return results
}
