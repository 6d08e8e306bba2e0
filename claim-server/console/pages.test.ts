import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { consolePages, type ConsoleStage, fillShop } from '../../test/support/console-pages.ts'
import { type FreshDatabase, freshDatabase } from '../../test/support/database.ts'
import { makeConsoleWorld } from '../testing/console.ts'

// What is the same in both languages: names, goods, numbers.
const data =
  /Haruka Sato|Shop (A Shoes|S Chairs|D Bags)|SHOP (A SHOES|D BAGS)|[a-z-]+@[\w.-]+|https?:\/\/\S+|[0-9A-Z]{4}-[0-9A-Z]{4}(-[0-9A-Z])?|G-[0-9A-Z-]+|W-\d+|C-[0-9a-f]+|[0-9a-f]{8}-[0-9a-f-]{27}|ck_\S+|•+|(shop|waiting)-\w+|Server 2|D鞄店|日本語|English|API|CSV|QR|ID|cm|mm\/dd\/yyyy|https|shoes/g

const ofTheOther = { en: /[\u3040-\u30ff\u4e00-\u9fff]/, ja: /[A-Za-z]{3,}/ }

describe.each(['en', 'ja'] as const)('in %s', (language) => {
  let database: FreshDatabase
  let stage: ConsoleStage
  beforeAll(async () => {
    database = await freshDatabase('claim-server')
    stage = await fillShop(await makeConsoleWorld(database.db), language)
  })
  afterAll(async () => {
    stage.world.close()
    await database.close()
  })

  it.each(consolePages)('$name', async ({ status, visit }) => {
    const page = await visit(stage)
    expect(page.status).toBe(status)
    // Tokens may spell anything.
    const html = page.root.toString().replaceAll(/[\w-]{20,}/g, '')
    expect(html).not.toMatch(/undefined|\[object|NaN|Invalid Date|\bnull\b/)
    expect(page.root.querySelector('html')?.getAttribute('lang')).toBe(language)
    expect(page.root.querySelectorAll('h1')).toHaveLength(1)
    const words = page.text.replaceAll(data, ' ')
    expect(words).not.toMatch(ofTheOther[language])
  })
})
