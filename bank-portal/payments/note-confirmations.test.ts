import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { findPayment } from '#shared/contracts/claim-server.ts'
import { NoAnswer, type ServiceClient } from '#shared/service-client.ts'
import { noteConfirmations } from './note-confirmations.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }))
afterEach(() => void vi.useRealTimers())

const asking = { params: { customerId: 'C-1', paymentId: 'P-1' } }
const open = () => noteConfirmations((async () => ({})) as unknown as ServiceClient)

test('a payment is surely new for a second after an answer of the claim server', async () => {
  const { callClaimServer, noteConfirmation } = open()
  expect(noteConfirmation('a')).toBe('perhaps known')
  await callClaimServer(findPayment, asking)
  vi.advanceTimersByTime(999)
  expect(noteConfirmation('b')).toBe('surely new')
  vi.advanceTimersByTime(1)
  expect(noteConfirmation('c')).toBe('perhaps known')
})

test('one that was confirmed here before is told as such, whatever became of it', async () => {
  const { callClaimServer, noteConfirmation } = open()
  noteConfirmation('a')
  await callClaimServer(findPayment, asking)
  expect(noteConfirmation('a')).toBe('confirmed before')
  expect(noteConfirmation('b')).toBe('surely new')
  expect(noteConfirmation('b')).toBe('confirmed before')
})

test('no answer says nothing', async () => {
  const { callClaimServer, noteConfirmation } = noteConfirmations(() =>
    Promise.reject(new NoAnswer('findPayment', 'not reachable')),
  )
  await expect(callClaimServer(findPayment, asking)).rejects.toThrow(NoAnswer)
  expect(noteConfirmation('a')).toBe('perhaps known')
})
