/** What is asked for, or undefined when it takes longer: for what a page can do without. */
export const withinMs = async <T>(longestMs: number, asked: Promise<T>): Promise<T | undefined> => {
  let timer: NodeJS.Timeout | undefined
  const patience = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, longestMs, undefined)
  })
  try {
    return await Promise.race([asked, patience])
  } finally {
    clearTimeout(timer)
  }
}
