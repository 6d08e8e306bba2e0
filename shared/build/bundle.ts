import { mkdirSync, readFileSync, realpathSync } from 'node:fs'
import { dirname, relative, resolve } from 'node:path'
import { build, type BuildResult, type Plugin } from 'esbuild'

export const projectFolder = resolve(import.meta.dirname, '..', '..')

// Packages in the older module form want these three.
const banner = `import { createRequire as __createRequire } from 'node:module'
import { fileURLToPath as __fileURLToPath } from 'node:url'
const require = __createRequire(import.meta.url)
const __filename = __fileURLToPath(import.meta.url)
const __dirname = __fileURLToPath(new URL('.', import.meta.url))
`

/** Gives each source the folder that it reads its files from: migrations, the stylesheet. */
const inItsOwnFolder = (
  outdir: string,
  edit: (file: string, source: string) => string,
): Plugin => ({
  name: 'own sources',
  setup(bundler) {
    bundler.onLoad({ filter: /\.tsx?$/ }, ({ path }) => {
      const file = relative(projectFolder, path)
      if (file.startsWith('node_modules')) return undefined
      const folder = JSON.stringify(`/${relative(outdir, dirname(path))}`)
      return {
        contents: edit(file, readFileSync(path, 'utf8')).replaceAll(
          'import.meta.dirname',
          `(import.meta.dirname + ${folder})`,
        ),
        loader: path.endsWith('x') ? 'tsx' : 'ts',
      }
    })
  },
})

export interface BundleOptions {
  /** Name of the output, without its ending, by the entry's path in this project. */
  entries: Record<string, string>
  folder: string
  /** May change a source of this project before it is read. */
  edit?: (file: string, source: string) => string
}

/**
 * Makes one file of each entry, packages included: a service starts in a third of the time and with half
 * of the memory that it takes from its sources. Reads migrations and assets from this checkout.
 */
export const bundle = ({
  entries,
  folder,
  edit = (_file, source) => source,
}: BundleOptions): Promise<BuildResult<{ write: false; metafile: true }>> => {
  mkdirSync(folder, { recursive: true })
  // Where a running file finds itself: a temporary folder may be a link.
  const outdir = realpathSync(folder)
  return build({
    absWorkingDir: projectFolder,
    entryPoints: Object.entries(entries).map(([entry, out]) => ({ in: entry, out })),
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    format: 'esm',
    target: 'node26',
    // A native module: it stays where npm has put it.
    external: ['@node-rs/argon2'],
    banner: { js: banner },
    jsx: 'automatic',
    jsxImportSource: 'hono/jsx',
    logLevel: 'silent',
    plugins: [inItsOwnFolder(outdir, edit)],
  })
}
