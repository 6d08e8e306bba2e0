import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { build, type Plugin } from 'esbuild'
import type { SourceLines } from './points/label-of-stack.ts'

export const projectFolder = resolve(import.meta.dirname, '..', '..')

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

/** Reads our own sources: patched, and with the folder that each thinks it is in. */
const ownSources = (patches: readonly Patch[]): Plugin => ({
  name: 'own sources',
  setup(bundler) {
    bundler.onLoad({ filter: /\.tsx?$/ }, ({ path }) => {
      const file = relative(projectFolder, path)
      if (file.startsWith('node_modules')) return undefined
      const source = patchSource(file, readFileSync(path, 'utf8'), patches)
      return {
        contents: source.replaceAll('import.meta.dirname', JSON.stringify(dirname(path))),
        loader: path.endsWith('x') ? 'tsx' : 'ts',
      }
    })
  },
})

// Packages in the older module form want these three.
const banner = `import { createRequire as __createRequire } from 'node:module'
import { fileURLToPath as __fileURLToPath } from 'node:url'
const require = __createRequire(import.meta.url)
const __filename = __fileURLToPath(import.meta.url)
const __dirname = __fileURLToPath(new URL('.', import.meta.url))
`

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
  const { outputFiles, metafile } = await build({
    absWorkingDir: projectFolder,
    entryPoints: [
      ...processKinds.map((kind) => `test/faults/processes/${kind}.main.ts`),
      'test/faults/processes/skewed-date.ts',
    ],
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    format: 'esm',
    target: 'node26',
    external: ['@node-rs/argon2'],
    banner: { js: banner },
    jsx: 'automatic',
    jsxImportSource: 'hono/jsx',
    logLevel: 'silent',
    plugins: [ownSources(patches)],
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
