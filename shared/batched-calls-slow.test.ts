import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import * as z from 'zod'
import { batchCalls, createTurns, type Turns } from './batched-calls.ts'
import { mostOfBatch } from './contracts/batch.ts'
import { type AnyCall, defineCall } from './contracts/call.ts'
import { NoAnswer, type ServiceClient } from './service-client.ts'

const call = defineCall({
  name: 'payThing',
  summary: 'Pay a thing',
  callee: 'core-banking',
  callers: ['bank-portal'],
  method: 'POST',
  path: '/things/:id/payments',
  changes: true,
  params: z.object({ id: z.string() }),
  reply: z.object({ paid: z.string() }),
})
const other = defineCall({ ...call, name: 'returnThing', path: '/things/:id/returns' })

describe('while one batch is under way', () => {
  interface Asked {
    name: string
    ids: string[]
    answer: () => Promise<void>
    lose: () => Promise<void>
  }
  let asked: Asked[]
  let ask: (id: string, of?: AnyCall) => Promise<unknown>
  let openClient: (turns?: Turns) => void

  const settled = () => new Promise((resolve) => setImmediate(resolve))
  const reply = { paid: 'all' }

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
    asked = []
    const send = ((sentCall: AnyCall, sent: { params?: { id: string }; body?: unknown }) =>
      new Promise((resolve, reject) => {
        const items = sent.params
          ? [sent as { params: { id: string } }]
          : (sent.body as { items: { params: { id: string } }[] }).items
        asked.push({
          name: sentCall.name,
          ids: items.map(({ params }) => params.id),
          async answer() {
            resolve(sent.params ? reply : { answers: items.map(() => ({ reply })) })
            await settled()
          },
          async lose() {
            reject(new NoAnswer(sentCall.name, 'not reachable'))
            await settled()
          },
        })
      })) as unknown as ServiceClient
    openClient = (turns) => {
      const client = batchCalls(send, [call, other], turns)
      ask = (id, of = call) => {
        const answer = client(of, { params: { id } } as never)
        answer.catch(() => {})
        return answer
      }
    }
    openClient()
  })
  afterEach(() => vi.useRealTimers())

  const idsOf = () => asked.map((one) => one.ids)
  const passMs = async (milliseconds: number) => {
    await vi.advanceTimersByTimeAsync(milliseconds)
    await settled()
  }

  test('those that come go together when it is answered, in their order', async () => {
    void ask('a')
    await settled()
    for (const id of ['b', 'c', 'd']) void ask(id)
    await settled()
    expect(idsOf()).toEqual([['a']])
    await asked[0]?.answer()
    expect(idsOf()).toEqual([['a'], ['b', 'c', 'd']])
  })

  test('and when it is lost, the next goes all the same', async () => {
    const first = ask('a')
    await settled()
    const next = ask('b')
    await asked[0]?.lose()
    await asked[1]?.answer()
    await expect(first).rejects.toThrow(NoAnswer)
    await expect(next).resolves.toEqual(reply)
  })

  test('and slow, the next waits a tenth of a second and no longer', async () => {
    void ask('a')
    await settled()
    void ask('b')
    await settled()
    await passMs(60)
    void ask('c')
    await passMs(39)
    expect(idsOf()).toEqual([['a']])
    await passMs(1)
    expect(idsOf()).toEqual([['a'], ['b', 'c']])
    void ask('d')
    await settled()
    await passMs(100)
    expect(idsOf()).toEqual([['a'], ['b', 'c'], ['d']])
  })

  test('and slow, those that it could not carry wait no longer than that either', async () => {
    const ids = Array.from({ length: 2 * mostOfBatch + 3 }, (_, at) => `n${at}`)
    for (const id of ids) void ask(id)
    await settled()
    expect(idsOf().map((some) => some.length)).toEqual([mostOfBatch])
    await passMs(100)
    expect(idsOf().map((some) => some.length)).toEqual([mostOfBatch, mostOfBatch, 3])
    expect(idsOf().flat()).toEqual(ids)
  })

  test('another one that ends does not make the waiting ones wait anew', async () => {
    void ask('a')
    await settled()
    void ask('b')
    await passMs(100)
    void ask('c')
    await settled()
    await passMs(90)
    await asked[1]?.answer()
    await passMs(10)
    expect(idsOf()).toEqual([['a'], ['b'], ['c']])
  })

  test('calls of another kind don’t wait for it', async () => {
    void ask('a')
    void ask('b', other)
    await settled()
    expect(asked.map((one) => one.name)).toEqual(['payThing', 'returnThing'])
  })

  test('kinds that share turns go one after the other, the longest line first', async () => {
    openClient(createTurns({ atOnce: 1 }))
    void ask('a')
    await settled()
    void ask('b')
    for (const id of ['c', 'd']) void ask(id, other)
    await settled()
    expect(idsOf()).toEqual([['a']])
    await asked[0]?.answer()
    expect(idsOf()).toEqual([['a'], ['c', 'd']])
    await asked[1]?.answer()
    expect(idsOf()).toEqual([['a'], ['c', 'd'], ['b']])
  })

  test('while another is under way, one that is not full waits a little for more', async () => {
    openClient(createTurns({ atOnce: 2, gatherMs: 10 }))
    void ask('a')
    await settled()
    void ask('b', other)
    await settled()
    await passMs(9)
    void ask('c', other)
    await settled()
    expect(idsOf()).toEqual([['a']])
    await passMs(1)
    expect(idsOf()).toEqual([['a'], ['b', 'c']])
  })

  test('one that is full goes at once, and so does one with no other under way', async () => {
    openClient(createTurns({ atOnce: 2, gatherMs: 10 }))
    const full = Array.from({ length: mostOfBatch }, (_, at) => `b${at}`)
    void ask('a')
    await settled()
    for (const id of full) void ask(id, other)
    await settled()
    expect(idsOf()).toEqual([['a'], full])
    await asked[0]?.answer()
    await asked[1]?.answer()
    void ask('c')
    await settled()
    expect(idsOf()).toEqual([['a'], full, ['c']])
  })

  test('nor does a turn that is not over keep another kind for more than a tenth of a second', async () => {
    openClient(createTurns({ atOnce: 1 }))
    void ask('a')
    await settled()
    void ask('b', other)
    await settled()
    await passMs(99)
    expect(idsOf()).toEqual([['a']])
    await passMs(1)
    expect(idsOf()).toEqual([['a'], ['b']])
  })

  test('a batch that is lost leaves each of its calls without an answer, by the call’s own name', async () => {
    const both = [ask('a'), ask('b')]
    await settled()
    await asked[0]?.lose()
    expect(asked[0]?.name).toBe('payThingBatch')
    expect(
      await Promise.all(both.map((one) => one.catch((error: unknown) => error))),
    ).toMatchObject([
      { name: 'NoAnswer', call: 'payThing' },
      { name: 'NoAnswer', call: 'payThing' },
    ])
    expect(asked).toHaveLength(1)
  })
})
