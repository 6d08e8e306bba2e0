import { expect, it } from 'vitest'
import { renderToString } from '#shared/web/render.ts'
import { initialOf, Mark } from './mark.tsx'

it.each([
  ['Shop C Furniture', 'C'],
  ['The Corner Bakery', 'C'],
  ['株式会社みなと電力', 'み'],
  ['ショップA 靴', 'A'],
  ['みなと市水道局', 'み'],
  ['株式会社', '株'],
  ['', '?'],
])('the mark of "%s" shows %s', (name, initial) => {
  expect(initialOf(name)).toBe(initial)
})

it('the same name always has the same colour', async () => {
  const first = await renderToString(<Mark name="Nagi Books" />)
  const second = await renderToString(<Mark name="Nagi Books" />)
  expect(first).toBe(second)
  expect(first).toMatch(/class="mark mark-[1-8]"/)
})
