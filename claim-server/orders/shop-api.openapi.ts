import type { z } from 'zod'
import { type ProblemCode, problems } from '#shared/errors.ts'
import { wireSchema } from '#shared/openapi.ts'
import { cancellation, newOrder, orderPage, orderQuery } from '#shared/contracts/shop-api.ts'

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
const etagHeader = { ETag: header('The revision of the order, for If-Match.') }
const locationHeader = { Location: header('The address of the order.') }

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
      headers: { ...requestIdHeader, ...locationHeader },
      ...json(schemaRef('Order')),
    },
    201: {
      description: 'The order is stored as provisional.',
      headers: {
        ...requestIdHeader,
        ...locationHeader,
        'Idempotency-Replayed': header('"true" on a repeat.'),
      },
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

const listOrders = {
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
}

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

/** The shops' API for the service's OpenAPI description, from the schemas that it validates with. */
export const shopApiPaths: Record<string, Json> = {
  '/v1/orders': { post: createOrder, get: listOrders },
  '/v1/orders/{orderNumber}': { get: findOrder },
  '/v1/orders/{orderNumber}/cancel': { post: cancelOrder },
}

export const shopApiComponents: Record<string, Json> = {
  schemas: namedSchemas([newOrder, orderPage, cancellation]),
  securitySchemes: {
    shopKey: {
      type: 'http',
      scheme: 'bearer',
      description: 'The shop’s API key: ck_<public part>_<secret>.',
    },
  },
}
