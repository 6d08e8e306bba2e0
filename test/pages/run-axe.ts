import { fileURLToPath } from 'node:url'
import type { AxeResults, RunOptions } from 'axe-core'
import type { Page } from 'playwright-core'

/** Every page that this tab opens from now on can be run through axe. */
export const loadAxe = (page: Page): Promise<unknown> =>
  page.addInitScript({ path: fileURLToPath(import.meta.resolve('axe-core/axe.min.js')) })

/** What axe finds wrong with the open page. All its rules: WCAG 2.2 A and AA, and best practices. */
export const runAxe = async (page: Page, options: RunOptions = {}): Promise<string[]> => {
  const all: RunOptions = { resultTypes: ['violations'], preload: false, ...options }
  const { violations } = (await page.evaluate(
    `axe.run(document, ${JSON.stringify(all)})`,
  )) as AxeResults
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary ?? ''}`),
  )
}

/** The one rule that depends on colours. */
export const contrast: RunOptions = { runOnly: ['color-contrast'] }
