import type * as z from 'zod'
import { type ProblemCode, problems } from '#shared/errors.ts'
import { wireSchema } from '#shared/openapi.ts'
import { batchClaim, batchResult, claimBatch } from '#shared/contracts/billers.ts'
import {
  cancellation,
  newOrder,
  orderPage,
  orderQuery,
  revival,
} from '#shared/contracts/shop-api.ts'

type Json = Record<string, unknown>

const schemaRef = (name: string) => ({ $ref: `#/components/schemas/${name}` })
const json = (schema: Json) => ({ content: { 'application/json': { schema } } })

/** The schemas that have a name (`meta({ id })`), where OpenAPI looks for them. */
const namedSchemas = (schemas: readonly z.ZodType[]): Json => {
  const definitions = schemas.map((schema) => (wireSchema(schema) as { $defs?: Json }).$defs)
  const text = JSON.stringify(Object.assign({}, ...definitions))
  return JSON.parse(text.replaceAll('#/$defs/', '#/components/schemas/')) as Json
}

const header = (description: string, schema: Json = { type: 'string' }) => ({ description, schema })
const requestIdHeader = { 'X-Request-ID': header('The request’s id, as sent or made here.') }
const etagHeader = { ETag: header('The revision of the order as answered, for If-Match.') }
const keptHeaders = {
  Location: header('The address of the order.'),
  'Idempotency-Replayed': header('"true" on a repeat.'),
}

const refusals = (...codes: ProblemCode[]): Json => {
  const byStatus = new Map<number, ProblemCode[]>()
  for (const code of codes) {
    const { status } = problems[code]
    byStatus.set(status, [...(byStatus.get(status) ?? []), code])
  }
  return Object.fromEntries(
    [...byStatus].map(([status, same]) => [
      status,
      {
        description: same.map((code) => `${problems[code].title} (/problems/${code})`).join('; '),
        headers: requestIdHeader,
        content: { 'application/problem+json': { schema: schemaRef('Problem') } },
      },
    ]),
  )
}

const always = ['unauthenticated', 'too-many-requests', 'unavailable'] as const

const queryParameters = (schema: z.ZodObject): Json[] => {
  const { properties = {} } = wireSchema(schema) as { properties?: Record<string, Json> }
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: 'query',
    required: false,
    schema: property,
  }))
}

const orderNumberParameter = {
  name: 'orderNumber',
  in: 'path',
  required: true,
  description: 'As printed, or without its dashes, in either case.',
  schema: { type: 'string', examples: ['3F8T-Q1ZD-H'] },
}

const idempotencyKeyParameter = {
  name: 'Idempotency-Key',
  in: 'header',
  required: true,
  description:
    'One value per order that you mean to make, the same for every retry; bare or quoted. Answers are kept for 30 days.',
  schema: { type: 'string', minLength: 1, maxLength: 257 },
}

const shopKey = [{ shopKey: [] }]

const createOrder = {
  operationId: 'createOrder',
  summary: 'Hand in an order',
  description:
    'The answer holds the entry link to which the shop sends its customer’s browser. The same shopOrderRef with the same content answers the order that exists.',
  security: shopKey,
  parameters: [idempotencyKeyParameter],
  requestBody: { required: true, ...json(schemaRef('NewOrder')) },
  responses: {
    200: {
      description: 'The order exists with this content.',
      headers: { ...requestIdHeader, ...etagHeader, ...keptHeaders },
      ...json(schemaRef('Order')),
    },
    201: {
      description: 'The order is stored as provisional.',
      headers: { ...requestIdHeader, ...etagHeader, ...keptHeaders },
      ...json(schemaRef('Order')),
    },
    ...refusals(
      'malformed',
      'idempotency-key-missing',
      'forbidden',
      'order-exists',
      'in-progress',
      'too-large',
      'unsupported-media-type',
      'invalid',
      'idempotency-key-reused',
      ...always,
    ),
  },
}

const listOrders = () => ({
  operationId: 'listOrders',
  summary: 'List orders, newest first',
  security: shopKey,
  parameters: queryParameters(orderQuery),
  responses: {
    200: {
      description: 'One page.',
      headers: { ...requestIdHeader, Link: header('The next page, as rel="next" (RFC 8288).') },
      ...json(schemaRef('OrderPage')),
    },
    ...refusals('invalid', ...always),
  },
})

const findOrder = {
  operationId: 'findOrder',
  summary: 'Read one order',
  security: shopKey,
  parameters: [orderNumberParameter],
  responses: {
    200: {
      description: 'The order as it is now.',
      headers: { ...requestIdHeader, ...etagHeader },
      ...json(schemaRef('Order')),
    },
    304: { description: 'Unchanged since the ETag in If-None-Match.' },
    ...refusals('not-found', ...always),
  },
}

