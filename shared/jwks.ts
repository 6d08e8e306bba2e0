import {
  createLocalJWKSet,
  createRemoteJWKSet,
  customFetch,
  type FlattenedJWSInput,
  type JWSHeaderParameters,
} from 'jose'
import type { KeyPurpose, PublicJwk } from './key-folder.ts'

/** Finds the public key that an issuer publishes for a purpose, or refuses. */
export interface KeySource {
  find(
    header: JWSHeaderParameters,
    token: FlattenedJWSInput,
  ): ReturnType<ReturnType<typeof createRemoteJWKSet>>
}

export const jwksPath = (purpose: KeyPurpose) => `/.well-known/jwks/${purpose}.json`

/** Keys older than this are fetched again: how long a key that was withdrawn is still believed. */
export const jwksCacheSeconds = 30

export interface RemoteKeysOptions {
  fetch?: typeof fetch
  cacheSeconds?: number
  /** An unknown kid makes the keys be fetched again, at most once in this time. */
  cooldownSeconds?: number
}

const failureSeconds = 1

// While a peer is away, tokens that nobody signed must not turn into a storm of connections to it.
const notAtOnceAfterFailure = (send: typeof fetch): typeof fetch => {
  let failure: { at: number; error: unknown } | undefined
  return async (url, options) => {
    if (failure && performance.now() - failure.at < failureSeconds * 1000) throw failure.error
    try {
      const response = await send(url, options)
      if (response.status !== 200) throw new Error(`answered ${response.status}`)
      failure = undefined
      return response
    } catch (error) {
      failure = { at: performance.now(), error }
      throw error
    }
  }
}

/** The keys that one peer publishes at its pinned address; an unknown kid refetches once per 5 s. */
export const remoteKeys = (
  baseUrl: string,
  purpose: KeyPurpose,
  {
    fetch: fetchKeys = fetch,
    cacheSeconds = jwksCacheSeconds,
    cooldownSeconds = 5,
  }: RemoteKeysOptions = {},
): KeySource => {
  const send = notAtOnceAfterFailure(fetchKeys)
  const find = createRemoteJWKSet(new URL(jwksPath(purpose), baseUrl), {
    cacheMaxAge: cacheSeconds * 1000,
    cooldownDuration: cooldownSeconds * 1000,
    timeoutDuration: 5000,
    [customFetch]: (url, options) => send(url, options as RequestInit),
  })
  return { find }
}

/** Keys at hand: a service's own, or those archived with the documents that they signed. */
export const knownKeys = (keys: readonly PublicJwk[]): KeySource => ({
  find: createLocalJWKSet({ keys: [...keys] }),
})
