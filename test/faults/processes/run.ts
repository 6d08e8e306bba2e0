import { openPoints, type Points, type Told } from '../points/points.ts'

/** Runs a service as a process of the runner: with points, told to be ready, gone with the runner. */
export const runWatched = async (start: (points: Points) => Promise<unknown>): Promise<void> => {
  process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'))
  try {
    // Written beside each bundle by the build.
    await start(openPoints(`${process.argv[1]}.sources.json`))
    process.send?.({ ready: true } satisfies Told)
  } catch (error) {
    console.error(error)
    process.exit(1)
  }
}
