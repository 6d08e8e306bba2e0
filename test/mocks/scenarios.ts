import type { Faults } from './faults.ts'
import type { MockClaimServer } from './mock-claim-server.ts'
import type { MockCoreBanking } from './mock-core-banking.ts'
import { noScenarios } from './core-state.ts'

/** What can go wrong, by name. */
export const scenarioNames = [
  'short-balance',
  'wrong-password',
  'account-unknown',
  'slow',
  'executed-but-answer-lost',
  '503',
  'malformed-answer',
] as const
export type Scenario = (typeof scenarioNames)[number]

export interface ScenarioOptions {
  /** For the next payment, authorisation or call alone, instead of until `reset()`. */
  once?: boolean
  /** Whose calls are slow, 503 or malformed. Core banking's unless said otherwise. */
  of?: 'core-banking' | 'claim-server'
  /** Only these calls, by their names in the contracts: "listAccounts". */
  calls?: readonly string[]
  /** How long "slow" takes; 200 ms unless said otherwise. */
  slowMs?: number
}

interface Mocked {
  core: MockCoreBanking
  claimServer: MockClaimServer
  faults: { core: Faults; claimServer: Faults }
}

/** Plans a scenario, on top of those planned before. */
export const planScenario = (
  { core, faults }: Mocked,
  name: Scenario,
  { once = false, of = 'core-banking', calls, slowMs }: ScenarioOptions = {},
): void => {
  const outcome = once ? core.scenarios : core.lastingScenarios
  const fault = of === 'core-banking' ? faults.core : faults.claimServer
  const how = {
    ...(calls ? { calls } : {}),
    ...(slowMs === undefined ? {} : { slowMs }),
    ...(once ? { times: 1 } : {}),
  }
  switch (name) {
    case 'short-balance':
      outcome.refuse = 'insufficient-funds'
      return
    case 'wrong-password':
      outcome.wrongPassword = true
      return
    case 'account-unknown':
      outcome.accountUnknown = true
      outcome.refuse = 'payee-not-found'
      return
    case 'slow':
      fault.set('slow', how)
      return
    case 'executed-but-answer-lost':
      faults.core.set('answer lost', { ...how, calls: ['executePayment'] })
      return
    case '503':
      fault.set('503', how)
      return
    case 'malformed-answer':
      fault.set('malformed answer', how)
      return
  }
}

/** Takes every plan back. */
export const clearScenarios = ({ core, claimServer, faults }: Mocked): void => {
  faults.core.clear()
  faults.claimServer.clear()
  Object.assign(core.scenarios, noScenarios())
  Object.assign(core.lastingScenarios, noScenarios())
  claimServer.scenarios.otherContent = false
}
