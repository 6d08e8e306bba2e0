import type { AnyCall, ReplyOf, Sent } from '#shared/contracts/call.ts'
import { AppError } from '#shared/errors.ts'
import type { StaffReconciliation } from '#shared/contracts/staff.ts'
import type { KeyRing } from '#shared/keys.ts'
import { createServiceClient, NoAnswer } from '#shared/service-client.ts'
import type { Service } from '#shared/service-token.ts'
import { payerOf } from '../support/payer-of.ts'
import type { TestClock } from '../support/start-system.ts'
import type { ShopName } from './world.ts'

/** The two services, as they really are or as mocks. */
export interface Side {
  name: 'the services' | 'the mocks'
  keys: Record<Service, KeyRing>
  urls: Record<'core-banking' | 'claim-server', string>
  fetch: typeof fetch
  clock: TestClock
  /** Bytes for numbers that the cases make up: both sides draw the same ones. */
  draw(size: number): Uint8Array
  /** A case begins: its numbers are those of no other, however many the one before drew. */
  begin(at: number): void
  apiKeys: Record<ShopName, string>
  shopIds: Record<ShopName | 'coffee', string>
  /** What time does by itself: orders are abandoned, claims expire. */
  letTimePass(): Promise<void>
  /** What the outbox does by itself: mails that wait are sent, or refused for these addresses. */
  deliverMails(refused?: readonly string[]): Promise<void>
  /** Claims and money were compared, and this was found. */
  addReconciliation(made: Pick<StaffReconciliation, 'extent' | 'differences'>): Promise<void>
  close(): Promise<void>
}

/** What one call or request was answered. */
export interface Answer {
  call: string
  reply?: unknown
  refused?: { code: string; pointers: string[] }
  noAnswer?: string
}

export interface AskOptions {
  /** Who calls; the first of the contract's callers unless said otherwise. */
  as?: Service
  /** The customer in path, body or instruction unless said otherwise. */
  onBehalfOf?: string
}

export interface HttpRequest {
  method?: string
  headers?: Record<string, string>
  body?: string
}

export interface HttpAnswer {
  status: number
  headers: Record<string, string>
  body: unknown
}

/** What a case works with: a side, whose every answer is written down. */
export interface Bench extends Side {
  /** Asks by contract: the reply, or the thrown refusal. */
  ask<C extends AnyCall>(call: C, sent: Sent<C>, options?: AskOptions): Promise<ReplyOf<C>>
  /** Sends any request. */
  request(
    service: 'core-banking' | 'claim-server',
    path: string,
    request?: HttpRequest,
  ): Promise<HttpAnswer>
  answers: Answer[]
}

const customerOf = (sent: unknown): string | undefined => {
  const { params, body } = sent as Record<
    'params' | 'body',
    { customerId?: string; instruction?: string } | undefined
  >
  return params?.customerId ?? body?.customerId ?? payerOf(body?.instruction)
}

const toAnswer = (call: string, error: unknown): Answer => {
  if (error instanceof AppError)
    return { call, refused: { code: error.code, pointers: error.errors.map((one) => one.pointer) } }
  if (error instanceof NoAnswer) return { call, noAnswer: error.message }
  throw error
}

const shownHeaders = [
  'allow',
  'content-type',
  'etag',
  'idempotency-replayed',
  'link',
  'location',
  'retry-after',
  'www-authenticate',
]

const readBody = (text: string, type: string | null): unknown =>
  type?.includes('json') && text !== '' ? JSON.parse(text) : text

/** Writes down what a side answers from now on. */
export const openBench = (side: Side): Bench => {
  const answers: Answer[] = []
  return {
    ...side,
    answers,
    async ask(call, sent, options = {}) {
      const issuer = options.as ?? call.callers[0] ?? 'bank-portal'
      const onBehalfOf = options.onBehalfOf ?? customerOf(sent)
      const client = createServiceClient({
        issuer,
        baseUrl: side.urls[call.callee as 'core-banking' | 'claim-server'],
        keys: side.keys[issuer],
        instance: 'contract',
        fetch: side.fetch,
      })
      try {
        const context = onBehalfOf === undefined ? {} : { onBehalfOf }
        const reply = await client(call, sent, context)
        answers.push({ call: call.name, reply })
        return reply
      } catch (error) {
        answers.push(toAnswer(call.name, error))
        throw error
      }
    },
    async request(service, path, { method = 'GET', headers = {}, body } = {}) {
      const response = await side.fetch(side.urls[service] + path, {
        method,
        headers,
        ...(body === undefined ? {} : { body }),
      })
      const shown = shownHeaders.flatMap((name) => {
        const value = response.headers.get(name)
        return value === null ? [] : [[name, value] as const]
      })
      const answer = {
        status: response.status,
        headers: Object.fromEntries(shown),
        body: readBody(await response.text(), response.headers.get('content-type')),
      }
      answers.push({ call: `${method} ${path}`, reply: answer })
      return answer
    },
  }
}

/** One rule that both sides keep. */
export interface ContractCase {
  rule: string
  run(bench: Bench): Promise<void>
}

export interface ContractGroup {
  of: string
  cases: ContractCase[]
}
