import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, test } from 'vitest'
import { projectFolder } from './build-services.ts'
import type { Report } from './report.ts'

/** The command in sizes that fit a build; the full sizes are for who has the time. */

const minutes = 60_000

let folder: string
const running = new Set<ChildProcess>()
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'claimbook-report-'))
})
afterAll(() => {
  for (const child of running) child.kill('SIGTERM') // After a time-out: it ends what it has started.
  rmSync(folder, { recursive: true, force: true })
})

const runFaults = async (...args: string[]): Promise<{ report: Report; code: number | null }> => {
  const json = join(folder, `${args.join('')}.json`)
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', 'test/faults/main.ts', ...args, '--json', json],
    { cwd: projectFolder, stdio: ['ignore', 'pipe', 'pipe'] },
  )
  running.add(child)
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (part: Buffer) => {
      said += part
    })
  const code = await new Promise<number | null>((ended) => child.once('exit', ended))
  running.delete(child)
  try {
    return { report: JSON.parse(readFileSync(json, 'utf8')) as Report, code }
  } catch {
    throw new Error(`npm run faults -- ${args.join(' ')} wrote no report:\n${said}`)
  }
}

const outcomeOf = ({ report, code }: Awaited<ReturnType<typeof runFaults>>) => ({
  violations: report.runs.flatMap((run) => run.violations),
  code,
})
const green = { violations: [], code: 0 }

/** Without a death there the run would have shown little. */
const vitalPoints = [
  'reserve-runs-commit',
  'reserveRun-call',
  'execute-payments-commit',
  'executePayment-call',
  'complete-payments-commit',
  'completePayment-call',
  'void-payment-commit',
  'findReceipts-call',
  'authorise-runs-commit',
  'sendMail-call',
].flatMap((point) => [`before-${point}`, `after-${point}`])

test.concurrent(
  'a hundred kills at random, and one at every labelled point, violate nothing',
  async ({ expect }) => {
    const found = await runFaults('--kills', '100', '--each-point', '1', '--seed', '1')
    expect(outcomeOf(found)).toEqual(green)
    const [run] = found.report.runs
    expect(run?.kills.random).toBeGreaterThanOrEqual(100)
    expect(Object.keys(run?.kills.byPoint ?? {})).toEqual(expect.arrayContaining(vitalPoints))
  },
  15 * minutes,
)

describe.concurrent('in a small size', () => {
  test.for([
    ['--double-submit', '--size', '5'],
    ['--short-baskets', '--size', '20'],
    ['--races', '--size', '100'],
    ['--crossing', '--size', '3'],
    ['--portal-death', '--size', '3'],
    ['--restore', '--size', '2'],
    ['--postgres-kills', '2'],
  ])(
    'npm run faults -- %s violates nothing',
    { timeout: 5 * minutes },
    async (args, { expect }) => {
      expect(outcomeOf(await runFaults(...args, '--seed', '1'))).toEqual(green)
    },
  )
})

test.concurrent(
  'two seeded bugs turn a run red that is green without them',
  async ({ expect }) => {
    const mutants = ['notice-outside', 'payee-not-compared']
    const found = await runFaults(...mutants.flatMap((name) => ['--mutant', name]), '--seed', '1')
    expect(outcomeOf(found)).toEqual(green)
    expect(found.report.runs.map((run) => run.figures['with it'])).toEqual([
      expect.stringContaining('I4'),
      expect.stringContaining('I2'),
    ])
  },
  5 * minutes,
)
