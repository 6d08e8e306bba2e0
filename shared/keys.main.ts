import { runKeysCommand } from './key-commands.ts'
import { StartError } from './start-error.ts'

/** `npm run keys -- make|list|rotate|retire|deny`: the keys of one service. */
try {
  for (const line of await runKeysCommand(process.argv.slice(2), process.env.KEYS_DIR))
    console.log(line)
} catch (error) {
  const { code } = error as NodeJS.ErrnoException
  if (!(error instanceof StartError) && code === undefined) throw error
  console.error((error as Error).message)
  process.exitCode = 1
}
