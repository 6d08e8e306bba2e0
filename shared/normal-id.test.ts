import { expect, test } from 'vitest'
import { normalId } from './normal-id.ts'

test('an id is the same in any case, in full-width letters and with blanks around it', () => {
  for (const typed of ['haruka', ' Haruka ', 'ＨＡＲＵＫＡ', 'ｈaruka', '　ⓗaruka'])
    expect(normalId(typed)).toBe('haruka')
})
