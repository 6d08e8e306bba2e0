import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { launchBrowser } from '../support/browser.ts'
import { startGallery } from './gallery.tsx'

/**
 * Pictures of the gallery's pages for looking at: `node --import tsx test/ui/screenshots.ts FOLDER
 * [page ...]`, each at 390 and 1280 px, light and dark, English and Japanese.
 */
const [folder = '.data/pictures', ...wanted] = process.argv.slice(2)
const pages = [
  'list',
  'paid',
  'confirm',
  'result',
  'doubt',
  'not-paid',
  'sign-in',
  'record',
  'empty',
  'error',
  'console',
  'parts',
]
const widths = [390, 1280]
const schemes = ['light', 'dark'] as const
const languages = ['en', 'ja']

mkdirSync(folder, { recursive: true })
const gallery = await startGallery()
const browser = await launchBrowser()
for (const width of widths)
  for (const colorScheme of schemes)
    for (const locale of languages) {
      const context = await browser.newContext({
        viewport: { width, height: width < 500 ? 844 : 900 },
        colorScheme,
        locale,
      })
      const page = await context.newPage()
      page.on('console', (message) => {
        if (message.type() === 'error') console.error(message.text())
      })
      for (const name of wanted.length > 0 ? wanted : pages) {
        await page.goto(`${gallery.url}/${name}`)
        await page.screenshot({
          path: join(folder, `${name}-${width}-${colorScheme}-${locale}.png`),
          fullPage: true,
        })
      }
      await context.close()
    }
await browser.close()
gallery.close()
