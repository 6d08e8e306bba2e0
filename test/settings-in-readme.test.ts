import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { StartError } from '#shared/service-process.ts'
import { readConfig as readPortal } from '../bank-portal/config.ts'
import { readConfig as readClaimServer } from '../claim-server/config.ts'
import { readConfig as readCore } from '../mock-core-banking/config.ts'

type Environment = Record<string, string | undefined>

const services = [
  { name: 'portal', readConfig: readPortal, address: 'BANK_PORTAL_URL' },
  { name: 'claim server', readConfig: readClaimServer, address: 'CLAIM_SERVER_URL' },
  { name: 'core', readConfig: readCore, address: 'CORE_BANKING_URL' },
]

const rows = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8')
  .split('| setting | of | what |')[1]
  ?.split('\n\n')[0]
  ?.split('\n')
  .map((row) => row.split('|').map((cell) => cell.trim()))

/** The names in README's table of settings, by the service that it says they are of. */
const describedFor = (service: string): string[] =>
  (rows ?? []).flatMap(([, names = '', of = '']) =>
    of === 'all' || of.split(', ').includes(service)
      ? [...names.matchAll(/`([A-Z_]+)`/g)].map(([, name]) => name ?? '')
      : [],
  )

/** The variables that it looks at, whatever it then says of them. */
const readBy = (readConfig: (env: Environment) => object): string[] => {
  const read = new Set<string>()
  const watched = new Proxy({} as Environment, {
    get: (_target, name) => void read.add(String(name)),
  })
  expect(() => readConfig(watched)).toThrow(StartError)
  return [...read]
}

test.for(services)(
  'every setting that the $name reads is described in README, and no other',
  ({ name, readConfig, address }) => {
    // Its own address is its PUBLIC_URL: the row of addresses is of the peers.
    const described = describedFor(name).filter((one) => one !== address)
    expect(described.toSorted()).toEqual(readBy(readConfig).toSorted())
  },
)
