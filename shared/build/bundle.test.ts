import { tmpdir } from 'node:os'
import { expect, test } from 'vitest'
import { bundle } from './bundle.ts'

test('no service carries zod’s messages in other languages: all its modules take zod by `import * as z`', async () => {
  const { metafile } = await bundle({
    entries: {
      'claim-server/main.ts': 'claim-server',
      'bank-portal/main.ts': 'bank-portal',
      'mock-core-banking/main.ts': 'mock-core-banking',
    },
    folder: tmpdir(),
  })
  const carried = Object.values(metafile.outputs).map(({ inputs }) =>
    Object.keys(inputs).filter((file) => file.includes('/zod/v4/locales/')),
  )
  const english = ['node_modules/zod/v4/locales/en.js']
  expect(carried).toEqual([english, english, english])
})
