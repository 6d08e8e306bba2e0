import type { Figure, RowReport } from './report.ts'

/** A number as people compare it: three figures, or all before the point. */
export const inFigures = (value: number): string =>
  Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(3)

const listed = (values: Record<string, number>, unit: string) =>
  Object.entries(values)
    .map(([name, value]) => `${name} ${inFigures(value)} ${unit}`)
    .join(', ')

const reachOf = ({ ratio, ours, reach }: Figure): string => {
  if (!reach) return ''
  const value = ratio ?? ours
  const { least, most } = reach
  const isReached = (least === undefined || value >= least) && (most === undefined || value <= most)
  const wanted = [
    ...(least === undefined ? [] : [`at least ${least}`]),
    ...(most === undefined ? [] : [`at most ${most}`]),
  ]
  return ` (${wanted.join(', ')}: ${isReached ? 'reached' : 'NOT reached'})`
}

export const describeFigure = (figure: Figure): string => {
  const { name, unit, ours, peer, ratio, cpuRatio, cpuMsEach, peakRssMb, p50Ms, p99Ms, notes } =
    figure
  const times = [
    ...(p50Ms === undefined ? [] : [`p50 ${inFigures(p50Ms)} ms`]),
    ...(p99Ms === undefined ? [] : [`p99 ${inFigures(p99Ms)} ms`]),
  ]
  const sum = Object.values(cpuMsEach ?? {}).reduce((all, one) => all + one, 0)
  return [
    `${name}: ${inFigures(ours)} ${unit}${times.length > 0 ? `, ${times.join(', ')}` : ''}${
      ratio === undefined && peer === undefined ? reachOf(figure) : ''
    }`,
    ...(peer ? [`  against ${inFigures(peer.value)} ${peer.unit} of ${peer.name}`] : []),
    ...(ratio === undefined ? [] : [`  ratio ${inFigures(ratio)}${reachOf(figure)}`]),
    ...(cpuRatio === undefined ? [] : [`  ratio by CPU seconds alone ${inFigures(cpuRatio)}`]),
    ...(peer?.cpuMsEach ? [`  CPU each of the peer: ${listed(peer.cpuMsEach, 'ms')}`] : []),
    ...(cpuMsEach ? [`  CPU each ${inFigures(sum)} ms: ${listed(cpuMsEach, 'ms')}`] : []),
    ...(peakRssMb ? [`  peak memory: ${listed(peakRssMb, 'MB')}`] : []),
    ...(notes ?? []).map((note) => `  ${note}`),
  ].join('\n')
}

const pairsIn = (values: Record<string, string | number>) =>
  Object.entries(values)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ')

/** A row of the table in words. */
export const describeRow = (report: RowReport): string =>
  [
    `${report.row}, ${report.ranAt}, commit ${report.commit}, size ${report.size}`,
    `machine: ${pairsIn(report.machine)}`,
    `PostgreSQL: ${pairsIn(report.server)}`,
    ...(Object.keys(report.settings).length > 0 ? [`settings: ${pairsIn(report.settings)}`] : []),
    ...report.figures.map(describeFigure),
  ].join('\n')
