import { renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bundle, projectFolder } from './bundle.ts'

/** Where built programs lie: inside the checkout, so that they find its packages. */
const distFolder = join(projectFolder, 'dist')

/**
 * Writes one file of each entry (its path by the name that it gets), from the sources as they are now,
 * and returns where each is.
 */
export const writeBundles = async <Name extends string>(
  entries: Record<Name, string>,
  folder = distFolder,
): Promise<Record<Name, string>> => {
  const names = Object.keys(entries) as Name[]
  const { outputFiles } = await bundle({
    entries: Object.fromEntries(names.map((name) => [entries[name], name])),
    folder,
  })
  for (const { path, text } of outputFiles) {
    // Whole at once: another run may be starting from it.
    const unfinished = `${path}.${process.pid}`
    writeFileSync(unfinished, text)
    renameSync(unfinished, path)
  }
  return Object.fromEntries(names.map((name) => [name, join(folder, `${name}.mjs`)])) as Record<
    Name,
    string
  >
}