const cancelOrder = {
  operationId: 'cancelOrder',
  summary: 'Cancel an order that is not paid',
  description: 'A repeat answers the cancelled order. The customer who had accepted it is told.',
  security: shopKey,
  parameters: [
    orderNumberParameter,
    {
      name: 'If-Match',
      in: 'header',
      required: false,
      description: 'The ETag last read: the order is cancelled only if nothing has changed.',
      schema: { type: 'string' },
    },
  ],
  requestBody: { required: false, ...json(schemaRef('Cancellation')) },
  responses: {
    200: {
      description: 'The order is cancelled.',
      headers: { ...requestIdHeader, ...etagHeader },
      ...json(schemaRef('Order')),
    },
    ...refusals(
      'malformed',
      'not-found',
      'claim-settled',
      'claim-in-payment',
      'claim-not-open',
      'claim-expired',
      'stale',
      'too-large',
      'invalid',
      ...always,
    ),
  },
}

const ifMatchParameter = {
  name: 'If-Match',
  in: 'header',
  required: false,
  description: 'The ETag last read: the order is changed only if nothing else has changed it.',
  schema: { type: 'string' },
}

const reviveOrder = {
  operationId: 'reviveOrder',
  summary: 'Open an expired order again',
  description:
    'Within 30 days of its expiry, under the same number, with a new limit. The customer is told, and warned again. A repeat answers the order; Location and Idempotency-Replayed come with an Idempotency-Key.',
  security: shopKey,
  parameters: [
    orderNumberParameter,
    { ...idempotencyKeyParameter, required: false },
    ifMatchParameter,
  ],
  requestBody: { required: true, ...json(schemaRef('Revival')) },
  responses: {
    200: {
      description: 'The order can be paid again.',
      headers: { ...requestIdHeader, ...etagHeader, ...keptHeaders },
      ...json(schemaRef('Order')),
    },
    ...refusals(
      'malformed',
      'forbidden',
      'not-found',
      'claim-settled',
      'claim-in-payment',
      'claim-not-open',
      'in-progress',
      'claim-expired',
      'stale',
      'too-large',
      'unsupported-media-type',
      'invalid',
      'idempotency-key-reused',
      ...always,
    ),
  },
}

const sendClaimBatch = {
  operationId: 'sendClaimBatch',
  summary: 'Send claims without a purchase, as a biller',
  description:
    'At most 1,000 claims and 2 MiB. Each row has its own result, numbered from 0. The same batch again gets the same answer; nothing of it is stored twice. A claim reaches the customer who linked that customer number, or waits until one does.',
  security: shopKey,
  requestBody: { required: true, ...json(schemaRef('ClaimBatch')) },
  responses: {
    200: {
      description: 'The result of each row.',
      headers: {
        ...requestIdHeader,
        Location: header('The address of this result.'),
        'Idempotency-Replayed': header('"true" on a repeat.'),
      },
      ...json(schemaRef('BatchResult')),
    },
    ...refusals(
      'malformed',
      'forbidden',
      'batch-exists',
      'too-large',
      'unsupported-media-type',
      'invalid',
      ...always,
    ),
  },
}

const findClaimBatch = {
  operationId: 'findClaimBatch',
  summary: 'Read the result of a batch',
  security: shopKey,
  parameters: [
    { name: 'batchRef', in: 'path', required: true, schema: { type: 'string', maxLength: 64 } },
  ],
  responses: {
    200: {
      description: 'The result of each row.',
      headers: requestIdHeader,
      ...json(schemaRef('BatchResult')),
    },
    ...refusals('not-found', ...always),
  },
}

/** The shops' API for the service's OpenAPI description, from the schemas that it validates with. */
export const shopApiPaths = (): Record<string, Json> => ({
  '/v1/orders': { post: createOrder, get: listOrders() },
  '/v1/orders/{orderNumber}': { get: findOrder },
  '/v1/orders/{orderNumber}/cancel': { post: cancelOrder },
  '/v1/orders/{orderNumber}/revive': { post: reviveOrder },
  '/v1/claim-batches': { post: sendClaimBatch },
  '/v1/claim-batches/{batchRef}': { get: findClaimBatch },
})

export const shopApiComponents = (): Record<string, Json> => ({
  schemas: namedSchemas([
    newOrder,
    orderPage,
    cancellation,
    revival,
    batchClaim,
    claimBatch,
    batchResult,
  ]),
  securitySchemes: {
    shopKey: {
      type: 'http',
      scheme: 'bearer',
      description: 'The shop’s API key: ck_<public part>_<secret>.',
    },
  },
})
