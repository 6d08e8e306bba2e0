import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'

const specifier = /(?<=\b(?:from |import\()['"])[^'"]+(?=['"])/g

const packageOf = (name: string) => name.split('/', name.startsWith('@') ? 2 : 1).join('/')

/**
 * Copies a declaration and all that it imports, so that they find each other in a package: by relative
 * paths, as JavaScript. Returns the packages that they name.
 */
export const collectTypes = (entry: string, from: string, to: string): Set<string> => {
  const packages = new Set<string>()
  const waiting = [entry]
  const seen = new Set(waiting)
  const visit = (file: string, imported: string): string => {
    const isOwn = imported.startsWith('#shared/') || imported.startsWith('.')
    if (!isOwn) {
      if (!imported.startsWith('node:')) packages.add(packageOf(imported))
      return imported
    }
    const target = imported.startsWith('#') ? imported.slice(1) : join(dirname(file), imported)
    const path = target.replace(/\.tsx?$/, '')
    if (!seen.has(path)) waiting.push(path)
    seen.add(path)
    const found = relative(dirname(file), path)
    return `${found.startsWith('.') ? '' : './'}${found}.js`
  }
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    const own = file
    const text = readFileSync(join(from, `${own}.d.ts`), 'utf8')
    const path = join(to, `${own}.d.ts`)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(
      path,
      text.replaceAll(specifier, (imported) => visit(own, imported)),
    )
  }
  return packages
}
