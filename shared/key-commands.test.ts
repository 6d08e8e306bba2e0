import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { runKeysCommand } from './key-commands.ts'
import { keepSeconds, listKeys, publishSeconds } from './key-rotation.ts'
import { openKeyRing } from './keys.ts'
import { temporaryFolder } from './testing/key-rings.ts'

let folder: ReturnType<typeof temporaryFolder>
let dir: string
const start = Date.parse('2026-07-01T00:00:00Z')

beforeEach(() => {
  folder = temporaryFolder()
  dir = join(folder.dir, 'core')
  vi.useFakeTimers({ toFake: ['Date'] })
  vi.setSystemTime(start)
})
afterEach(() => {
  vi.useRealTimers()
  folder[Symbol.dispose]()
})

const run = (command: string, ...options: string[]) =>
  runKeysCommand([command, '--dir', dir, ...options])
const make = () => run('make', '--service', 'core-banking')
const later = (seconds: number) => vi.setSystemTime(Date.now() + seconds * 1000)
const states = () =>
  Object.fromEntries(listKeys(dir).keys.map(({ kid, state }) => [kid, state.state]))
const signing = async () => (await openKeyRing(dir).signingKey('receipt')).kid
const firstWord = (line: string | undefined) => (line ?? '').split(' ')[0] ?? ''

