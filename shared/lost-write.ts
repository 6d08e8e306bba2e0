/**
 * postgres.js (3.4.9, its issues 1066, 1154 and 1208) throws from a timer, where nobody can catch it, when
 * a connection is lost between a query and its being written. The query itself is rejected as it should.
 */
const isLostWrite = (error: unknown): boolean =>
  error instanceof TypeError && /\bnextWrite\b/.test(error.stack ?? '')

/** A database that restarts must not end who uses it. Anything else that nobody has caught still does. */
export const surviveLostWrites = (onOther: (error: unknown) => void): void => {
  process.on('uncaughtException', (error) => {
    if (!isLostWrite(error)) onOther(error)
  })
}
