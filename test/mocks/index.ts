/**
 * Core banking and the claim server for your own tests: stateful, in memory, without a database,
 * answering every call by the same contracts as the real services, for customers, shops and the bank's
 * staff. In a project of yours it is `claimbook/testing`; msw 3 and Node 26 are all it needs.
 *
 * @example
 * import { setupServer } from 'msw/node'
 * import { createMocks } from 'claimbook/testing'
 *
 * const mocks = await createMocks({ coreUrl: 'https://core.bank.example' })
 * const network = setupServer(...mocks.handlers)
 * beforeAll(() => network.listen())
 * afterEach(() => mocks.reset())
 * afterAll(() => network.close())
 *
 * test('a short balance is told', async () => {
 *   mocks.scenario('short-balance')
 *   // Your code calls https://core.bank.example; mocks.core.accounts holds the balances.
 * })
 */
export {
  createMocks,
  type MockOptions,
  type MockPaymentToMake,
  type Mocks,
} from './create-mocks.ts'
export { type Scenario, scenarioNames, type ScenarioOptions } from './scenarios.ts'
export type { Fault, Faults } from './faults.ts'
export { createMemoryKeys, type PublicKeys, trustKeys } from './memory-keys.ts'
export { onBehalfOfHeader } from './unsigned-calls.ts'
export { draftContent, type MadePayment, payClaims, type PaymentToMake } from './pay-claims.ts'
export type { MockClaimServer } from './mock-claim-server.ts'
export type {
  MockChoices,
  KnownCustomer,
  MockClaim,
  MockException,
  MockPayment,
  MockShop,
  NewMockOrder,
} from './claim-server-state.ts'
export type { MockNotice } from './claim-notices.ts'
export type { MockFee } from './fee-table.ts'
export type { MockAdvert } from './mock-adverts.ts'
export type { MockReport } from './staff-payments.ts'
export type { MockAuditEntry } from './staff-audit.ts'
export type { NewMockBill } from './mock-billers.ts'
export type { MockCoreBanking } from './mock-core-banking.ts'
export type { MockAccount, MockCustomer, MockPosting, MockStaffMember } from './core-state.ts'
export { servedCalls, shopOperations } from './served-calls.ts'
export {
  mockAccounts,
  mockAdverts,
  mockCustomers,
  mockFeeAccount,
  mockShops,
  mockStaff,
} from './world.ts'
export * from './contracts.ts'