describe('npm run keys', () => {
  test('make makes what the service lacks and says what it made', async () => {
    const made = await make()
    expect(made.map((line) => line.replace(/-\S+/, '-…'))).toEqual([
      'request-…  made, signs from now on',
      'authorisation-…  made, signs from now on',
      'receipt-…  made, signs from now on',
    ])
    expect(await make()).toEqual(['core-banking has all its keys'])
  })

  test('a rotation is one key published, then signing, the old one kept, then retired', async () => {
    await make()
    const old = await signing()
    const [line] = await run('rotate', '--purpose', 'receipt')
    const next = firstWord(line)
    expect(line).toBe(`${next}  made, signs from 2026-07-01T00:01:00.000Z`)
    expect(openKeyRing(dir).publicKeys('receipt')).toHaveLength(2)
    expect(states()).toMatchObject({ [old]: 'signing', [next]: 'waiting' })

    later(publishSeconds)
    expect(await signing()).toBe(next)
    expect(states()).toMatchObject({ [old]: 'kept', [next]: 'signing' })
    expect(await run('retire')).toEqual(['no key is to be retired now'])

    later(keepSeconds.receipt)
    expect(states()).toMatchObject({ [old]: 'to-retire', [next]: 'signing' })
    expect(await run('retire')).toEqual([`${old}  retired: peers refuse it within a minute`])
    expect(
      openKeyRing(dir)
        .publicKeys('receipt')
        .map(({ kid }) => kid),
    ).toEqual([next])
  })

  test('a key is kept until all that it signed has ended', () => {
    expect(keepSeconds.authorisation).toBeGreaterThanOrEqual(publishSeconds + 330)
    expect(keepSeconds.request).toBeGreaterThanOrEqual(publishSeconds + 60)
    expect(keepSeconds.instruction).toBeGreaterThanOrEqual(publishSeconds + 30)
  })

  test('the public half of a retired key stays in the archive, the private one is gone', async () => {
    await make()
    const old = await signing()
    const publicKey = openKeyRing(dir).publicKeys('receipt')[0]
    later(1)
    await run('rotate', '--purpose', 'receipt', '--after', '0')
    later(keepSeconds.receipt)
    await run('retire')
    const archived = JSON.parse(readFileSync(join(dir, 'archive', `${old}.json`), 'utf8'))
    expect(archived).toEqual({
      purpose: 'receipt',
      retiredAt: new Date().toISOString(),
      publicKey,
    })
    const left = readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.key.json'),
    )
    expect(left).toHaveLength(3)
  })

  test('rotating again while the next key waits makes no other', async () => {
    await make()
    const [, , made] = await run('rotate')
    const [, , again] = await run('rotate')
    expect(made).toContain('made, signs from')
    expect(again).toBe(`${firstWord(made)}  waits already, signs from 2026-07-01T00:01:00.000Z`)
  })

  test('rotating at once says what it may cost', async () => {
    await make()
    const before = await signing()
    later(1)
    const said = await run('rotate', '--purpose', 'receipt', '--after', '0')
    expect(await signing()).not.toBe(before)
    expect(said.at(-1)).toContain('may refuse calls for a few seconds')
  })

  test('a key that is needed is not retired', async () => {
    await make()
    const old = await signing()
    await expect(run('retire', '--kid', old)).rejects.toThrow('signs now: rotate first')
    const [line] = await run('rotate', '--purpose', 'receipt')
    await expect(run('retire', '--kid', firstWord(line))).rejects.toThrow('waits for its turn')
    later(publishSeconds + 1)
    await expect(run('retire', '--kid', old)).rejects.toThrow('is needed until 2026-07-01T00:03')
    await expect(run('retire', '--kid', 'receipt-none')).rejects.toThrow('no key receipt-none')
  })

  test('a denied key signs nothing more and may be retired at once', async () => {
    await make()
    const old = await signing()
    expect(await run('deny', '--kid', old)).toEqual([
      `${old}  denied in ${dir}, whose own key it is: deny it at its peers too, then rotate --after 0`,
    ])
    await run('rotate', '--purpose', 'receipt', '--after', '0')
    expect(await signing()).not.toBe(old)
    expect(await run('retire', '--kid', old)).toHaveLength(1)
    expect(openKeyRing(dir).isDenied(old)).toBe(true)
  })

  test('deny takes the folders of several services', async () => {
    const other = join(folder.dir, 'claims')
    await make()
    await runKeysCommand(['make', '--dir', other, '--service', 'claim-server'])
    const said = await run('deny', '--dir', other, '--kid', 'request-stolen')
    expect(said).toEqual([`request-stolen  denied in ${dir}`, `request-stolen  denied in ${other}`])
    for (const one of [dir, other]) expect(openKeyRing(one).isDenied('request-stolen')).toBe(true)
  })

  test('list shows each key with what it is for now', async () => {
    await make()
    await run('rotate', '--purpose', 'receipt')
    await run('deny', '--kid', 'request-of-another')
    const said = await run('list')
    expect(said).toHaveLength(5)
    expect(said[0]).toMatch(
      /^receipt-\S+ +receipt +2026-07-01T00:01:00\.000Z  published, signs from then on$/,
    )
    expect(said.filter((line) => line.endsWith('  signs'))).toHaveLength(3)
    expect(said.at(-1)).toMatch(/^request-of-another +of another service +denied$/)
  })

  test.each([
    [[], 'Usage: npm run keys'],
    [['melt'], 'no command melt'],
    [['list'], 'name the key folder: --dir'],
    [['list', '--dir', 'a', '--dir', 'b'], 'name one --dir'],
    [['list', '--dir', '/nowhere/at/all'], 'the key folder /nowhere/at/all can’t be read (ENOENT)'],
    [['make', '--dir', 'a'], 'name the service: --service claim-server'],
    [['make', '--dir', 'a', '--service', 'constructor'], 'there is no service "constructor"'],
    [['deny', '--dir', 'a'], 'name the key: --kid'],
    [['deny', '--kid', 'a'], 'name the key folder'],
    [['list', '--folder', 'a'], 'Unknown option'],
  ])('%j says what is wrong', async (args, message) => {
    await expect(runKeysCommand(args)).rejects.toThrow(message)
  })

  test.each([
    [['--after', '-1'], 'argument is ambiguous'],
    [['--after', 'soon'], '--after takes a whole number of seconds'],
    [['--purpose', 'melting'], 'has no melting key: it has request, authorisation, receipt'],
  ])('rotate %j says what is wrong', async (options, message) => {
    await make()
    await expect(run('rotate', ...options)).rejects.toThrow(message)
  })

  test('as a command it prints lines, or one error and exit code 1', () => {
    vi.useRealTimers()
    const keys = (...args: string[]) =>
      spawnSync(
        process.execPath,
        ['--import', 'tsx', join(import.meta.dirname, 'keys.main.ts'), ...args],
        {
          encoding: 'utf8',
        },
      )
    const made = keys('make', '--dir', dir, '--service', 'bank-portal')
    expect([made.status, made.stderr]).toEqual([0, ''])
    expect(made.stdout).toMatch(/^request-\S+ {2}made, signs from now on\n$/)
    const failed = keys('retire', '--dir', dir, '--kid', 'request-none')
    expect([failed.status, failed.stdout]).toEqual([1, ''])
    expect(failed.stderr).toBe(`there is no key request-none in ${dir}\n`)
  })
})
