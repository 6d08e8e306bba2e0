import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bundle, projectFolder } from '#shared/build/bundle.ts'
import type { SourceLines } from './points/label-of-stack.ts'

export { projectFolder } from '#shared/build/bundle.ts'

/** One seeded bug: a text of a source file, that must be there exactly once, and what stands there instead. */
export interface Patch {
  file: string
  find: string
  replace: string
}

export const processKinds = ['core-banking', 'claim-server', 'bank-portal'] as const
export type ProcessKind = (typeof processKinds)[number]

/** Throws when a patch does not fit its file exactly once. */
export const patchSource = (file: string, source: string, patches: readonly Patch[]): string => {
  let patched = source
  for (const { find, replace } of patches.filter((patch) => patch.file === file)) {
    const [before, after, ...more] = patched.split(find)
    if (before === undefined || after === undefined || more.length > 0)
      throw new Error(
        `the patch of ${file} fits it ${patched.split(find).length - 1} times: ${find}`,
      )
    patched = before + replace + after
  }
  return patched
}

/** The bundler writes the path of each source file above it. */
const sourceLinesOf = (bundle: string): SourceLines =>
  bundle.split('\n').flatMap((line, at) => {
    const [, file] = /^\/\/ (\S+\.[cm]?[jt]sx?)$/.exec(line) ?? []
    return file ? [[at + 1, file] as const] : []
  })

export interface BuiltServices {
  mainOf: Record<ProcessKind, string>
  /** To be preloaded into a process whose clock is to be wrong. */
  skewedDate: string
}

/**
 * Makes one file of each service, from the sources as they are now: a process starts in a tenth of the
 * time, and a run is not disturbed by who edits meanwhile. Beside each, which line comes from where.
 */
export const buildServices = async (
  folder: string,
  patches: readonly Patch[] = [],
): Promise<BuiltServices> => {
  mkdirSync(folder, { recursive: true })
  symlinkSync(join(projectFolder, 'node_modules'), join(folder, 'node_modules'))
  const missing = new Set(patches.map((patch) => patch.file))
  const { outputFiles, metafile } = await bundle({
    entries: {
      ...Object.fromEntries(
        processKinds.map((kind) => [`test/faults/processes/${kind}.main.ts`, `${kind}.main`]),
      ),
      'test/faults/processes/skewed-date.ts': 'skewed-date',
    },
    folder,
    edit: (file, source) => patchSource(file, source, patches),
  })
  for (const file of Object.keys(metafile.inputs)) missing.delete(file)
  if (missing.size > 0) throw new Error(`patched, but in no service: ${[...missing].join(', ')}`)
  for (const { path, text } of outputFiles) {
    writeFileSync(path, text)
    writeFileSync(`${path}.sources.json`, JSON.stringify(sourceLinesOf(text)))
  }
  const mainOf = (kind: ProcessKind) => join(folder, `${kind}.main.mjs`)
  return {
    mainOf: {
      'core-banking': mainOf('core-banking'),
      'claim-server': mainOf('claim-server'),
      'bank-portal': mainOf('bank-portal'),
    },
    skewedDate: join(folder, 'skewed-date.mjs'),
  }
}
