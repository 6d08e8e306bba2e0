import { expect, it } from 'vitest'
import { readArguments, rowNames } from './arguments.ts'

it('all rows are run unless some are named, each once', () => {
  expect(readArguments([])?.rows).toEqual([...rowNames])
  expect(readArguments(['core', 'settle', 'core'])?.rows).toEqual(['core', 'settle'])
})

it('an unknown row is refused by the names of all', () => {
  expect(() => readArguments(['settel'])).toThrow(`There are: ${rowNames.join(', ')}`)
})

it('three pairs of the full size are measured unless said otherwise', () => {
  expect(readArguments(['core'])).toMatchObject({ pairs: 3, size: 'full', tenMillion: false })
  expect(readArguments(['core', '--pairs', '5', '--size', 'small'])).toMatchObject({
    pairs: 5,
    size: 'small',
  })
})

it.each([
  ['--pairs 0', 'a whole number from 1'],
  ['--pairs many', 'a whole number from 1'],
  ['--seconds 1000', 'a whole number from 1'],
  ['--size tiny', 'There are: full, small'],
  ['--set DATABASE_POOL', 'NAME=VALUE'],
  ['--json one-file-for-all-rows.json', 'name that row'],
  ['--unknown', 'npm run bench'],
])('%s is refused', (line, reason) => {
  expect(() => readArguments(line.split(' '))).toThrow(reason)
})

it('settings are given for all services, or for one', () => {
  const args = ['--set', 'DATABASE_POOL=20', '--set', 'bank-portal:PEER_TIMEOUT_MS=500']
  expect(readArguments(args)?.settings).toEqual({
    DATABASE_POOL: '20',
    'bank-portal:PEER_TIMEOUT_MS': '500',
  })
})

it('help is no run', () => {
  expect(readArguments(['--help'])).toBeUndefined()
})
