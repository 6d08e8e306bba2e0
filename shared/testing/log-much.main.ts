import { createLog } from '../log.ts'

/** Logs, turn by turn, then says on standard error that it is still there. */
const log = createLog('much')
for (let line = 0; line < 1000; line++) {
  log.info({ line }, 'a line')
  if (line % 10 === 0) await new Promise(setImmediate)
}
process.stderr.write('still there')
process.exit(0)
