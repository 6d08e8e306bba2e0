import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { projectFolder } from '#shared/build/bundle.ts'
import type { RunPlace } from '../../faults/run-place.ts'
import { portVariables } from '../../demo/settings.ts'
import { freePort } from '../../support/postgres-server.ts'
import { serviceNames, startBank } from '../bank/start-bank.ts'
import { median } from '../figures/median.ts'
import { rssMbOf } from '../figures/process-use.ts'
import type { Figure } from '../figures/report.ts'
import { own } from '../own-children.ts'
import type { Row, RowOptions } from './row.ts'

const idleSeconds = 5
const mostStartSeconds = 1
const mostIdleMb = 110
const mostSecondsNew = 8
const mostSecondsExisting = 4

const startServices = async (
  place: RunPlace,
  { pairs, settings, profileFolder }: RowOptions,
): Promise<Figure[]> => {
  await using undo = new AsyncDisposableStack()
  const world = { customers: 2, shops: 1 }
  const bank = await startBank(place, { world, settings, profileFolder })
  undo.defer(bank.close)
  const figures: Figure[] = []
  for (const name of serviceNames) {
    const tookSeconds: number[] = []
    const idleMb: number[] = []
    for (let at = 0; at < pairs; at++) {
      const { firstAnswerMs, pid } = await bank.restart(name)
      tookSeconds.push(firstAnswerMs / 1000)
      await sleep(idleSeconds * 1000)
      idleMb.push(rssMbOf(pid))
    }
    figures.push(
      {
        name: `${name}, to the first answer`,
        unit: 's',
        ours: median(tookSeconds),
        reach: { most: mostStartSeconds },
      },
      {
        name: `${name}, memory when idle`,
        unit: 'MB',
        ours: median(idleMb),
        reach: { most: mostIdleMb },
      },
    )
  }
  return figures
}

const longestStartMs = 120_000

/** Seconds from the command to the printed table; the demo is stopped again. */
const startDemo = async (environment: Record<string, string>): Promise<number> => {
  const startedAt = performance.now()
  const child = spawn('npm', ['start'], {
    cwd: projectFolder,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    // Its own group: the signal must reach the demo behind npm.
    detached: true,
  })
  const interrupt = () => {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGINT')
  }
  own(child, interrupt)
  const ended = new Promise<void>((end) => child.once('exit', () => end()))
  let said = ''
  try {
    return await new Promise<number>((printed, fail) => {
      const hear = (part: Buffer) => {
        said += part.toString()
        if (said.includes('Claimbook is running.')) printed((performance.now() - startedAt) / 1000)
      }
      child.stdout.on('data', hear)
      child.stderr.on('data', hear)
      setTimeout(
        () => fail(new Error(`npm start printed no table:\n${said}`)),
        longestStartMs,
      ).unref()
      void ended.then(() => fail(new Error(`npm start ended:\n${said}`)))
    })
  } finally {
    interrupt()
    await ended
  }
}

const demoEnvironment = async (folder: string): Promise<Record<string, string>> => {
  const ports = await Promise.all(
    Object.values(portVariables).map(async (name) => [name, String(await freePort())] as const),
  )
  return { DATA_DIR: folder, ...Object.fromEntries(ports) }
}

const startDemos = async ({ pairs }: RowOptions): Promise<Figure[]> => {
  const onNew: number[] = []
  const onExisting: number[] = []
  for (let at = 0; at < pairs; at++) {
    const folder = mkdtempSync(join(tmpdir(), 'claimbook-bench-demo-'))
    try {
      const environment = await demoEnvironment(folder)
      onNew.push(await startDemo(environment))
      onExisting.push(await startDemo(environment))
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }
  const toTable = { unit: 's' }
  return [
    {
      ...toTable,
      name: 'npm start on an existing database, to the printed table',
      ours: median(onExisting),
      reach: { most: mostSecondsExisting },
    },
    {
      ...toTable,
      name: 'npm start on a new database, to the printed table',
      ours: median(onNew),
      reach: { most: mostSecondsNew },
    },
  ]
}

export const startRow: Row = {
  what: 'each service from its built program to its first answer, its memory when idle, and the demo',
  run: async (place, options) => [
    ...(await startServices(place, options)),
    ...(await startDemos(options)),
  ],
}
