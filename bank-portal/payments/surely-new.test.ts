import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { findPayment } from '#shared/contracts/claim-server.ts'
import { NoAnswer, type ServiceClient } from '#shared/service-client.ts'
import { noteWhatIsNew } from './surely-new.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }))
afterEach(() => void vi.useRealTimers())

const asking = { params: { customerId: 'C-1', paymentId: 'P-1' } }
const open = () => noteWhatIsNew((async () => ({})) as unknown as ServiceClient)

test('a payment is surely new for a second after an answer of the claim server', async () => {
  const { callClaimServer, isSurelyNew } = open()
  expect(isSurelyNew('a')).toBe(false)
  await callClaimServer(findPayment, asking)
  vi.advanceTimersByTime(999)
  expect(isSurelyNew('b')).toBe(true)
  vi.advanceTimersByTime(1)
  expect(isSurelyNew('c')).toBe(false)
})

test('one that was confirmed here before is not, whatever became of it', async () => {
  const { callClaimServer, isSurelyNew } = open()
  isSurelyNew('a')
  await callClaimServer(findPayment, asking)
  expect(isSurelyNew('a')).toBe(false)
  expect(isSurelyNew('b')).toBe(true)
  expect(isSurelyNew('b')).toBe(false)
})

test('no answer says nothing', async () => {
  const { callClaimServer, isSurelyNew } = noteWhatIsNew(() =>
    Promise.reject(new NoAnswer('findPayment', 'not reachable')),
  )
  await expect(callClaimServer(findPayment, asking)).rejects.toThrow(NoAnswer)
  expect(isSurelyNew('a')).toBe(false)
})
