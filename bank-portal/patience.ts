import { setTimeout } from 'node:timers/promises'

/** What is asked for, or undefined when it takes longer: for what a page can do without. */
export const withinMs = async <T>(longestMs: number, asked: Promise<T>): Promise<T | undefined> => {
  const answered = new AbortController()
  const patience = setTimeout(longestMs, undefined, { signal: answered.signal }).catch(
    () => undefined,
  )
  try {
    return await Promise.race([asked, patience])
  } finally {
    answered.abort()
  }
}
