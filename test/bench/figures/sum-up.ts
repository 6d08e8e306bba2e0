import { median } from './median.ts'
import { type Figure, type Measured, type Pair, rateOf } from './report.ts'

/** Milliseconds of CPU that each unit took, by process: the median of the pairs. */
const cpuMsEachOf = (measured: readonly Measured[]): Record<string, number> => {
  const names = new Set(measured.flatMap(({ cpuSeconds }) => Object.keys(cpuSeconds ?? {})))
  return Object.fromEntries(
    [...names].map((name) => [
      name,
      median(measured.map((one) => ((one.cpuSeconds?.[name] ?? 0) * 1000) / one.count)),
    ]),
  )
}

const medianOf = (measured: readonly Measured[], of: 'p50Ms' | 'p99Ms') => {
  const values = measured.flatMap((one) => one[of] ?? [])
  return values.length > 0 ? { [of]: median(values) } : {}
}

const sumOf = (values: Record<string, number>) =>
  Object.values(values).reduce((sum, value) => sum + value, 0)

/** Rates of interleaved pairs as one figure. */
export const sumUpPairs = (
  pairs: readonly Pair[],
  { name, unit, peer }: { name: string; unit: string; peer: { name: string; unit: string } },
): Figure => {
  const ours = pairs.map((pair) => pair.ours)
  for (const { count, seconds } of ours)
    if (count === 0)
      throw new Error(`${name}: nothing was done within ${seconds} s, the machine is too busy`)
  const cpuMsEach = cpuMsEachOf(ours)
  const peerCpuMsEach = cpuMsEachOf(pairs.map((pair) => pair.peer))
  return {
    name,
    unit,
    ours: median(ours.map(rateOf)),
    peer: {
      ...peer,
      value: median(pairs.map((pair) => rateOf(pair.peer))),
      cpuMsEach: peerCpuMsEach,
    },
    ratio: median(pairs.map((pair) => rateOf(pair.ours) / rateOf(pair.peer))),
    cpuRatio: sumOf(peerCpuMsEach) / sumOf(cpuMsEach),
    cpuMsEach,
    ...medianOf(ours, 'p50Ms'),
    ...medianOf(ours, 'p99Ms'),
    pairs: [...pairs],
  }
}
