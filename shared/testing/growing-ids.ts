import { randomUUIDv7 } from 'node:crypto'

/** Makes ids that grow within a millisecond too, for tests that read back in the order of making. */
export const growingIds = (): (() => string) => {
  let last = ''
  return () => {
    let id = randomUUIDv7()
    while (id <= last) id = randomUUIDv7()
    last = id
    return id
  }
}
