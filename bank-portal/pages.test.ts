import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FreshDatabase, freshDatabase } from '../test/support/database.ts'
import { openStage, portalPages } from '../test/support/portal-pages.ts'

let database: FreshDatabase
beforeAll(async () => {
  database = await freshDatabase('bank-portal')
})
afterAll(() => database.close())

// What is the same in both languages: names, goods, numbers.
const data =
  /Haruka Sato|Shop [ABC]( \w+)*|Minato \w+|[a-z-]+@[\w.-]+|https?:\/\/\S+|[0-9A-Z]{4}-[0-9A-Z]{4}(-[0-9A-Z])?|G-[0-9A-F]{8}|[0-9a-f]{8}-[0-9a-f-]{27}|•+|EUR|ID|CSV|zzz|English|cm/g

const ofTheOther = { en: /[\u3040-\u30ff\u4e00-\u9fff]/, ja: /[A-Za-z]{3,}/ }

describe.each(['en', 'ja'] as const)('in %s', (language) => {
  it.each(portalPages)('$name', async ({ status, visit }) => {
    const page = await visit(await openStage(database.db, language))
    expect(page.status).toBe(status)
    // Tokens may spell anything.
    const html = page.root.toString().replaceAll(/[\w-]{20,}/g, '')
    expect(html).not.toMatch(/undefined|\[object|NaN|Invalid Date|\bnull\b/)
    expect(page.root.querySelector('html')?.getAttribute('lang')).toBe(language)
    const words = page.text.replaceAll(data, ' ')
    expect(words).not.toMatch(ofTheOther[language])
  })
})
