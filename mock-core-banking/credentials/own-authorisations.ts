import { decodeProtectedHeader } from 'jose'
import { type Authorisation, signDocument } from '#shared/contracts/documents.ts'
import type { KeyRing } from '#shared/keys.ts'

interface Signed {
  content: Authorisation
  kid: string
}

const mostRemembered = 4096
const signed = new WeakMap<KeyRing, Map<string, Signed>>()

/** Signs an authorisation, and remembers it: most come back within a second, to the process that signed. */
export const signAndRemember = async (keys: KeyRing, content: Authorisation): Promise<string> => {
  const token = await signDocument(keys, 'authorisation', content)
  const { kid = '' } = decodeProtectedHeader(token)
  const remembered = signed.get(keys) ?? new Map<string, Signed>()
  signed.set(keys, remembered.set(token, { content, kid }))
  const [oldest] = remembered.keys()
  if (remembered.size > mostRemembered && oldest !== undefined) remembered.delete(oldest)
  return token
}

/**
 * What this process signed with a key that is still published: to the letter the same token needs no
 * second look. Undefined for every other, which has to be verified.
 */
export const recallAuthorisation = (keys: KeyRing, token: string): Authorisation | undefined => {
  const found = signed.get(keys)?.get(token)
  if (!found || keys.isDenied(found.kid)) return undefined
  const isPublished = keys.publicKeys('authorisation').some(({ kid }) => kid === found.kid)
  return isPublished ? found.content : undefined
}
