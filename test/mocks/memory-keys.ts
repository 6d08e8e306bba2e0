import { randomBytes } from 'node:crypto'
import { exportJWK, generateKeyPair } from 'jose'
import { knownKeys } from '#shared/jws.ts'
import { type KeyPurpose, type KeyRing, purposesOf } from '#shared/keys.ts'
import type { Trust } from '#shared/service-routes.ts'
import type { Service } from '#shared/service-token.ts'

/** Keys of a service in memory: real ones, gone with the process. */
export const createMemoryKeys = async (service: Service): Promise<KeyRing> => {
  const made = await Promise.all(
    (purposesOf[service] ?? []).map(async (purpose) => {
      const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true })
      const kid = `${purpose}-${randomBytes(9).toString('base64url')}`
      const jwk = { ...(await exportJWK(publicKey)), kid, use: 'sig', alg: 'ES256' }
      return { purpose, kid, key: privateKey, jwk }
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

/** Believes exactly these keys, without fetching them. */
export const trustKeys = (service: Service, rings: Partial<Record<Service, KeyRing>>): Trust => ({
  service,
  isDenied: () => false,
  keysOf: (issuer: string, purpose: KeyPurpose) => {
    const ring = Object.hasOwn(rings, issuer) ? rings[issuer as Service] : undefined
    return ring && knownKeys(ring.publicKeys(purpose))
  },
})
