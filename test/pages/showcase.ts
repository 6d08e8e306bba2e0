import type { Browser, Page } from 'playwright-core'
import { assets } from '#shared/ui/index.ts'
import { openPage } from '../support/browser.ts'
import type { VisitedPage } from '../support/visitor.ts'
import { loadAxe } from './run-axe.ts'

/** A browser's tab that shows pages as a visitor got them: with their headers, our assets, and axe. */
export interface Showcase {
  page: Page
  show(visited: VisitedPage): Promise<void>
  /** What the browser has complained about since it was last asked. */
  complaints(): string[]
  close(): Promise<void>
}

export const openShowcase = async (browser: Browser): Promise<Showcase> => {
  const { page, complaints, close } = await openPage(browser, { reducedMotion: 'reduce' })
  await loadAxe(page)
  let shown: VisitedPage | undefined
  await page.route('**/*', async (route) => {
    const request = route.request()
    if (shown && request.isNavigationRequest() && request.url() === shown.url) {
      const headers = Object.fromEntries(shown.headers)
      // Browsers complain of it where the address is not https.
      delete headers['cross-origin-opener-policy']
      // Its status has been looked at: a browser complains of all but 200.
      return route.fulfill({ status: 200, headers, body: shown.html })
    }
    const { pathname } = new URL(request.url())
    const answer = await assets.request(pathname)
    // Anything else that a page asks for, its state say, is never answered: it stays as it is.
    if (answer.status !== 200) return
    return route.fulfill({
      status: 200,
      headers: Object.fromEntries(answer.headers),
      body: Buffer.from(await answer.arrayBuffer()),
    })
  })
  return {
    page,
    show: async (visited) => {
      shown = visited
      await page.goto(visited.url)
    },
    complaints: () => complaints.splice(0),
    close,
  }
}
