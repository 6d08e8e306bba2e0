import { sql } from 'drizzle-orm'
import { pgSchema } from 'drizzle-orm/pg-core'
import { Hono } from 'hono'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as z from 'zod'
import { type FreshDatabase, freshDatabase } from '../test/support/database.ts'
import { defineCall } from './contracts/call.ts'
import { openDatabase } from './database.ts'
import { AppError } from './errors.ts'
import { answerProblem, toAppError } from './problem.ts'
import { serveCall, trustPeers } from './service-routes.ts'
import { signServiceToken } from './service-token.ts'
import { spendToken, spentTokensTable, sweepSpentTokens } from './spent-tokens.ts'
import {
  keysByFetch,
  makeRing,
  peerAddresses,
  recordLog,
  temporaryFolder,
  type TestRing,
} from './testing/key-rings.ts'

const spentTokens = spentTokensTable(pgSchema('core_banking'))
const folder = temporaryFolder()
const { log } = recordLog('silent')
let database: FreshDatabase
let portal: TestRing
let core: TestRing

beforeAll(async () => {
  database = await freshDatabase('mock-core-banking')
  portal = await makeRing(folder.dir, 'bank-portal')
  core = await makeRing(folder.dir, 'core-banking')
})
afterAll(async () => {
  await database.close()
  folder[Symbol.dispose]()
})

const call = defineCall({
  name: 'changeThing',
  summary: 'Change a thing',
  callee: 'core-banking',
  callers: ['bank-portal'],
  method: 'POST',
  path: '/things',
  changes: true,
  body: z.strictObject({ refuse: z.boolean() }),
  reply: z.object({}),
})

/** One replica of a service: own process in real life, own connections here. */
const openReplica = (url = database.url) => {
  const { db, close } = openDatabase(url, { max: 5 })
  const app = new Hono()
  app.onError((error, c) => answerProblem(c, toAppError(error, log)))
  const trust = trustPeers('core-banking', core.ring, peerAddresses, {
    fetch: keysByFetch({ 'bank-portal': portal.ring }).fetch,
  })
  serveCall(app, { trust, log }, call, async ({ body, caller }) => {
    await db.transaction((tx) => spendToken(tx, spentTokens, caller))
    if (body.refuse) throw new AppError('claim-settled')
    return {}
  })
  return { app, close }
}

const sign = (body: string) =>
  signServiceToken(
    portal.ring,
    { method: 'POST', target: '/things', body },
    { issuer: 'bank-portal', audience: 'core-banking', instance: 'test' },
  )

const present = async ({ app }: { app: Hono }, token: string, body: string) => {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const answer = await app.request('/things', { method: 'POST', headers, body })
  return answer.status
}

test('500 tokens presented 30 times each to three replicas are accepted 500 times', async () => {
  const replicas = [openReplica(), openReplica(), openReplica()] as const
  const body = '{"refuse":false}'
  const perToken: number[] = []
  const statuses = new Set<number>()
  for (let batch = 0; batch < 10; batch++) {
    const tokens = await Promise.all(Array.from({ length: 50 }, () => sign(body)))
    const presented = tokens.flatMap((token) =>
      Array.from({ length: 30 }, async (_unused, time) => {
        const status = await present(replicas[time % 3] ?? replicas[0], token, body)
        return { token, status }
      }),
    )
    const answers = await Promise.all(presented)
    for (const { status } of answers) statuses.add(status)
    for (const token of tokens)
      perToken.push(answers.filter((one) => one.token === token && one.status === 200).length)
  }
  await Promise.all(replicas.map(({ close }) => close()))
  expect(perToken).toEqual(Array.from({ length: 500 }, () => 1))
  expect(statuses).toEqual(new Set([200, 401]))
}, 120_000)

test('a token whose call was refused is spent as well', async () => {
  const replica = openReplica()
  const body = '{"refuse":true}'
  const token = await sign(body)
  expect(await present(replica, token, body)).toBe(409)
  expect(await present(replica, token, body)).toBe(401)
  await replica.close()
})

test('the token of a change that was rolled back is not spent', async () => {
  const caller = {
    issuer: 'bank-portal' as const,
    tokenId: 'rolled-back',
    expiresAt: new Date(Date.now() + 1000),
    onBehalfOf: undefined,
    correlationId: undefined,
  }
  await expect(
    database.db.transaction(async (tx) => {
      await spendToken(tx, spentTokens, caller)
      throw new Error('the change failed')
    }),
  ).rejects.toThrow('the change failed')
  await database.db.transaction((tx) => spendToken(tx, spentTokens, caller))
})

test('without the database nothing is accepted', async () => {
  const replica = openReplica(database.url.replace(/:\d+\//, ':1/'))
  const body = '{"refuse":false}'
  expect(await present(replica, await sign(body), body)).toBe(503)
  await replica.close()
})

test('sweeping keeps every token that a slow clock could still accept', async () => {
  const replica = openReplica()
  const body = '{"refuse":false}'
  const token = await sign(body)
  await present(replica, token, body)
  await database.db.execute(
    sql`insert into core_banking.spent_tokens (issuer, token_id, expires_at)
      values ('bank-portal', 'long ago', now() - interval '1 second')`,
  )
  await sweepSpentTokens(database.db, spentTokens)
  const { rows: left, longAgo } = await readSpent()
  expect(longAgo).toBe(false)
  expect(left.some(({ seconds }) => seconds > 300)).toBe(true)
  expect(await present(replica, token, body)).toBe(401)
  await replica.close()
})

const readSpent = async () => {
  const rows = await database.db.execute<{ token_id: string; seconds: number }>(
    sql`select token_id, extract(epoch from expires_at - now())::int as seconds from core_banking.spent_tokens`,
  )
  return { rows: [...rows], longAgo: rows.some((row) => row.token_id === 'long ago') }
}
