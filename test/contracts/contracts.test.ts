import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AnyCall } from '#shared/contracts/call.ts'
import { allClaimServerCalls } from '#shared/contracts/claim-server-calls.ts'
import { coreBankingCalls } from '#shared/contracts/core-banking.ts'
import { createMocks, servedCalls, shopOperations } from '../mocks/index.ts'
import { allCases } from './all-cases.ts'
import { differences, type Ran } from './compare.ts'
import { openMocks } from './open-mocks.ts'
import { openServices } from './open-services.ts'
import { runCase } from './run-case.ts'
import type { Answer, Side } from './side.ts'

const ran: Record<Side['name'], Ran> = { 'the services': new Map(), 'the mocks': new Map() }
const asked: Record<Side['name'], Answer[]> = { 'the services': [], 'the mocks': [] }
const cases = allCases.map((one) => [one.name, one] as const)

describe.each([
  ['the services', openServices],
  ['the mocks', openMocks],
] as const)('%s', (name, open) => {
  let side: Side
  beforeAll(async () => {
    side = await open()
  })
  afterAll(() => side?.close())

  it.each(cases)('%s', async (_name, one) => {
    await runCase(side, one, { ran: ran[name], answers: asked[name] })
    expect(ran[name].get(one.name)).not.toEqual([])
  })
})

describe('services and mocks', () => {
  it.each(cases)('answer alike: %s', (name) => {
    const [services, mocks] = [ran['the services'].get(name), ran['the mocks'].get(name)]
    expect(services).toBeDefined()
    expect(mocks).toEqual(services)
  })

  it('ran the same cases, all of them, and differ in nothing', () => {
    const { 'the services': services, 'the mocks': mocks } = ran
    expect(differences(services, mocks)).toEqual([])
    expect([services.size, mocks.size]).toEqual([allCases.length, allCases.length])
    expect(new Set(allCases.map((one) => one.name)).size).toBe(allCases.length)
  })

  it('were asked every call that the mocks serve, and answered it at least once', () => {
    for (const answers of Object.values(asked)) {
      const replied = answers.filter((one) => one.reply !== undefined).map((one) => one.call)
      const missing = servedCalls.map((one) => one.name).filter((call) => !replied.includes(call))
      expect(missing).toEqual([])
    }
  })

  it('were asked every operation of the shops’ API', () => {
    const paths = [
      /^POST \/v1\/orders$/,
      /^GET \/v1\/orders(\?|$)/,
      /^GET \/v1\/orders\/[^/]+$/,
      /^POST \/v1\/orders\/[^/]+\/cancel$/,
      /^POST \/v1\/orders\/[^/]+\/revive$/,
      /^POST \/v1\/claim-batches$/,
      /^GET \/v1\/claim-batches\/[^/]+$/,
    ]
    expect(paths).toHaveLength(shopOperations.length)
    for (const answers of Object.values(asked))
      for (const path of paths)
        expect(answers.filter((one) => path.test(one.call)).length).toBeGreaterThan(0)
  })
})

it('the mocks serve every call', async () => {
  const { core, claimServer } = await createMocks()
  const routes = { 'core-banking': core.app.routes, 'claim-server': claimServer.app.routes }
  const calls: readonly AnyCall[] = [...coreBankingCalls, ...allClaimServerCalls]
  const unserved = calls.filter(
    ({ callee, method, path }) =>
      !routes[callee as keyof typeof routes].some(
        (route) => route.method === method && route.path === path,
      ),
  )
  expect(unserved.map((one) => one.name)).toEqual([])
  expect(servedCalls).toEqual(calls)
})
