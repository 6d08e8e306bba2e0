import { checkAll } from './invariants/check-all.ts'
import { type Patience, settleDown } from './invariants/settle-down.ts'
import { collectViolations, type Violations } from './invariants/violation.ts'
import { watchSums } from './invariants/watch-sums.ts'
import type { Ledger } from './load/ledger.ts'
import { countKills, countTotals, measureDoubt } from './measure.ts'
import { keepLogs, type RunReport } from './report.ts'
import type { RunPlace } from './run-place.ts'
import { startSystem, type System, type SystemOptions } from './system.ts'

/** What a run works with. */
export interface Run {
  system: System
  violations: Violations
  say: (line: string) => void
}

export interface RunResult {
  figures?: RunReport['figures']
  ledger?: Ledger
  notReached?: string[]
  /** The scenario meant some exceptions to be opened. */
  plantedExceptions?: boolean
  /** The databases were put back: mails were accepted of which the outbox knows nothing. */
  restored?: boolean
  /** Figures that must be reached, looked at when all has come to rest. */
  check?: (report: Omit<RunReport, 'violations'>) => Promise<void> | void
}

export interface RunOptions {
  name: string
  patience?: Patience
  say: (line: string) => void
}

/**
 * One run: a system is started, `work` drives and breaks it, then all faults end, everything comes to
 * rest, and all invariants are checked over all rows.
 */
export const runOnSystem = async (
  place: RunPlace,
  options: SystemOptions,
  { name, say, patience }: RunOptions,
  work: (run: Run) => Promise<RunResult>,
): Promise<RunReport> => {
  const began = Date.now()
  const system = await startSystem(place, options)
  const violations = collectViolations()
  const sums = await watchSums(system.sql.core, violations)
  try {
    const result = await work({ system, violations, say })
    system.wire.length = 0
    say(`${name}: faults are over, waiting until nothing is open`)
    const settled = await settleDown(system, violations, patience)
    await sums.stop()
    await checkAll(system, violations, result)
    const report = {
      run: name,
      seconds: (Date.now() - began) / 1000,
      figures: {
        ...result.figures,
        ...(await countTotals(system)),
        'reads of the sum': sums.reads(),
        'nothing open after (s)': settled.paymentsMs / 1000,
        'no mail waiting after (s)': settled.mailsMs / 1000,
        'ends that were no kill': system.fleet.ownEnds.length,
      },
      doubt: await measureDoubt(system),
      kills: countKills(system.fleet),
      notReached: result.notReached ?? [],
    }
    await result.check?.(report)
    const found = violations.all()
    return { ...report, ...(found.length > 0 ? { logs: keepLogs(system) } : {}), violations: found }
  } finally {
    await sums.stop()
    await system.close()
  }
}
