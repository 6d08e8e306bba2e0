import { inFigures } from './describe.ts'
import type { Figure, RowReport } from './report.ts'

const change = (before: number, after: number): string => {
  if (before === after) return 'the same'
  const percent = (after / before - 1) * 100
  return `${percent >= 0 ? '+' : ''}${percent.toFixed(1)} %`
}

const line = (what: string, before: number, after: number, unit = '') =>
  `  ${what}: ${inFigures(before)} → ${inFigures(after)}${unit} (${change(before, after)})`

const sumOf = (values: Record<string, number> | undefined): number | undefined =>
  values && Object.values(values).reduce((all, one) => all + one, 0)

const both = (
  what: string,
  before: number | undefined,
  after: number | undefined,
  unit?: string,
) => (before === undefined || after === undefined ? [] : [line(what, before, after, unit)])

const compareFigures = (before: Figure, after: Figure): string[] => [
  `${after.name}:`,
  line('ours', before.ours, after.ours, ` ${after.unit}`),
  ...both('peer', before.peer?.value, after.peer?.value, ` ${after.peer?.unit}`),
  ...both('ratio', before.ratio, after.ratio),
  ...both('ratio by CPU', before.cpuRatio, after.cpuRatio),
  ...both('p99', before.p99Ms, after.p99Ms, ' ms'),
  ...both('CPU each', sumOf(before.cpuMsEach), sumOf(after.cpuMsEach), ' ms'),
  ...Object.entries(after.cpuMsEach ?? {}).flatMap(([name, value]) =>
    both(`  ${name}`, before.cpuMsEach?.[name], value, ' ms'),
  ),
]

/** An older report beside this one, figure by figure. */
export const describeCompared = (before: RowReport, after: RowReport): string =>
  [
    `before: ${before.ranAt}, commit ${before.commit}, size ${before.size}`,
    ...after.figures.flatMap((figure) => {
      const old = before.figures.find((one) => one.name === figure.name)
      return old ? compareFigures(old, figure) : [`${figure.name}: not in the older report`]
    }),
  ].join('\n')
