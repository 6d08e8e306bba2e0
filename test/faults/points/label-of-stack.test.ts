import { expect, test } from 'vitest'
import { readFrames, type SourceLines, verbOf } from './label-of-stack.ts'

const sources: SourceLines = [
  [1, 'shared/database.ts'],
  [10, 'claim-server/change-by-call.ts'],
  [30, 'claim-server/payments/reserve-run.ts'],
  [90, 'test/faults/points/watch-database.ts'],
]

const stackOf = (...lines: string[]) =>
  ['Error', ...lines.map((line) => `    at ${line}`)].join('\n')

test('a commit is named for the file of the verb, whatever carries it out', () => {
  const frames = readFrames(
    stackOf(
      'watched.transaction (file:///tmp/x/claim-server.main.mjs:95:3)',
      'changeByCall2 (file:///tmp/x/claim-server.main.mjs:12:3)',
      'once (file:///tmp/x/claim-server.main.mjs:80:5)',
      'async reserveRun (file:///tmp/x/claim-server.main.mjs:85:12)',
    ),
    sources,
  )
  expect(frames.map((frame) => frame.file)).toEqual([
    'test/faults/points/watch-database.ts',
    'claim-server/change-by-call.ts',
    'claim-server/payments/reserve-run.ts',
    'claim-server/payments/reserve-run.ts',
  ])
  expect(verbOf(frames)).toBe('reserve-run')
})

test('a single statement is named for its function, too, unless the file has its name', () => {
  const at = (functionName: string) => [
    { file: 'claim-server/notices/deliver-notices.ts', functionName },
  ]
  expect(verbOf(at('markDelivered'), { withFunction: true })).toBe('deliver-notices.mark-delivered')
  expect(verbOf(at('deliverNotices'), { withFunction: true })).toBe('deliver-notices')
  expect(verbOf(at(''), { withFunction: true })).toBe('deliver-notices')
})

test('frames without a name, and of Node itself, are read or left out', () => {
  const frames = readFrames(
    stackOf(
      'file:///tmp/x/claim-server.main.mjs:31:3',
      'process.processTicksAndRejections (node:internal/process/task_queues:105:5)',
    ),
    sources,
  )
  expect(frames).toEqual([{ file: 'claim-server/payments/reserve-run.ts', functionName: '' }])
})
