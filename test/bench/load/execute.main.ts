import { batchCalls } from '#shared/batched-calls.ts'
import { coreBankingBatches, executePayment } from '#shared/contracts/core-banking.ts'
import { openKeyRing } from '#shared/keys.ts'
import { createServiceClient, type ServiceClient } from '#shared/service-client.ts'
import { serveLoad } from './serve-load.ts'

/** A payment that customer and claim server have signed. */
export interface SignedPayment {
  paymentId: string
  customerId: string
  instruction: string
  authorisation: string
}

/** Payments to execute, one list for each of those who call at once. */
export interface ExecuteOrder {
  coreUrl: string
  /** The portal's own: each call is signed by it. */
  keysFolder: string
  scripts: SignedPayment[][]
  seconds: number
}

const execute = async (
  callCore: ServiceClient,
  { paymentId, customerId, ...body }: SignedPayment,
): Promise<void> => {
  await callCore(executePayment, { params: { paymentId }, body }, { onBehalfOf: customerId })
}

serveLoad<ExecuteOrder>(async ({ coreUrl, keysFolder, scripts, seconds }) => {
  const keys = openKeyRing(keysFolder)
  const from = { issuer: 'bank-portal', instance: 'the bench' } as const
  // As the portal calls the core: what is called at once travels together.
  const callCore = batchCalls(
    createServiceClient({ ...from, baseUrl: coreUrl, keys }),
    coreBankingBatches,
  )
  const callers = scripts.map((payments) => (at: number) => {
    const payment = payments[at]
    return payment && execute(callCore, payment)
  })
  return { callers, seconds, end: () => {} }
})
