import { createLocalJWKSet } from 'jose'
import type { KeySource } from '#shared/jws.ts'
import type { KeyPurpose, KeyRing } from '#shared/keys.ts'
import type { Trust } from '#shared/service-routes.ts'

const trusts = new WeakMap<KeyRing, Trust>()

const makeTrust = (keys: KeyRing): Trust => {
  const sets = new Map<KeyPurpose, { kids: string; source: KeySource }>()
  return {
    service: 'core-banking',
    isDenied: keys.isDenied,
    keysOf(issuer, purpose) {
      if (issuer !== 'core-banking') return undefined
      const published = keys.publicKeys(purpose)
      const kids = published.map((key) => key.kid).join()
      let set = sets.get(purpose)
      // Importing a key costs more than a signature: only after a rotation.
      if (set?.kids !== kids) {
        set = { kids, source: { find: createLocalJWKSet({ keys: published }) } }
        sets.set(purpose, set)
      }
      return set.source
    },
  }
}

/** Trust in the core's own signatures, for authorisations that come back to it. */
export const ownTrust = (keys: KeyRing): Trust => {
  let trust = trusts.get(keys)
  if (!trust) {
    trust = makeTrust(keys)
    trusts.set(keys, trust)
  }
  return trust
}
