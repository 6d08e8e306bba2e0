import { KeyObject, randomBytes } from 'node:crypto'
import { exportJWK, generateKeyPair } from 'jose'
import { knownKeys } from '#shared/jws.ts'
import { type KeyPurpose, type KeyRing, type PublicJwk, purposesOf } from '#shared/keys.ts'
import type { Trust } from '#shared/service-routes.ts'
import type { Service } from '#shared/service-token.ts'

/** Keys of a service in memory: real ones, gone with the process. */
export const createMemoryKeys = async (service: Service): Promise<KeyRing> => {
  const made = await Promise.all(
    (purposesOf[service] ?? []).map(async (purpose) => {
      const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true })
      const kid = `${purpose}-${randomBytes(9).toString('base64url')}`
      const { x = '', y = '' } = await exportJWK(publicKey)
      const jwk: PublicJwk = { kty: 'EC', crv: 'P-256', x, y, kid, use: 'sig', alg: 'ES256' }
      return { purpose, kid, key: KeyObject.from(privateKey), jwk }
    }),
  )
  return {
    async signingKey(purpose) {
      const found = made.find((one) => one.purpose === purpose)
      if (!found) throw new Error(`${service} signs nothing for ${purpose}`)
      return { kid: found.kid, key: found.key }
    },
    publicKeys: (purpose) => made.filter((one) => one.purpose === purpose).map((one) => one.jwk),
    isDenied: () => false,
  }
}

/** What a service publishes, by purpose. */
export type PublicKeys = Pick<KeyRing, 'publicKeys'>

/** The keys of both. */
export const bothKeys = (one: PublicKeys, other: PublicKeys): PublicKeys => ({
  publicKeys: (purpose) => [...one.publicKeys(purpose), ...other.publicKeys(purpose)],
})

/** Believes exactly these keys, without fetching them. */
export const trustKeys = (service: Service, keys: Partial<Record<Service, PublicKeys>>): Trust => ({
  service,
  isDenied: () => false,
  keysOf: (issuer: string, purpose: KeyPurpose) => {
    const own = Object.hasOwn(keys, issuer) ? keys[issuer as Service] : undefined
    return own && knownKeys(own.publicKeys(purpose))
  },
})
