import { surviveLostWrites } from '#shared/lost-write.ts'
import type { Arguments } from './arguments.ts'
import { runLoad } from './load-run.ts'
import { describeRun, readCommit, replayCommand, type RunReport, writeReport } from './report.ts'
import { runMutants } from './mutants/index.ts'
import { runScenario } from './scenarios/index.ts'
import { openRunPlace, type RunPlace } from './run-place.ts'

const say = (line: string) => console.log(line)

const runTask = async (place: RunPlace, { task, seed, size }: Arguments): Promise<RunReport[]> => {
  switch (task.task) {
    case 'load': {
      const onPoints = (points: string[]) => {
        if (task.listPoints) say(points.join('\n'))
      }
      return [await runLoad(place, { seed, task, size, say, onPoints })]
    }
    case 'scenario':
      return [await runScenario(place, task.name, { seed, size, say })]
    case 'mutants':
      return runMutants(place, task.names, { seed, say })
  }
}

/** Ctrl-C, or an error that nobody has caught: everything that was started must end all the same. */
const untilStopped = () =>
  new Promise<never>((_, stop) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.on(signal, () => stop(new Error(`stopped by ${signal}`)))
    surviveLostWrites(stop)
  })

/** Runs what was asked for, tells and writes what it found. True when nothing was violated. */
export const runFaults = async (read: Arguments, args: readonly string[]): Promise<boolean> => {
  const command = replayCommand(args, read.seed)
  const startedAt = new Date().toISOString()
  const commit = readCommit()
  say(`${command}\ncommit ${commit}, seed ${read.seed}`)
  const place = await openRunPlace()
  try {
    const runs = await Promise.race([runTask(place, read), untilStopped()])
    const green = runs.every((run) => run.violations.length === 0)
    const path = writeReport(
      { commit, seed: read.seed, command, startedAt, green, runs },
      read.json,
    )
    for (const run of runs) say(describeRun(run))
    say(`Written to ${path}`)
    if (!green) say(`Violated. To replay: ${command}`)
    return green
  } finally {
    await place.close()
  }
}
