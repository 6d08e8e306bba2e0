import { StartError } from '#shared/service-process.ts'
import { readArguments, usage } from './arguments.ts'
import { runFaults } from './run-faults.ts'

try {
  const args = process.argv.slice(2)
  const read = readArguments(args)
  if (read) process.exit((await runFaults(read, args)) ? 0 : 1)
  console.log(usage)
  process.exit(0)
} catch (error) {
  console.error(error instanceof StartError ? error.message : error)
  process.exit(1)
}
