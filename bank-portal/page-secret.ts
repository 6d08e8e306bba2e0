import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The secret beside the keys that seals forms; made when missing, shared by replicas of that folder. */
export const pageSecretIn = (keysDir: string): string => {
  const file = join(keysDir, 'page-secret')
  if (!existsSync(file)) {
    try {
      writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o400, flag: 'wx' })
    } catch (error) {
      // A replica that starts at the same moment was faster.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
  return readFileSync(file, 'utf8')
}
