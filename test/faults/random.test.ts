import { expect, test } from 'vitest'
import { createRandom } from './random.ts'

const draw = (seed: number, name = 'kills') => {
  const random = createRandom(seed).fork(name)
  return Array.from({ length: 20 }, () => random.below(1000))
}

test('the same seed decides the same, another seed or another concern does not', () => {
  expect(draw(7)).toEqual(draw(7))
  expect(draw(7)).not.toEqual(draw(8))
  expect(draw(7)).not.toEqual(draw(7, 'load'))
})

test('a shuffle loses nothing', () => {
  const list = Array.from({ length: 50 }, (_, at) => at)
  const shuffled = createRandom(1).shuffle(list)
  expect(shuffled).not.toEqual(list)
  expect(shuffled.toSorted((a, b) => a - b)).toEqual(list)
})
