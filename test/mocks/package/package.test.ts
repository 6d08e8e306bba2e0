import { execFileSync } from 'node:child_process'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const project = join(import.meta.dirname, '../../..')
const modules = join(project, 'node_modules')
const left = new Set(['node_modules', '.git', '.data', 'dist'])

let folder = ''
let tester = ''
let packed: string[] = []

const run = (command: string, args: readonly string[], cwd: string) =>
  execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })

/** The project as it is checked out, with data that must stay at home. */
const copyProject = (to: string) => {
  cpSync(project, to, {
    recursive: true,
    filter: (path) => !left.has(relative(project, path).split('/')[0] ?? ''),
  })
  symlinkSync(modules, join(to, 'node_modules'))
  mkdirSync(join(to, '.data'))
  writeFileSync(join(to, '.data/secret.key.json'), '{}')
}

const filesIn = (root: string, at = ''): string[] =>
  readdirSync(join(root, at)).flatMap((name) => {
    const path = join(at, name)
    return statSync(join(root, path)).isDirectory() ? filesIn(root, path) : [path]
  })

/** What `npm install` would put into a tester's folder, from here instead of from a registry. */
const install = (names: readonly string[]) => {
  for (const name of names) {
    const to = join(tester, 'node_modules', name)
    mkdirSync(dirname(to), { recursive: true })
    symlinkSync(join(modules, name), to)
  }
}

const manifest = () =>
  JSON.parse(readFileSync(join(tester, 'node_modules/claimbook/package.json'), 'utf8')) as Record<
    string,
    object
  >

/** The packages that an installation of it brings. */
const asked = () => {
  const { dependencies, optionalDependencies, peerDependencies } = manifest()
  return Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies })
}

const packageOf = (name: string) => name.split('/', name.startsWith('@') ? 2 : 1).join('/')

const importedBy = (file: string): string[] => {
  const text = readFileSync(join(tester, 'node_modules/claimbook', file), 'utf8')
  return [...text.matchAll(/\b(?:from |import\()["']([^"'.][^"']*)["']/g)].map(
    ([, name = '']) => name,
  )
}

const write = (name: string, text: string) => writeFileSync(join(tester, name), text)

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'claimbook-package-'))
  const copy = join(folder, 'project')
  copyProject(copy)
  const args = ['run', '--silent', 'pack', '--', '--silent', '--pack-destination', folder]
  const tarball = run('npm', args, copy).trim().split('\n').at(-1) ?? ''
  tester = join(folder, 'tester')
  const own = join(tester, 'node_modules/claimbook')
  mkdirSync(own, { recursive: true })
  run('tar', ['-xzf', join(folder, tarball), '-C', own, '--strip-components=1'], folder)
  packed = filesIn(own)
  write('package.json', JSON.stringify({ name: 'tester', type: 'module', private: true }))
  install(asked())
}, 300_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the package', () => {
  it('carries the mocks and their types, and nothing of services, tests or data', () => {
    expect(packed).toContain('index.js')
    for (const path of packed) expect(path).toMatch(/^(package\.json|index\.js|types\/.+\.d\.ts)$/)
    expect(packed.filter((path) => /\.(test|table|page|main)\./.test(path))).toEqual([])
  })

  it('asks for nothing that it does not import, and has no command', () => {
    const imported = new Set(packed.flatMap(importedBy).map(packageOf))
    expect(asked().length).toBeGreaterThan(1)
    expect(asked().filter((name) => !imported.has(name))).toEqual([])
    for (const name of ['bin', 'scripts']) expect(manifest()).not.toHaveProperty(name)
  })

  it('works in an empty folder beside what it asks for, from an order to a receipt that verifies', () => {
    write(
      'try.js',
      `
      import { setupServer } from 'msw/node'
      import { coreBanking, createMocks, scenarioNames } from 'claimbook/testing'

      const mocks = await createMocks({ coreUrl: 'https://core.bank.example' })
      const network = setupServer(...mocks.handlers)
      network.listen({ onUnhandledFrame: 'error' })
      const customerId = 'C-100417'
      const balance = async () => {
        const response = await fetch('https://core.bank.example/customers/C-100417/accounts')
        const { accounts } = coreBanking.listAccounts.reply.parse(await response.json())
        return String(accounts[0].balanceMinor)
      }
      const pay = () => {
        const order = { shop: 'Shop A Shoes', description: 'Shoes', amountMinor: 3150n, customerId }
        const { orderNumber } = mocks.claimServer.sendOrder(order)
        return mocks.pay({ customerId, orderNumbers: [orderNumber] })
      }
      const { status, receipt } = await pay()
      const paid = await balance()
      const { result } = await mocks.readReceipt(receipt)
      mocks.scenario('short-balance')
      const refused = await pay()
      mocks.reset()
      network.close()
      console.log(JSON.stringify({
        status, result, paid, reason: refused.reason, postings: mocks.core.postings.length,
        scenarios: scenarioNames.length,
      }))
      `,
    )
    expect(JSON.parse(run(process.execPath, ['try.js'], tester))).toEqual({
      status: 'settled',
      result: 'executed',
      paid: '355750',
      reason: 'insufficient-funds',
      postings: 0,
      scenarios: 7,
    })
  })

  it('has types that hold in a strict project, and know what is wrong', () => {
    install(['@types/node'])
    write(
      'try.ts',
      `
      import { setupServer } from 'msw/node'
      import type { z } from 'zod'
      import { claimServer, coreBanking, createMocks, type MockAccount, type ReplyOf } from 'claimbook/testing'

      const account: coreBanking.Account = coreBanking.account.parse({})
      const reply: ReplyOf<typeof coreBanking.listAccounts> = { accounts: [account] }
      const minor: bigint | undefined = reply.accounts[0]?.balanceMinor
      const claim: Partial<z.output<typeof claimServer.claim>> = { status: 'unsettled' }
      const own: Partial<MockAccount> = { balanceMinor: minor ?? 0n, closed: false }
      const mocks = await createMocks({ scenarios: ['slow'] })
      const network = setupServer(...mocks.handlers)
      const receipt: string = (await mocks.pay({ customerId: 'C-1', orderNumbers: [] })).receipt
      // @ts-expect-error There is no such scenario.
      mocks.scenario('short balance')
      // @ts-expect-error Amounts are bigint.
      mocks.core.setBalance('0901-101-1-0014471', 10)
      // @ts-expect-error There is no such status.
      claim.status = 'lost'
      // @ts-expect-error Contracts are not any.
      reply.accounts[0]?.nothing
      export { network, own, receipt }
      `,
    )
    const compilerOptions = {
      target: 'esnext',
      lib: ['esnext'],
      module: 'nodenext',
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      noEmit: true,
      types: ['node'],
    }
    write('tsconfig.json', JSON.stringify({ compilerOptions, files: ['try.ts'] }))
    const compiler = join(modules, 'typescript/bin/tsc')
    const check = () => {
      try {
        return run(process.execPath, [compiler], tester)
      } catch (error) {
        return String((error as { stdout?: string }).stdout)
      }
    }
    const lines = check().split('\n')
    expect(lines.filter((line) => /^(try\.ts|node_modules\/claimbook)/.test(line))).toEqual([])
  }, 180_000)
})
