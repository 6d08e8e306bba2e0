import { StartError } from '#shared/service-process.ts'
import { readArguments, usage } from './arguments.ts'
import { runBench } from './run-bench.ts'

try {
  const read = readArguments(process.argv.slice(2))
  if (read) await runBench(read)
  else console.log(usage)
  process.exit(0)
} catch (error) {
  console.error(error instanceof StartError ? error.message : error)
  process.exit(1)
}
