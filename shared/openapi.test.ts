import { Hono } from 'hono'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { defineCall } from './contracts/call.ts'
import { coreBankingCalls } from './contracts/core-banking.ts'
import { allClaimServerCalls } from './contracts/claim-server-calls.ts'
import { amountMinor, instant, uuid } from './contracts/fields.ts'
import { describeApi, serveOpenApi } from './openapi.ts'

const payThing = defineCall({
  name: 'payThing',
  summary: 'Pay a thing',
  callee: 'core-banking',
  callers: ['bank-portal'],
  method: 'PUT',
  path: '/things/:thingId/payments',
  changes: true,
  params: z.object({ thingId: uuid }),
  query: z.object({
    limit: z.coerce.number().int().min(1).default(10),
    cursor: z.string().optional(),
  }),
  body: z.strictObject({ amountMinor }),
  reply: z.object({ paidAt: instant, amountMinor }),
})

interface Content {
  content: { 'application/json': { schema: { properties: Record<string, unknown> } } }
}

interface Operation {
  parameters: unknown[]
  requestBody: Content
  responses: { 200: Content }
}

const operation = (): Operation => {
  const { paths } = describeApi({ title: 'Things', calls: [payThing] }) as {
    paths: Record<string, { put: Operation }>
  }
  const found = paths['/things/{thingId}/payments']
  if (!found) throw new Error('the path is not described')
  return found.put
}

describe('the description of a call', () => {
  test('has its path and query parameters, the path ones required', () => {
    expect(operation().parameters).toMatchObject([
      { name: 'thingId', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } },
      { name: 'limit', in: 'query', required: false, schema: { type: 'integer', minimum: 1 } },
      { name: 'cursor', in: 'query', required: false },
    ])
  })

  test('shows amounts as integers and instants as text, as they go over the wire', () => {
    const sent = operation().requestBody.content['application/json'].schema
    expect(sent.properties.amountMinor).toMatchObject({ type: 'integer', minimum: 1 })
    expect(sent).toMatchObject({ additionalProperties: false, required: ['amountMinor'] })
    const reply = operation().responses[200].content['application/json'].schema
    expect(reply.properties.paidAt).toMatchObject({ type: 'string', format: 'date-time' })
  })

  test('names the refusals that every call has', () => {
    expect(Object.keys(operation().responses)).toEqual(['200', '401', '422', 'default'])
  })
})

test.each([
  ['core banking', coreBankingCalls],
  ['the claim server', allClaimServerCalls],
])('every call of %s is described, under a name of its own', (_service, calls) => {
  const { paths } = describeApi({ title: 'All', calls }) as {
    paths: Record<string, Record<string, { operationId: string }>>
  }
  const names = Object.values(paths).flatMap((methods) =>
    Object.values(methods).map((one) => one.operationId),
  )
  expect(names.toSorted()).toEqual(calls.map((call) => call.name).toSorted())
})

test('the description is served as JSON, with operations beside the calls', async () => {
  const app = new Hono()
  serveOpenApi(app, () => ({
    title: 'Things',
    calls: [payThing],
    paths: { '/v1/orders': { post: { operationId: 'createOrder' } } },
  }))
  const response = await app.request('/openapi.json')
  expect(response.headers.get('content-type')).toBe('application/json')
  const described = (await response.json()) as { openapi: string; paths: object }
  expect(described.openapi).toBe('3.1.0')
  expect(Object.keys(described.paths)).toEqual(['/things/{thingId}/payments', '/v1/orders'])
})
