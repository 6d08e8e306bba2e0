import { expect, it } from 'vitest'
import { describeCompared } from './compare.ts'
import { describeFigure } from './describe.ts'
import type { Figure, RowReport } from './report.ts'
import { sumUpPairs } from './sum-up.ts'

const pair = (ours: number, peer: number) => ({
  ours: { count: ours * 10, seconds: 10, cpuSeconds: { service: 1 }, p99Ms: 5 },
  peer: { count: peer * 10, seconds: 10 },
})

const form = { name: 'settle', unit: 'payments/s', peer: { name: 'pgbench', unit: 'tps' } }

const reportOf = (figure: Figure, ranAt: string): RowReport => ({
  row: 'settle',
  what: 'payments',
  ranAt,
  commit: 'abc',
  machine: {},
  server: {},
  settings: {},
  size: 'full',
  figures: [figure],
})

it('the ratio is the median of the pairs’ ratios: a machine that drifts slows both of a pair', () => {
  const figure = sumUpPairs([pair(100, 400), pair(50, 200), pair(30, 300)], form)
  expect(figure).toMatchObject({ ours: 50, ratio: 0.25, p99Ms: 5 })
  expect(figure.peer?.value).toBe(300)
  expect(figure.cpuMsEach).toEqual({ service: 2 })
})

it('a pair in which nothing was done is no figure', () => {
  expect(() => sumUpPairs([pair(0, 400)], form)).toThrow('nothing was done')
})

it('a figure says whether it reaches what it should', () => {
  const figure = sumUpPairs([pair(100, 400)], form)
  expect(describeFigure({ ...figure, reach: { least: 0.25 } })).toContain('at least 0.25: reached')
  expect(describeFigure({ ...figure, reach: { most: 0.2 } })).toContain('NOT reached')
})

it('an older report is shown beside, figure by figure', () => {
  const before = reportOf(sumUpPairs([pair(100, 400)], form), 'yesterday')
  const after = reportOf(sumUpPairs([pair(150, 400)], form), 'today')
  expect(describeCompared(before, after)).toContain('ours: 100 → 150 payments/s (+50.0 %)')
  const other = reportOf({ ...sumUpPairs([pair(1, 2)], form), name: 'another' }, 'today')
  expect(describeCompared(before, other)).toContain('another: not in the older report')
})
