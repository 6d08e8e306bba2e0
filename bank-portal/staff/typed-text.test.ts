import { describe, expect, it } from 'vitest'
import { bankStaff } from '../../test/demo/bank-world.ts'
import { freshDatabase } from '../../test/support/database.ts'
import { openDesk } from '../../test/support/staff-desk.ts'
import { typedText } from './typed-text.ts'

describe('what staff type into a search', () => {
  it.each([
    [undefined, ''],
    ['  Shop A ', 'Shop A'],
    ['a\u0000b\r\nc', 'a b  c'],
    ['\u0000', ''],
    ['か\u3099', 'が'],
    ['abcdef', 'abc'],
  ])('%j is read as %j', (typed, read) => {
    expect(typedText(typed, typed === 'abcdef' ? 3 : 60)).toBe(read)
  })

  it('may hold control characters on every page that searches: none is an error', async () => {
    const database = await freshDatabase('bank-portal')
    try {
      const desk = await openDesk({ db: database.db })
      const visitor = desk.visitor()
      const { staffId, password } = bankStaff.approver
      const page = await desk.open(visitor, '/staff/sign-in')
      await visitor.submit(page, 'form[action="/staff/sign-in"]', { staffId, password })
      for (const path of ['shops?search', 'customers?search', 'claims?shop', 'audit?subject'])
        expect((await desk.open(visitor, `/staff/${path}=a%00b%0A`)).status, path).toBe(200)
    } finally {
      await database.close()
    }
  })
})
