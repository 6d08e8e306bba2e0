import { beforeEach, expect, test } from 'vitest'
import { gatherLookups } from './gather-lookups.ts'

let asked: string[][]
beforeEach(() => {
  asked = []
})

const lookUp = () =>
  gatherLookups(async (keys: string[]) => {
    asked.push(keys)
    if (keys.includes('broken')) throw new Error('the database is away')
    return new Map(keys.filter((key) => key !== 'nobody').map((key) => [key, `${key}!`]))
  })

test('what is looked up at once is one query, and each gets its own answer', async () => {
  const find = lookUp()
  expect(await Promise.all(['a', 'b', 'nobody', 'a'].map(find))).toEqual([
    'a!',
    'b!',
    undefined,
    'a!',
  ])
  expect(asked).toEqual([['a', 'b', 'nobody']])
})

test('what is looked up later is asked for anew: nothing is remembered', async () => {
  const find = lookUp()
  await find('a')
  await find('a')
  expect(asked).toEqual([['a'], ['a']])
})

test('a query that fails, fails for all that went with it and for nobody after', async () => {
  const find = lookUp()
  const both = await Promise.allSettled([find('a'), find('broken')])
  expect(both.map((one) => one.status)).toEqual(['rejected', 'rejected'])
  expect(await find('a')).toBe('a!')
})
