import { expect, it } from 'vitest'
import { renderToString } from '#shared/web/render.ts'
import {
  fullDate,
  instantWords,
  nearness,
  shortDate,
  TimeLimit,
  timeLimitWords,
} from './time-limit.tsx'

const today = '2026-11-23'

it.each([
  ['2026-11-23', 'today, until midnight', '本日中', 'today'],
  ['2026-11-24', 'tomorrow, 24 Nov', '明日まで（11月24日）', 'soon'],
  ['2026-11-25', 'in 2 days, 25 Nov', 'あと2日（11月25日）', 'soon'],
  ['2026-11-26', 'in 3 days, 26 Nov', 'あと3日（11月26日）', 'week'],
  ['2026-11-29', 'in 6 days, 29 Nov', 'あと6日（11月29日）', 'week'],
  ['2026-11-30', '30 Nov', '11月30日', 'later'],
  ['2027-01-15', '15 Jan 2027', '2027年1月15日', 'later'],
  ['2026-11-22', 'time limit was 22 Nov', '期限切れ（11月22日）', 'passed'],
] as const)('a limit of %s is "%s"', (limit, en, ja, near) => {
  expect(timeLimitWords(limit, today, 'en')).toBe(en)
  expect(timeLimitWords(limit, today, 'ja')).toBe(ja)
  expect(nearness(limit, today)).toBe(near)
})

it('a leap day lies between 28 February and 1 March', () => {
  expect(timeLimitWords('2028-03-01', '2028-02-28', 'en')).toBe('in 2 days, 1 Mar')
})

it('a limit carries its date for machines and its nearness as a class', async () => {
  expect(await renderToString(<TimeLimit limit="2026-11-25" today={today} language="en" />)).toBe(
    '<time class="limit is-soon" datetime="2026-11-25">in 2 days, 25 Nov</time>',
  )
})

it('dates and instants read as a bank writes them', () => {
  expect(shortDate('2026-12-15', today, 'en')).toBe('15 Dec')
  expect(fullDate('2026-11-25', 'en')).toBe('Wed 25 Nov 2026')
  expect(fullDate('2026-11-25', 'ja')).toBe('2026年11月25日（水）')
  const at = new Date('2026-11-22T15:04:00Z')
  expect(instantWords(at, 'Asia/Tokyo', 'en')).toBe('23 Nov 2026, 00:04')
  expect(instantWords(at, 'Asia/Tokyo', 'ja')).toBe('2026年11月23日 00:04')
})
