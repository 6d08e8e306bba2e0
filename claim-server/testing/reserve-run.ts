import { onlyReply } from '#shared/batched-calls.ts'
import { type ReservedRun, reserveRuns, type RunToReserve } from '../payments/reserve-runs.ts'

/** One run alone, its refusal thrown. */
export const reserveRun = async (
  deps: Parameters<typeof reserveRuns>[0],
  run: RunToReserve,
): Promise<ReservedRun> => onlyReply(await reserveRuns(deps, [run]))
