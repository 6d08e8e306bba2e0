import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { patchSource, projectFolder } from '../build-services.ts'
import { mutants } from './index.ts'

test.for(mutants.map(({ name, patches }) => ({ name, patches })))(
  'the seeded bug $name fits the sources as they are',
  ({ patches }) => {
    for (const file of new Set(patches.map((patch) => patch.file))) {
      const source = readFileSync(join(projectFolder, file), 'utf8')
      expect(patchSource(file, source, patches)).not.toBe(source)
    }
  },
)

test('a patch that fits nowhere, or twice, is refused', () => {
  const patch = (find: string) => [{ file: 'a.ts', find, replace: 'x' }]
  expect(() => patchSource('a.ts', 'one two two', patch('three'))).toThrow('fits it 0 times')
  expect(() => patchSource('a.ts', 'one two two', patch('two'))).toThrow('fits it 2 times')
  expect(patchSource('a.ts', 'one two two', patch('one'))).toBe('x two two')
})
