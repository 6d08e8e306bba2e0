import { join } from 'node:path'
import { writeBundles } from '#shared/build/write-bundles.ts'
import { startProgram, type StartedProgram } from '../bank/services.ts'

/** Starts the bare page as ours is started: one process, from one file. */
export const startBarePage = async (
  folder: string,
  { port, databaseUrl }: { port: number; databaseUrl: string },
): Promise<StartedProgram> => {
  const built = await writeBundles({ 'bare-page': 'test/bench/peers/bare-page.main.tsx' })
  return startProgram({
    name: 'bare-page',
    program: built['bare-page'],
    port,
    environment: { DATABASE_URL: databaseUrl, PORT: String(port) },
    logFolder: join(folder, 'logs'),
  })
}
