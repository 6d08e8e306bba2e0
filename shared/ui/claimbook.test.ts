import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const css = readFileSync(join(import.meta.dirname, 'claimbook.css'), 'utf8')

const channel = (value: number) =>
  value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4

const luminance = (hex: string) => {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) =>
    channel(Number.parseInt(hex.slice(at, at + 2), 16) / 255),
  )
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

const contrast = (a: string, b: string) => {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].toSorted((x, y) => y - x)
  return (high + 0.05) / (low + 0.05)
}

const pairs = new Map<string, [string, string]>()
for (const [, name = '', light = '', dark = ''] of css.matchAll(
  /--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)/g,
))
  if (!pairs.has(name)) pairs.set(name, [light, dark])

const markColours = [
  ...css.matchAll(
    /--mark-bg: light-dark\((#\w{6}), (#\w{6})\);\s+--mark-ink: light-dark\((#\w{6}), (#\w{6})\)/g,
  ),
]

const colour = (name: string, scheme: 0 | 1) => {
  const found = pairs.get(name)?.[scheme]
  if (!found) throw new Error(`no token --${name}`)
  return found
}

const grounds = ['bg', 'card', 'brand-tint']
const texts = [
  ...['ink', 'soft', 'brand', 'ok', 'warn', 'bad'].flatMap((ink) =>
    grounds.map((ground) => [ink, ground] as const),
  ),
  ['brand-ink', 'brand'],
  ['ok', 'ok-bg'],
  ['warn', 'warn-bg'],
  ['bad', 'bad-bg'],
  ['info', 'info-bg'],
  ['ink', 'quiet-bg'],
  ['soft', 'quiet-bg'],
] as const
const edges = [
  ['control', 'card'],
  ['control', 'bg'],
  ['focus', 'card'],
  ['focus', 'bg'],
  ['focus', 'brand-tint'],
  ['brand', 'quiet-bg'],
] as const

it.each(texts)('text in --%s on --%s has a contrast of 4.5 in light and dark', (ink, ground) => {
  expect(contrast(colour(ink, 0), colour(ground, 0))).toBeGreaterThanOrEqual(4.5)
  expect(contrast(colour(ink, 1), colour(ground, 1))).toBeGreaterThanOrEqual(4.5)
})

it.each(edges)('an edge in --%s on --%s has a contrast of 3 in light and dark', (edge, ground) => {
  expect(contrast(colour(edge, 0), colour(ground, 0))).toBeGreaterThanOrEqual(3)
  expect(contrast(colour(edge, 1), colour(ground, 1))).toBeGreaterThanOrEqual(3)
})

it('the letters of marks have a contrast of 4.5 in light and dark', () => {
  expect(markColours).toHaveLength(8)
  for (const [, light = '', dark = '', lightInk = '', darkInk = ''] of markColours) {
    expect(contrast(light, lightInk)).toBeGreaterThanOrEqual(4.5)
    expect(contrast(dark, darkInk)).toBeGreaterThanOrEqual(4.5)
  }
})

it('nothing in the stylesheet comes from another host', () => {
  expect(css).not.toMatch(/url\(|@import/)
})
