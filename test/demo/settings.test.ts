import { expect, test } from 'vitest'
import { environmentOf, readDemoSettings, serviceNames } from './settings.ts'

const own = (service: string) => `postgres://me:secret@db.example:5432/${service}`
const ownDatabases = {
  CLAIM_SERVER_DATABASE_URL: own('claims'),
  BANK_PORTAL_DATABASE_URL: own('portal'),
  CORE_DATABASE_URL: own('core'),
}

test.each([
  ['a port that is no number', { SHOP_PORT: 'abc' }, "SHOP_PORT can't be used"],
  ['a port that two programs would share', { SHOP_PORT: '4100' }, 'BANK_PORTAL_PORT and SHOP_PORT'],
  [
    'a database address of another kind',
    { ...ownDatabases, CORE_DATABASE_URL: 'mysql://x/y' },
    "CORE_DATABASE_URL can't be used",
  ],
  [
    'a database for one service but not for the others',
    { CORE_DATABASE_URL: own('core') },
    'CLAIM_SERVER_DATABASE_URL and BANK_PORTAL_DATABASE_URL must be set too',
  ],
  ['a mail server of another kind', { SMTP_URL: 'http://mail' }, "SMTP_URL can't be used"],
])('%s is refused by its name', (_case, env, message) => {
  expect(() => readDemoSettings(env)).toThrow(message)
})

test('each service is told its own database and its own keys only', () => {
  const settings = readDemoSettings(ownDatabases)
  const databases = settings.givenDatabases
  if (!databases) throw new Error('the given databases are lost')
  const told = serviceNames.map((service) => environmentOf({ ...settings, databases }, service))
  expect(told.map(({ DATABASE_URL }) => DATABASE_URL)).toEqual([
    own('claims'),
    own('portal'),
    own('core'),
  ])
  expect(new Set(told.map(({ KEYS_DIR }) => KEYS_DIR)).size).toBe(3)
})

test('keys and mails of the user’s own databases don’t mix with those of the demo’s', () => {
  expect(readDemoSettings(ownDatabases).worldFolder).not.toBe(readDemoSettings({}).worldFolder)
})

test('mails go to the demo’s inbox unless SMTP_URL names a server', () => {
  expect(readDemoSettings({ SMTP_PORT: '2525' }).smtpUrl).toBe('smtp://127.0.0.1:2525')
  expect(readDemoSettings({ SMTP_URL: 'smtps://mail.example' }).smtpUrl).toBe(
    'smtps://mail.example',
  )
})
