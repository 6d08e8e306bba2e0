import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freePort } from '../support/postgres-server.ts'
import { refuseTakenPorts, takeDataFolder } from './guards.ts'
import { readDemoSettings } from './settings.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'claimbook-guards-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const variables = ['BANK_PORTAL', 'CLAIM_SERVER', 'CORE_BANKING', 'SHOP', 'INBOX', 'SMTP']
const settingsOnFreePorts = async () => {
  const ports = await Promise.all(variables.map(freePort))
  const env = Object.fromEntries(variables.map((name, i) => [`${name}_PORT`, String(ports[i])]))
  return readDemoSettings({ ...env, DATA_DIR: folder })
}

test('a port that is taken is named with the variable that moves it', async () => {
  const settings = await settingsOnFreePorts()
  await expect(refuseTakenPorts(settings, 0)).resolves.toBeUndefined()
  const other = createServer().listen(settings.ports.inbox, settings.host)
  await expect(refuseTakenPorts(settings, 0)).rejects.toThrow(
    `Port ${settings.ports.inbox} is taken: stop the program that listens there, or set INBOX_PORT`,
  )
  other.close()
})

test('ports that a killed start is still giving free are waited for', async () => {
  const settings = await settingsOnFreePorts()
  const other = createServer().listen(settings.ports.inbox, settings.host)
  setTimeout(() => other.close(), 300)
  await expect(refuseTakenPorts(settings, 5)).resolves.toBeUndefined()
})

test('an address that the machine does not have is named', async () => {
  const settings = await settingsOnFreePorts()
  await expect(refuseTakenPorts({ ...settings, host: '192.0.2.1' }, 0)).rejects.toThrow(
    'HOST 192.0.2.1 is no address of this machine',
  )
})

test('the data folder is held by one start at a time, and is free after a kill', async () => {
  const settings = await settingsOnFreePorts()
  const { release, wasKilled } = takeDataFolder(settings)
  expect(wasKilled).toBe(false)
  release()
  const farAbovePidMax = '99999999'
  writeFileSync(join(folder, 'start.pid'), farAbovePidMax)
  expect(takeDataFolder(settings)).toMatchObject({ wasKilled: true })
})

test('a data folder that is a file is named', async () => {
  writeFileSync(join(folder, 'file'), '')
  const settings = await settingsOnFreePorts()
  expect(() => takeDataFolder({ ...settings, dataFolder: join(folder, 'file') })).toThrow(
    `DATA_DIR ${join(folder, 'file')} can't be written`,
  )
})
