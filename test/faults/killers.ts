import { setTimeout as sleep } from 'node:timers/promises'
import type { ProcessKind } from './build-services.ts'
import type { DieOptions, Fleet } from './fleet.ts'
import type { Random } from './random.ts'
import type { System } from './system.ts'

const exponential = (random: Random, meanMs: number) => -Math.log(1 - random.next()) * meanMs

const meanPauseMs = 150
const mostStarting = 1

/** Kills random processes, now and then two at once; of those killed before all but one are up again. */
export const killAtRandom = async (
  { fleet }: Pick<System, 'fleet'>,
  random: Random,
  kills: number,
): Promise<void> => {
  for (let done = 0; done < kills; ) {
    await fleet.untilAlmostReady(mostStarting)
    await sleep(exponential(random, meanPauseMs))
    const together = random.chance(0.1) ? 2 : 1
    const alive = fleet.members.filter(({ name }) => fleet.isReady(name))
    const victims = random.shuffle(alive).slice(0, Math.min(together, kills - done))
    const killed = await Promise.all(victims.map(({ name }) => fleet.kill(name)))
    done += killed.filter(Boolean).length
  }
}

const soonMs = 6000
const atBirthMs = 10_000
const lateMs = 45_000

/** Passed so early that a new process passes it, too. */
const earlyMs = 2500

/** One death at a point: in the first steps of a new process, where it is passed there; else as it comes. */
const dieOnce = async (
  fleet: Fleet,
  name: string,
  point: string,
  nth: number,
): Promise<boolean> => {
  const died = async (options: DieOptions) =>
    (await fleet.dieAt(name, point, options))?.point === point
  const isEarly = (fleet.points.get(point)?.soonestMs ?? Infinity) < earlyMs
  const first = isEarly
    ? await died({ atBirth: true, withinMs: atBirthMs })
    : await died({ nth, withinMs: soonMs })
  return first || (await died({ withinMs: lateMs }))
}

const mostMisses = 3

const membersOf = (fleet: Fleet, kinds: ReadonlySet<ProcessKind>) =>
  fleet.members.filter((member) => kinds.has(member.kind))

/** Kills at one point, whichever replica. Returns how many were not reached. */
export const killAtPoint = async (
  { fleet }: Pick<System, 'fleet'>,
  random: Random,
  point: string,
  kills: number,
): Promise<number> => {
  const known = Date.now() + lateMs
  while (!fleet.points.has(point) && Date.now() < known) await sleep(100)
  const members = membersOf(fleet, fleet.points.get(point)?.kinds ?? new Set())
  if (members.length === 0) return kills
  let missed = 0
  for (let done = 0; done < kills; done++)
    if (!(await dieOnce(fleet, random.pick(members).name, point, random.between(1, 3)))) missed++
  return missed
}

/**
 * Kills at every point that is reached, so many times each; every process works through the points of
 * its kind. Returns the points that were not reached again in time.
 */
export const killAtEachPoint = async (
  { fleet }: Pick<System, 'fleet'>,
  random: Random,
  killsEach: number,
): Promise<string[]> => {
  const left = new Map<string, number>()
  const missed = new Map<string, number>()
  const working = new Set<string>()

  const nextFor = (kind: ProcessKind): string | undefined => {
    for (const [point, { kinds }] of fleet.points)
      if (kinds.has(kind) && !left.has(point)) left.set(point, killsEach)
    const points = [...left].filter(
      ([point, kills]) =>
        kills > 0 &&
        fleet.points.get(point)?.kinds.has(kind) &&
        (missed.get(point) ?? 0) < mostMisses,
    )
    return points.length > 0 ? random.pick(points)[0] : undefined
  }

  const lane = async (name: string, kind: ProcessKind) => {
    for (;;) {
      const point = nextFor(kind)
      if (!point) {
        working.delete(name)
        // Another's death may yet make a point be reached for the first time.
        if (working.size === 0) return
        await sleep(200)
        continue
      }
      working.add(name)
      left.set(point, (left.get(point) ?? 1) - 1)
      if (await dieOnce(fleet, name, point, 1)) continue
      left.set(point, (left.get(point) ?? 0) + 1)
      missed.set(point, (missed.get(point) ?? 0) + 1)
    }
  }
  await Promise.all(fleet.members.map(({ name, kind }) => lane(name, kind)))
  return [...left].flatMap(([point, kills]) => (kills > 0 ? [point] : [])).sort()
}

const takeAway = async ({ fleet }: Pick<System, 'fleet'>, kind: ProcessKind, seconds: number) => {
  const own = fleet.members.filter((member) => member.kind === kind)
  for (const { name } of own) fleet.keepDown(name)
  await Promise.all(own.map(({ name }) => fleet.kill(name)))
  await sleep(seconds * 1000)
  await Promise.all(own.map(({ name }) => fleet.bringUp(name)))
}

/** The whole service is away for a while, all replicas. */
export const serviceDown = takeAway

export const smtpDown = async ({ mails }: Pick<System, 'mails'>, seconds: number) => {
  mails.down()
  await sleep(seconds * 1000)
  mails.up()
}

export const killPostgres = async (
  { cluster }: Pick<System, 'cluster'>,
  random: Random,
  kills: number,
): Promise<void> => {
  for (let done = 0; done < kills; done++) {
    await sleep(random.between(1000, 3000))
    await cluster.crash()
  }
}
