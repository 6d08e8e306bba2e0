import { decodeJwt } from 'jose'
import type { AnyCall } from '#shared/contracts/call.ts'
import { allClaimServerCalls } from '#shared/contracts/claim-server-calls.ts'
import { coreBankingCalls } from '#shared/contracts/core-banking.ts'
import type { KeyRing } from '#shared/keys.ts'
import { type Service, signServiceToken } from '#shared/service-token.ts'

const calls: readonly AnyCall[] = [...coreBankingCalls, ...allClaimServerCalls]

const patternOf = (path: string) => new RegExp(`^${path.replaceAll(/:[a-zA-Z]+/g, '[^/]+')}$`)

const findCall = (callee: Service, method: string, path: string) =>
  calls
    .filter((call) => call.callee === callee && call.method === method)
    // "/staff/own-password" before "/staff/:staffId".
    .sort((a, b) => a.path.split(':').length - b.path.split(':').length)
    .find((call) => patternOf(call.path).test(path))

const readClaims = (token: string | undefined): { iss?: unknown; obo?: unknown } => {
  try {
    return decodeJwt(token ?? '')
  } catch {
    return {}
  }
}

const customerIn = (path: string, body: string): string | undefined => {
  const [, inPath] = /^\/customers\/([^/]+)/.exec(path) ?? []
  if (inPath) return decodeURIComponent(inPath)
  try {
    const { customerId, instruction } = JSON.parse(body)
    const customer = customerId ?? decodeJwt(instruction).payer
    return typeof customer === 'string' ? customer : undefined
  } catch {
    return undefined
  }
}

/** By which header a request without a token says on whose behalf it is made: "staff:approver1". */
export const onBehalfOfHeader = 'x-on-behalf-of'

/**
 * Signs a request as a peer that may make it, for testers whose own code signs nothing. On whose
 * behalf: as its token or `x-on-behalf-of` says, else the customer in its path, body or instruction.
 */
export const signUnsigned = async (
  request: Request,
  callee: Service,
  keys: Record<Service, KeyRing>,
): Promise<Request> => {
  const { pathname, search } = new URL(request.url)
  const call = findCall(callee, request.method, pathname)
  if (!call) return request
  const body = await request.clone().text()
  const { headers } = request
  const claims = readClaims(/^Bearer (.+)$/.exec(headers.get('authorization') ?? '')?.[1])
  const issuer = call.callers.find((one) => one === claims.iss) ?? call.callers[0] ?? 'bank-portal'
  const said = typeof claims.obo === 'string' ? claims.obo : headers.get(onBehalfOfHeader)
  const onBehalfOf = said ?? customerIn(pathname, body)
  const token = await signServiceToken(
    keys[issuer],
    { method: request.method, target: pathname + search, body },
    {
      issuer,
      audience: callee,
      instance: 'unsigned',
      ...(onBehalfOf === undefined ? {} : { onBehalfOf }),
    },
  )
  const signed = new Headers(headers)
  signed.set('authorization', `Bearer ${token}`)
  return new Request(request.url, {
    method: request.method,
    headers: signed,
    ...(body === '' ? {} : { body }),
  })
}
