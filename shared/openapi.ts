import * as z from 'zod'
import type { AnyApp } from './any-app.ts'
import type { AnyCall } from './contracts/call.ts'
import { problems, type ProblemCode } from './errors.ts'
import { problem, problemType } from './problem.ts'

type Json = Record<string, unknown>

export interface OpenApiOptions {
  title: string
  /** The version of the API, not of the program. */
  version?: string
  description?: string
  calls: readonly AnyCall[]
  /** Operations beside the calls between services, such as a shops' API, in OpenAPI's own form. */
  paths?: Record<string, Json>
  /** More under `components`: security schemes of those paths. */
  components?: Record<string, Json>
}

/** The JSON Schema of what goes over the wire: what a reader of the schema accepts. */
export const wireSchema = (schema: z.ZodType): Json => {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io: 'input' })
  return rest
}

const openApiPath = (path: string) => path.replaceAll(/:([a-zA-Z]+)/g, '{$1}')

const parametersIn = (place: 'path' | 'query', schema: z.ZodObject | undefined): Json[] => {
  if (!schema) return []
  const { properties = {}, required = [] } = wireSchema(schema) as {
    properties?: Record<string, Json>
    required?: string[]
  }
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: property,
  }))
}

const problemAnswer = (code: ProblemCode): Json => ({
  description: `${problems[code].title} (${problemType(code)})`,
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
})

const anyProblem: Json = {
  description: 'A problem of one of the types that this service answers',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
}

const operationOf = (call: AnyCall): Json => {
  const parameters = [...parametersIn('path', call.params), ...parametersIn('query', call.query)]
  return {
    operationId: call.name,
    summary: call.summary,
    description: `Callers: ${call.callers.join(', ')}.${call.changes ? ' The token is spent with the effect.' : ''}`,
    security: [{ serviceToken: [] }],
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(call.body
      ? {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: wireSchema(call.body) } },
          },
        }
      : {}),
    responses: {
      200: {
        description: call.summary,
        content: { 'application/json': { schema: wireSchema(call.reply) } },
      },
      401: problemAnswer('unauthenticated'),
      ...(call.body || parameters.length > 0 ? { 422: problemAnswer('invalid') } : {}),
      default: anyProblem,
    },
  }
}

const pathsOf = (calls: readonly AnyCall[]): Record<string, Json> => {
  const paths: Record<string, Json> = {}
  for (const call of calls) {
    const path = openApiPath(call.path)
    paths[path] = { ...paths[path], [call.method.toLowerCase()]: operationOf(call) }
  }
  return paths
}

/** The OpenAPI 3.1 description of a service, made from the contracts that it validates with. */
export const describeApi = ({
  title,
  version = '1',
  description,
  calls,
  paths = {},
  components = {},
}: OpenApiOptions): Json => ({
  openapi: '3.1.0',
  info: { title, version, ...(description ? { description } : {}) },
  paths: { ...pathsOf(calls), ...paths },
  components: {
    ...components,
    schemas: { Problem: wireSchema(problem), ...components.schemas },
    securitySchemes: {
      serviceToken: {
        type: 'http',
        scheme: 'bearer',
        bearerFormat: 'JWT',
        description:
          'A token signed by the calling service for this one request: method, target, digest of the body; good for 30 seconds, and a call that changes something spends it.',
      },
      ...components.securitySchemes,
    },
  },
})

/**
 * Serves the description at /openapi.json. It is made once, when first asked for: made at the start it
 * is what a service that nobody asks for it needs most memory for.
 */
export const serveOpenApi = (app: AnyApp, options: () => OpenApiOptions): void => {
  let text: string | undefined
  app.get('/openapi.json', (c) => {
    text ??= JSON.stringify(describeApi(options()))
    return c.body(text, 200, {
      'content-type': 'application/json',
      'cache-control': 'public, max-age=300',
    })
  })
}
