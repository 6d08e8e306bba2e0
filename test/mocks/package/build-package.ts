import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { collectTypes } from './collect-types.ts'

const entry = 'test/mocks/index'

const ownByTester = ['msw', 'zod']

/**
 * One file, with hono and jose in it: nothing of a tester's own versions can meet them. msw patches the
 * tester's network and zod's schemas are part of what is exported, so these two are the tester's own.
 */
const bundle = (project: string, folder: string) =>
  build({
    absWorkingDir: project,
    entryPoints: [`${entry}.ts`],
    outfile: join(folder, 'index.js'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node26',
    external: ownByTester,
    alias: { pino: join(import.meta.dirname, 'no-pino.ts') },
    logLevel: 'error',
  })

const declare = (project: string, folder: string) => {
  const made = mkdtempSync(join(tmpdir(), 'claimbook-types-'))
  try {
    const settings = {
      extends: join(project, 'tsconfig.json'),
      compilerOptions: {
        noEmit: false,
        declaration: true,
        emitDeclarationOnly: true,
        rootDir: project,
        outDir: join(made, 'out'),
        typeRoots: [join(project, 'node_modules/@types')],
      },
      files: [join(project, `${entry}.ts`)],
      include: [],
    }
    const config = join(made, 'tsconfig.json')
    writeFileSync(config, JSON.stringify(settings))
    const compiler = join(project, 'node_modules/typescript/bin/tsc')
    execFileSync(process.execPath, [compiler, '-p', config], { stdio: ['ignore', 2, 2] })
    return collectTypes(entry, join(made, 'out'), join(folder, 'types'))
  } finally {
    rmSync(made, { recursive: true })
  }
}

type Versions = Record<string, string>

/**
 * A package.json of its own: this project's would bring the services' packages to every tester, and put
 * its Node before theirs. It names what the file and the types import, at this project's versions.
 */
const describePackage = (project: string, named: ReadonlySet<string>) => {
  const { name, version, description, license, dependencies, devDependencies } = JSON.parse(
    readFileSync(join(project, 'package.json'), 'utf8'),
  ) as Record<'name' | 'version' | 'description' | 'license', string> &
    Record<'dependencies' | 'devDependencies', Versions>
  const known: Versions = { ...devDependencies, ...dependencies }
  const versionsOf = (packages: readonly string[]): Versions =>
    Object.fromEntries(
      packages.map((one) => {
        const wanted = known[one]
        if (wanted === undefined) throw new Error(`the types name ${one}, which is not installed`)
        return [one, wanted]
      }),
    )
  // Its own name stands in the example of the entry.
  const imported = new Set([...ownByTester, ...named].filter((one) => one !== name).toSorted())
  imported.delete('msw')
  return {
    name,
    version,
    private: true,
    description: `${description}: mocks of its services for your own tests`,
    license,
    type: 'module',
    engines: { node: '>=26' },
    exports: {
      './testing': { types: `./types/${entry}.d.ts`, default: './index.js' },
      './package.json': './package.json',
    },
    dependencies: versionsOf([...imported]),
    peerDependencies: versionsOf(['msw']),
  }
}

/** Builds what other projects import as `claimbook/testing` into dist/testing, a package of its own. */
export const buildPackage = async (project: string): Promise<void> => {
  const folder = join(project, 'dist/testing')
  rmSync(folder, { recursive: true, force: true })
  await bundle(project, folder)
  const described = describePackage(project, declare(project, folder))
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(described, null, 2)}\n`)
}
