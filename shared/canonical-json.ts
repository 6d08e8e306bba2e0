import canonicalize from 'canonicalize'
import { toJsonValue } from './json.ts'

/** RFC 8785 canonical JSON; bigints become integers. */
export const canonicalJson = (value: unknown): string => {
  const text = canonicalize(toJsonValue(value))
  if (text === undefined) throw new TypeError('a value without a JSON form')
  return text
}
