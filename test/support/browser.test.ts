import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { launchBrowser, openPage } from './browser.ts'

const server = createServer((_request, response) => {
  response.setHeader('content-type', 'text/html; charset=utf-8')
  response.setHeader('content-security-policy', "default-src 'self'")
  response.end('<title>支払い</title><p id="p">plain</p><script>p.textContent = "changed"</script>')
})
let browser: Browser
let address = ''

beforeAll(async () => {
  await new Promise<void>((up) => server.listen(0, '127.0.0.1', up))
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser.close()
  server.close()
})
afterEach(() => vi.unstubAllEnvs())

test('a page that breaks its own content security policy is complained about', async () => {
  const { page, complaints, close } = await openPage(browser)
  await page.goto(address)
  expect(await page.title()).toBe('支払い')
  expect(await page.textContent('#p')).toBe('plain')
  expect(complaints.join()).toContain('Content Security Policy')
  await close()
})

test('a CHROMIUM_PATH that is no browser is named', async () => {
  vi.stubEnv('CHROMIUM_PATH', '/nowhere/chromium')
  await expect(launchBrowser()).rejects.toThrow('CHROMIUM_PATH (/nowhere/chromium)')
})

test.runIf(process.platform === 'linux' && process.arch === 'x64')(
  'a machine without a browser uses the one from npm',
  async () => {
    vi.stubEnv('PATH', '')
    const packaged = await launchBrowser()
    const { page, close } = await openPage(packaged)
    await page.goto(address)
    expect(await page.title()).toBe('支払い')
    await close()
    await packaged.close()
  },
)
