import type { Language } from '#shared/texts.ts'
import type { VisitedPage } from '../support/visitor.ts'
import { contrast, runAxe } from './run-axe.ts'
import type { Showcase } from './showcase.ts'

const phone = { width: 390, height: 844 }
const smallest = { width: 320, height: 700 }
const desktop = { width: 1280, height: 900 }

const overflow = `(() => {
  const { scrollWidth, clientWidth } = document.documentElement
  if (scrollWidth <= clientWidth) return ''
  const wide = [...document.body.querySelectorAll('*')].filter((one) => one.getBoundingClientRect().right > clientWidth + 0.5)
  return scrollWidth + ' px wide: ' + wide.slice(0, 3).map((one) => one.outerHTML.slice(0, 120)).join(' | ')
})()`

const small = `[...document.querySelectorAll('button, .button, .input, summary, nav a')]
  .filter((one) => one.checkVisibility() && !one.matches('.visually-hidden') && one.getBoundingClientRect().height < 44)
  .map((one) => 'lower than 44 px: ' + one.outerHTML.slice(0, 200))`

/**
 * What a browser finds wrong with a page: by axe, in light and in dark, on a phone and on a desk; on a
 * phone also what is cut off or too low for a thumb. The two widths change places with the language, so
 * that both languages together see each scheme at each width.
 */
export const inspect = async (
  { page, show, complaints }: Showcase,
  visited: VisitedPage,
  language: Language,
): Promise<string[]> => {
  const [lightAt, darkAt] = language === 'en' ? [phone, desktop] : [desktop, phone]
  await page.emulateMedia({ colorScheme: 'light' })
  await page.setViewportSize(lightAt)
  await show(visited)
  const light = await runAxe(page)
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.setViewportSize(darkAt)
  const dark = await runAxe(page, contrast)
  await page.setViewportSize(smallest)
  const cut = (await page.evaluate(overflow)) as string
  const low = (await page.evaluate(small)) as string[]
  return [
    ...light,
    ...dark.map((one) => `dark ${one}`),
    ...(cut ? [cut] : []),
    ...low,
    ...complaints(),
  ]
}
