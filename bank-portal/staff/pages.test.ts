import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FreshDatabase, freshDatabase } from '../../test/support/database.ts'
import { openDeskStage, staffPages } from '../../test/support/staff-pages.ts'

let database: FreshDatabase
beforeAll(async () => {
  database = await freshDatabase('bank-portal')
})
afterAll(() => database.close())

// What is the same in both languages: names, ids, addresses, numbers.
const data =
  /Haruka Sato|Shop [ABC]( \w+)*|Minato \w+|Tama Leather|Naoko Fujita|Sota Yamada|Rie Hayashi|Makoto Inoue|Mio Sakai|approver\d|staff:[\w]+|clerk|newcomer|operator|\bop\b|帽子のショップB|靴のショップA|港水道局|[\w.-]+@[\w.-]+|https?:\/\/\S*|C-\d+|P-[0-9A-Z-]+|[0-9A-Z]{4}-[0-9A-Z]{4}(-[0-9A-Z])?|[0-9a-f]{8}-[0-9a-f-]{27}|([2-9a-z]{4}-){4}[2-9a-z]{4}|ID|zzz|English|Webhook|shoes, hats|leather|cm\b|革|\d{3} \d\.\d\.\d/g

const ofTheOther = { en: /[\u3040-\u30ff\u4e00-\u9fff]/, ja: /[A-Za-z]{3,}/ }

describe.each(['en', 'ja'] as const)('in %s', (language) => {
  it.each(staffPages)('$name', async ({ status, visit }) => {
    const page = await visit(await openDeskStage(database.db, language))
    expect(page.status, page.text.slice(0, 300)).toBe(status)
    const html = page.root.toString().replaceAll(/[\w-]{20,}/g, '')
    expect(html).not.toMatch(/undefined|\[object|NaN|Invalid Date|\bnull\b/)
    expect(page.root.querySelector('html')?.getAttribute('lang')).toBe(language)
    const words = page.text.replaceAll(data, ' ')
    expect(words).not.toMatch(ofTheOther[language])
  })

  it.each(staffPages)(
    '$name: every id is there once, every label leads to a field',
    async (one) => {
      const { root } = await one.visit(await openDeskStage(database.db, language))
      const ids = root.querySelectorAll('[id]').map((element) => element.id)
      expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([])
      const known = new Set(ids)
      const pointing = [
        ...root.querySelectorAll('label[for]').map((label) => label.getAttribute('for') ?? ''),
        ...root
          .querySelectorAll('.error-summary a')
          .map((link) => link.getAttribute('href')?.slice(1) ?? ''),
        ...root
          .querySelectorAll('[aria-describedby]')
          .flatMap((field) => field.getAttribute('aria-describedby')?.split(' ') ?? []),
      ]
      expect(pointing.filter((id) => !known.has(id))).toEqual([])
    },
  )
})
