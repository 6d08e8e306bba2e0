import { expect, test } from 'vitest'
import { createRateLimit } from './rate-limit.ts'

test('a key may make so many requests at once, then one each time its step has passed', () => {
  let now = 1_000_000
  const limit = createRateLimit(60, () => now)
  for (let request = 0; request < 60; request++) limit('a')
  expect(() => limit('a')).toThrow('too-many-requests')
  now += 1000
  limit('a')
  expect(() => limit('a')).toThrow('too-many-requests')
})

test('one key’s requests leave the others alone', () => {
  const limit = createRateLimit(1, () => 0)
  limit('a')
  expect(() => limit('a')).toThrow('too-many-requests')
  limit('b')
})

test('a refusal says when to come again', () => {
  const limit = createRateLimit(2, () => 0)
  limit('a')
  limit('a')
  expect(() => limit('a')).toThrow(
    expect.objectContaining({ headers: { 'retry-after': '30' } }) as Error,
  )
})
