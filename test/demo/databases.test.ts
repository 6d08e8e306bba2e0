import postgres from 'postgres'
import { beforeAll, describe, expect, inject, test } from 'vitest'
import { openDatabases } from './databases.ts'
import { readDemoSettings } from './settings.ts'

const settingsWith = (url: string) =>
  readDemoSettings({
    CLAIM_SERVER_DATABASE_URL: url,
    BANK_PORTAL_DATABASE_URL: url,
    CORE_DATABASE_URL: url,
  })

const onServer = async (statement: string, database = 'postgres') => {
  const sql = postgres(`${inject('postgresUrl')}/${database}`, { max: 1, onnotice: () => {} })
  await sql.unsafe(statement)
  await sql.end()
}

test.each([
  ['nobody listens', () => 'postgres://me:secret@127.0.0.1:1/claims', 'nothing listens there'],
  [
    'the password is wrong',
    () => `${inject('postgresUrl').replace(/:[^:@]+@/, ':wrong@')}/postgres`,
    'it refuses the user or the password',
  ],
  ['the database is missing', () => `${inject('postgresUrl')}/nowhere`, 'it has no such database'],
])('where %s, the variable is named and the password is not', async (_case, url, reason) => {
  const opening = openDatabases(settingsWith(url()))
  await expect(opening).rejects.toThrow(/^CLAIM_SERVER_DATABASE_URL: the database /)
  await expect(opening).rejects.toThrow(reason)
  await expect(opening).rejects.not.toThrow(/secret|wrong/)
})

describe('the user’s own databases', () => {
  let url = ''
  beforeAll(async () => {
    await onServer('create database own_databases')
    url = `${inject('postgresUrl')}/own_databases`
  })

  test('get the demo world once', async () => {
    const first = await openDatabases(settingsWith(url))
    expect(first.isNew).toBe(true)
    await first.worldIsMade()
    expect(await openDatabases(settingsWith(url))).toMatchObject({ isNew: false })
  })

  test('are not emptied when their world is half made', async () => {
    await onServer('update demo.world set made_at = null', 'own_databases')
    await expect(openDatabases(settingsWith(url))).rejects.toThrow(
      'The demo world in CLAIM_SERVER_DATABASE_URL is half made',
    )
  })

  test('get no demo world when they hold somebody’s claims', async () => {
    await onServer('drop schema demo cascade', 'own_databases')
    expect(await openDatabases(settingsWith(url))).toMatchObject({ isNew: false })
  })
})
