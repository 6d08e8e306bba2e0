import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { findPayment } from '#shared/contracts/claim-server.ts'
import { NoAnswer, type ServiceClient } from '#shared/service-client.ts'
import { noteAnswers } from './answered-lately.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }))
afterEach(() => void vi.useRealTimers())

const asking = { params: { customerId: 'C-1', paymentId: 'P-1' } }

test('a peer has answered lately for a second after an answer', async () => {
  const { send, hasAnsweredLately } = noteAnswers((async () => ({})) as unknown as ServiceClient)
  expect(hasAnsweredLately()).toBe(false)
  await send(findPayment, asking)
  vi.advanceTimersByTime(999)
  expect(hasAnsweredLately()).toBe(true)
  vi.advanceTimersByTime(1)
  expect(hasAnsweredLately()).toBe(false)
})

test('no answer is none', async () => {
  const { send, hasAnsweredLately } = noteAnswers(() =>
    Promise.reject(new NoAnswer('findPayment', 'not reachable')),
  )
  await expect(send(findPayment, asking)).rejects.toThrow(NoAnswer)
  expect(hasAnsweredLately()).toBe(false)
})
