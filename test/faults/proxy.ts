import {
  Agent,
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request as sendRequest,
  type ServerResponse,
} from 'node:http'
import type { AddressInfo } from 'node:net'
import { withBatches } from '#shared/contracts/batch.ts'
import { allClaimServerCalls, claimServerBatches } from '#shared/contracts/claim-server-calls.ts'
import { coreBankingBatches, coreBankingCalls } from '#shared/contracts/core-banking.ts'
import type { AnyCall } from '#shared/contracts/call.ts'
import type { ProcessKind } from './build-services.ts'

/** A request on its way to a service. */
export interface Passing {
  to: ProcessKind
  /** The contract's name when a service calls; undefined for browsers, shops and keys. */
  call: string | undefined
  changes: boolean
  method: string
  path: string
  headers: IncomingHttpHeaders
  body: Buffer
}

export interface Answer {
  status: number
  headers: IncomingHttpHeaders
  body: Buffer
}

/** What happens on the wire. Each may take its time: then the request, or the answer, is late. */
export interface WireFault {
  /** 'lose': the request never arrives, and the caller's connection is cut. */
  onRequest?(passing: Passing): Promise<'lose' | void> | 'lose' | void
  /** 'drop': the service has done its work, and the caller's connection is cut. */
  onAnswer?(passing: Passing, answer: Answer): Promise<'drop' | void> | 'drop' | void
}

interface Replica {
  name: string
  port: number
}

/** One address for all replicas of a service, where faults of the network are made. */
export interface Proxy {
  url: string
  /** Sends a request to a replica, as if it had come; the answer goes through no fault. */
  forward(passing: Passing): Promise<Answer>
  close(): Promise<void>
}

interface Route {
  call: AnyCall
  method: string
  path: RegExp
}

const routesTo: Partial<Record<ProcessKind, Route[]>> = Object.fromEntries(
  Object.entries({
    'claim-server': withBatches(allClaimServerCalls, claimServerBatches),
    'core-banking': withBatches(coreBankingCalls, coreBankingBatches),
  }).map(([kind, calls]) => [
    kind,
    calls.map((call: AnyCall) => ({
      call,
      method: call.method,
      path: new RegExp(`^${call.path.replaceAll(/:\w+/g, '[^/]+')}(\\?|$)`),
    })),
  ]),
)

const findCall = (to: ProcessKind, method: string, path: string): AnyCall | undefined =>
  routesTo[to]?.find((route) => route.method === method && route.path.test(path))?.call

const readAll = async (stream: IncomingMessage): Promise<Buffer> => {
  const parts: Buffer[] = []
  for await (const part of stream) parts.push(part as Buffer)
  return Buffer.concat(parts)
}

const ofConnection = ['connection', 'keep-alive', 'transfer-encoding', 'host', 'content-length']

const passedOn = (headers: IncomingHttpHeaders): IncomingHttpHeaders =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !ofConnection.includes(name)))

/** Certain that nothing was sent: only then may another replica get the request. */
const isRefused = (error: unknown) =>
  error instanceof Error && 'code' in error && error.code === 'ECONNREFUSED'

const forwardTo = (
  { port }: Replica,
  agent: Agent,
  { method, path, headers, body }: Passing,
): Promise<Answer> =>
  new Promise((done, fail) => {
    const sending = sendRequest(
      {
        agent,
        host: '127.0.0.1',
        port,
        method,
        path,
        headers: { ...passedOn(headers), 'content-length': body.length },
        timeout: 60_000,
      },
      (response) => {
        readAll(response).then((answer) => {
          done({ status: response.statusCode ?? 502, headers: response.headers, body: answer })
        }, fail)
      },
    )
    sending.on('timeout', () => sending.destroy(new Error('no answer')))
    sending.on('error', fail)
    sending.end(body)
  })

const write = (response: ServerResponse, { status, headers, body }: Answer) => {
  response.writeHead(status, { ...passedOn(headers), 'content-length': body.length })
  response.end(body)
}

const badGateway: Answer = {
  status: 502,
  headers: { 'content-type': 'text/plain' },
  body: Buffer.from('Bad gateway'),
}

/**
 * A reverse proxy in front of the replicas, in turn, the live ones first. It goes on to another only
 * when the connection was refused, never after it has sent anything.
 */
export const startProxy = async (
  to: ProcessKind,
  replicas: readonly Replica[],
  { faults, isLive }: { faults: readonly WireFault[]; isLive: (name: string) => boolean },
): Promise<Proxy> => {
  const agents = new Map(
    replicas.map(({ name }) => [name, new Agent({ keepAlive: true, maxSockets: 200 })]),
  )
  let turn = 0

  const forward = async (passing: Passing): Promise<Answer> => {
    const first = turn++ % replicas.length
    const inTurn = [...replicas.slice(first), ...replicas.slice(0, first)]
    const inOrder = inTurn.toSorted((a, b) => Number(isLive(b.name)) - Number(isLive(a.name)))
    for (const replica of inOrder) {
      try {
        return await forwardTo(replica, agents.get(replica.name) as Agent, passing)
      } catch (error) {
        if (!isRefused(error)) return badGateway
      }
    }
    return badGateway
  }

  const pass = async (request: IncomingMessage, response: ServerResponse) => {
    const { method = '', url: path = '' } = request
    const call = findCall(to, method, path)
    const passing: Passing = {
      to,
      call: call?.name,
      changes: call?.changes ?? false,
      method,
      path,
      headers: request.headers,
      body: await readAll(request),
    }
    for (const fault of faults)
      if ((await fault.onRequest?.(passing)) === 'lose') return response.destroy()
    const answer = await forward(passing)
    for (const fault of faults)
      if ((await fault.onAnswer?.(passing, answer)) === 'drop') return response.destroy()
    if (!response.destroyed) write(response, answer)
  }

  const server = createServer({ keepAliveTimeout: 30_000 }, (request, response) => {
    pass(request, response).catch(() => response.destroy())
  })
  server.on('clientError', (_error, socket) => socket.destroy())
  await new Promise<void>((up) => server.listen(0, '127.0.0.1', up))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    forward,
    close: () =>
      new Promise((closed) => {
        for (const agent of agents.values()) agent.destroy()
        server.close(() => closed())
        server.closeAllConnections()
      }),
  }
}
