import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ProcessKind } from './build-services.ts'
import type { Arm, Told } from './points/points.ts'

/** One process to run: a service, or a replica of it. */
export interface Member {
  name: string
  kind: ProcessKind
  port: number
  main: string
  environment: Record<string, string>
  preload?: string
}

export interface Death {
  member: string
  kind: ProcessKind
  /** The point where it died; undefined when it was killed from outside. */
  point: string | undefined
}

export interface DieOptions {
  nth?: number
  atBirth?: boolean
  withinMs?: number
}

interface Place extends Member {
  child: ChildProcess | undefined
  ready: boolean
  /** Whether it is started again when it has died. */
  wanted: boolean
  armed: string | undefined
  /** What the next process is born with. */
  bornWith: Arm | undefined
  whenReady: (() => void)[]
  died: ((death: Death) => void) | undefined
}

export interface SeenPoint {
  kinds: Set<ProcessKind>
  soonestMs: number
}

/** The processes of a run: a killed one is started again at once. */
export interface Fleet {
  members: readonly Member[]
  isReady(name: string): boolean
  /** kill -9; resolves when it is gone, with false when there was none. */
  kill(name: string): Promise<boolean>
  /**
   * Waits for the member's death at that point; undefined when it was not reached in time. `atBirth`
   * kills it first, so that the new process dies at a point of its first steps.
   */
  dieAt(name: string, point: string, options?: DieOptions): Promise<Death | undefined>
  /** Keeps a dead member dead. */
  keepDown(name: string): void
  bringUp(name: string): Promise<void>
  untilReady(name?: string): Promise<void>
  /** Waits until no more than so many are on their way up. */
  untilAlmostReady(starting: number): Promise<void>
  /** Which kinds of process have passed each point so far, and how soon after their start. */
  points: Map<string, SeenPoint>
  deaths: Death[]
  /** Hears of every death, for connections that must be dropped. */
  onDeath(hear: (name: string) => void): void
  /** Ends that were no kill of the runner's, with the exit code: at a start without its database, say. */
  ownEnds: { member: string; code: number | null }[]
  stop(): Promise<void>
}

const restartMs = 200
const longestStartMs = 60_000

