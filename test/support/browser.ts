import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'

const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
]

const commands = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'microsoft-edge-stable',
]

const applications = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
]

const installedBrowsers = (): string[] =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => commands.map((command) => join(folder, command)))
    .concat(applications)
    .filter((path) => existsSync(path))

interface Launch {
  executablePath: string
  args: string[]
}

/** The Chromium that a npm package brings for machines that have none: Linux on x64 only. */
const packagedBrowser = async (): Promise<Launch[]> => {
  if (process.platform !== 'linux' || process.arch !== 'x64') return []
  // Read when the package is imported: makes it unpack the libraries that a small machine lacks.
  process.env.AWS_EXECUTION_ENV ??= 'AWS_Lambda_nodejs22.x'
  const { default: packaged } = await import('@sparticuz/chromium')
  return [{ executablePath: await packaged.executablePath(), args: [...packaged.args, ...args] }]
}

const candidates = async function* (): AsyncGenerator<Launch> {
  const chosen = process.env.CHROMIUM_PATH
  if (chosen) {
    yield { executablePath: chosen, args }
    return
  }
  for (const executablePath of installedBrowsers()) yield { executablePath, args }
  yield* await packagedBrowser()
}

/** The machine's own Chrome, Chromium or Edge (or CHROMIUM_PATH), else the one from npm. */
export const launchBrowser = async (): Promise<Browser> => {
  for await (const candidate of candidates()) {
    try {
      return await chromium.launch(candidate)
    } catch (error) {
      // Some systems have a chromium that only tells how to install one: try the next.
      if (process.env.CHROMIUM_PATH) {
        throw new Error(`CHROMIUM_PATH (${process.env.CHROMIUM_PATH}) does not start: ${error}`)
      }
    }
  }
  throw new Error(
    'No browser found: install Chrome, Chromium or Edge, or set CHROMIUM_PATH to the program.',
  )
}

export interface OpenPage {
  page: Page
  /** What the browser complained about in any tab: script errors, refused by CSP, failed requests. */
  complaints: string[]
  close(): Promise<void>
}

/** A new visitor with an empty cookie jar; `javaScriptEnabled`, `viewport`, `locale` and so on by option. */
export const openPage = async (
  browser: Browser,
  options: BrowserContextOptions = {},
): Promise<OpenPage> => {
  const context = await browser.newContext(options)
  const complaints: string[] = []
  context.on('weberror', (error) => complaints.push(error.error().message))
  context.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  const page = await context.newPage()
  return { page, complaints, close: () => context.close() }
}
