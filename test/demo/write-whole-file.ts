import { randomBytes } from 'node:crypto'
import { renameSync, writeFileSync } from 'node:fs'

/** Writes a file so that a reader sees the old content or the new one, never a half of it. */
export const writeWholeFile = (path: string, content: string | Uint8Array, mode = 0o644): void => {
  const beside = `${path}.${randomBytes(4).toString('hex')}.tmp`
  writeFileSync(beside, content, { mode })
  renameSync(beside, path)
}
