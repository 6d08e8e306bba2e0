import type * as z from 'zod'
import type { Service } from '../service-token.ts'

type Fields = z.ZodObject
type None = undefined

/** One call between services: what the caller sends, what the callee answers, who may call. */
export interface Call<
  Params extends Fields | None = Fields | None,
  Query extends Fields | None = Fields | None,
  Body extends z.ZodType | None = z.ZodType | None,
  Reply extends z.ZodType = z.ZodType,
> {
  /** The operation's name in OpenAPI, such as "listClaims". */
  name: string
  summary: string
  callee: Service
  callers: readonly Service[]
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Hono path: "/customers/:customerId/claims". */
  path: string
  /** A call that changes something spends its token's `jti` in the transaction of its effect. */
  changes: boolean
  /** It may take longer than its caller otherwise waits. */
  timeoutMs?: number
  /** The callee counts these calls by what they ask for: its 429 is an answer, not a peer's limit. */
  ownLimit?: true
  params?: Params
  query?: Query
  body?: Body
  reply: Reply
}

export type AnyCall = Call

type Out<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined
type In<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined

/** What the callee's handler receives, parsed. */
export type Received<C> =
  C extends Call<infer Params, infer Query, infer Body, z.ZodType>
    ? { params: Out<Params>; query: Out<Query>; body: Out<Body> }
    : never

type Given<Key extends string, Value> = Value extends undefined
  ? { [K in Key]?: undefined }
  : { [K in Key]: Value }

/** What the caller passes; parts that the contract has none of are left out. */
export type Sent<C> =
  C extends Call<infer Params, infer Query, infer Body, z.ZodType>
    ? Given<'params', In<Params>> &
        Given<'query', Query extends z.ZodType ? z.input<Query> : undefined> &
        Given<'body', In<Body>>
    : never

/** The reply in code: amounts as bigint, instants as the contract says. */
export type ReplyOf<C> = C extends { reply: infer Reply extends z.ZodType }
  ? z.output<Reply>
  : never

/** Declares a call. Caller, callee and mocks all use this one value. */
export const defineCall = <
  Params extends Fields | None = undefined,
  Query extends Fields | None = undefined,
  Body extends z.ZodType | None = undefined,
  Reply extends z.ZodType = z.ZodType,
>(
  call: Call<Params, Query, Body, Reply>,
): Call<Params, Query, Body, Reply> => call