export const createFleet = (
  members: readonly Member[],
  { logFolder, cacheFolder }: { logFolder: string; cacheFolder: string },
): Fleet => {
  const points: Fleet['points'] = new Map()
  const deaths: Death[] = []
  const ownEnds: Fleet['ownEnds'] = []
  const hearers: ((name: string) => void)[] = []
  /** Killed from outside; whether it counts. */
  const killed = new WeakMap<ChildProcess, boolean>()
  let stopping = false
  const places = new Map<string, Place>(
    members.map((member) => [
      member.name,
      {
        ...member,
        child: undefined,
        ready: false,
        wanted: true,
        armed: undefined,
        bornWith: undefined,
        whenReady: [],
        died: undefined,
      },
    ]),
  )
  const placeOf = (name: string): Place => {
    const place = places.get(name)
    if (!place) throw new Error(`no process ${name}`)
    return place
  }

  const hear = (place: Place, told: Told) => {
    if ('ready' in told) {
      place.ready = true
      for (const done of place.whenReady.splice(0)) done()
    } else {
      const seen = points.get(told.reached) ?? { kinds: new Set(), soonestMs: told.ageMs }
      seen.kinds.add(place.kind)
      seen.soonestMs = Math.min(seen.soonestMs, told.ageMs)
      points.set(told.reached, seen)
    }
  }

  const bury = (place: Place, child: ChildProcess) => {
    place.child = undefined
    place.ready = false
    for (const one of hearers) one(place.name)
    if (stopping) return
    const isOwnEnd = child.signalCode !== 'SIGKILL'
    if (isOwnEnd) ownEnds.push({ member: place.name, code: child.exitCode })
    else {
      const point = killed.has(child) ? undefined : place.armed
      const death = { member: place.name, kind: place.kind, point }
      if (killed.get(child) !== false) deaths.push(death)
      place.armed = undefined
      place.died?.(death)
    }
    if (!place.wanted) return
    if (isOwnEnd) setTimeout(() => place.wanted && !place.child && launch(place), restartMs)
    else launch(place)
  }

  const launch = (place: Place) => {
    if (stopping) return
    const log = openSync(join(logFolder, `${place.name}.log`), 'a')
    const preload = place.preload ? ['--import', place.preload] : []
    const { bornWith } = place
    place.bornWith = undefined
    if (bornWith) place.armed = bornWith.arm?.point
    const born = bornWith ? { FAULTS_BORN_WITH: JSON.stringify(bornWith) } : {}
    const child = spawn(process.execPath, [...preload, place.main], {
      env: {
        PATH: process.env.PATH,
        NODE_COMPILE_CACHE: cacheFolder,
        ...born,
        ...place.environment,
      },
      stdio: ['ignore', log, log, 'ipc'],
      // Ctrl-C reaches the runner alone, which then ends the processes before their database.
      detached: true,
    })
    closeSync(log)
    place.child = child
    child.on('message', (told: Told) => hear(place, told))
    child.on('error', () => {})
    child.once('exit', () => bury(place, child))
  }

  const kill = (place: Place, isCounted = true): Promise<boolean> =>
    new Promise((done) => {
      const { child } = place
      if (!child) return done(false)
      killed.set(child, isCounted)
      child.once('exit', () => done(true))
      child.kill('SIGKILL')
    })

  const untilReady = async (place: Place) => {
    if (place.ready) return
    const late = new AbortController()
    await Promise.race([
      new Promise<void>((done) => place.whenReady.push(done)),
      sleep(longestStartMs, undefined, { signal: late.signal }).then(() => {
        throw new Error(`${place.name} did not start: see ${join(logFolder, `${place.name}.log`)}`)
      }),
    ]).finally(() => late.abort())
  }

  const arm = (place: Place, message: Arm) => {
    place.armed = message.arm?.point
    place.child?.send(message, () => {})
  }

  for (const place of places.values()) launch(place)
  return {
    members,
    points,
    deaths,
    ownEnds,
    isReady: (name) => placeOf(name).ready,
    kill: (name) => kill(placeOf(name)),
    async dieAt(name, point, { nth = 1, atBirth = false, withinMs = 20_000 } = {}) {
      const place = placeOf(name)
      await untilReady(place)
      const message: Arm = { arm: { point, nth } }
      if (atBirth) {
        place.bornWith = message
        await kill(place, false)
      } else arm(place, message)
      const late = new AbortController()
      const death = new Promise<Death>((died) => {
        place.died = died
      })
      try {
        return await Promise.race([death, sleep(withinMs, undefined, { signal: late.signal })])
      } finally {
        late.abort()
        place.died = undefined
        if (place.armed) arm(place, { arm: null })
      }
    },
    keepDown: (name) => {
      placeOf(name).wanted = false
    },
    bringUp: (name) => {
      const place = placeOf(name)
      place.wanted = true
      if (!place.child) launch(place)
      return untilReady(place)
    },
    untilReady: async (name) => {
      const waited = name ? [placeOf(name)] : [...places.values()].filter((one) => one.wanted)
      await Promise.all(waited.map(untilReady))
    },
    untilAlmostReady: async (most) => {
      const late = Date.now() + longestStartMs
      const starting = () => [...places.values()].filter((one) => one.wanted && !one.ready)
      while (starting().length > most) {
        const [slow] = starting()
        if (slow && Date.now() > late) await untilReady(slow)
        await sleep(20)
      }
    },
    onDeath: (one) => {
      hearers.push(one)
    },
    stop: async () => {
      stopping = true
      await Promise.all([...places.values()].map((place) => kill(place)))
    },
  }
}
