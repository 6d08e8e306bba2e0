import { expect, test } from 'vitest'
import { readArguments } from './arguments.ts'

test('kills and faults combine into one run of the load', () => {
  const read = readArguments(['--kills', '1000', '--seed', '7', '--drop-answers', '0.5'])
  expect(read).toMatchObject({ seed: 7, task: { task: 'load', kills: 1000, eachPoint: 0 } })
  expect(read?.task).toMatchObject({ faults: { dropAnswers: 0.5, postgresKills: 0 } })
})

test('without a seed one is drawn, so that the run can be told and made again', () => {
  expect(readArguments(['--races'])?.seed).toBeTypeOf('number')
})

test.each([
  [['--races', '--restore'], 'One scenario at a time'],
  [['--kills', 'many'], '--kills many'],
  [['--drop-answers', '2'], '--drop-answers 2: a number from 0 to 1'],
  [['--kill', '3'], 'Unknown option'],
] as const)('%s is refused in a sentence', (args, words) => {
  expect(() => readArguments(args)).toThrow(words)
})

test('--help asks for nothing', () => {
  expect(readArguments(['--help'])).toBeUndefined()
})
