import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { collectTypes } from './collect-types.ts'

const entry = 'test/mocks/index'

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
    external: ['msw', 'zod'],
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

const checkPackages = (project: string, named: ReadonlySet<string>) => {
  const { name, dependencies, peerDependencies } = JSON.parse(
    readFileSync(join(project, 'package.json'), 'utf8'),
  ) as { name: string } & Record<'dependencies' | 'peerDependencies', Record<string, string>>
  // Its own name stands in the example of the entry.
  const installed = new Set([name, ...Object.keys({ ...dependencies, ...peerDependencies })])
  const missing = [...named].filter((one) => !installed.has(one))
  if (missing.length > 0) throw new Error(`an installation lacks the types of ${missing.join()}`)
}

/** Builds what other projects import as `claimbook/testing` into dist/testing. */
export const buildPackage = async (project: string): Promise<void> => {
  const folder = join(project, 'dist/testing')
  rmSync(folder, { recursive: true, force: true })
  await bundle(project, folder)
  checkPackages(project, declare(project, folder))
}
