/** What is wrong with an address to which customers are to be sent, or its plain form. */
export type ReadAddress = { address: URL } | { problem: string }

// Blanks, control characters, backslashes, anything that is not ASCII: each is read differently somewhere.
const plainCharacters = /^[\x21-\x5b\x5d-\x7e]+$/
const schemeAndHost = /^https?:\/\/[^/?#@\\]+([/?#]|$)/i
// Encoded slashes, backslashes, dots and control characters: a server behind may decode them.
const encodedTricks = /%(2e|2f|5c|00|0a|0d|09)/i

/** Reads an address that a browser will be sent to; refuses every form that two readers could take differently. */
export const readAddress = (
  text: string,
  { httpAllowed }: { httpAllowed: boolean },
): ReadAddress => {
  const address = URL.parse(text)
  if (!address || !plainCharacters.test(text) || !schemeAndHost.test(text))
    return { problem: 'write a whole address: https, a host, a path' }
  if (address.protocol !== 'https:' && !httpAllowed) return { problem: 'use https' }
  if (address.username || address.password) return { problem: 'leave out the user name' }
  if (address.pathname.includes('//') || encodedTricks.test(address.pathname))
    return { problem: 'write the path in its plain form' }
  return { address }
}

/** A registered beginning of addresses: no query, no fragment; "https://shop.example/orders". */
export const readPrefix = (
  text: string,
  options: { httpAllowed: boolean },
): { prefix: string } | { problem: string } => {
  const read = readAddress(text, options)
  if ('problem' in read) return read
  const { address } = read
  if (address.search || address.hash) return { problem: 'leave out the query and the fragment' }
  return { prefix: address.origin + address.pathname }
}

/**
 * Whether the address begins with one of the prefixes, compared after parsing: the same scheme, host
 * and port, and the prefix's path as whole segments ("/orders" admits "/orders/7", not "/orders-x").
 */
export const beginsWithOneOf = (address: URL, prefixes: readonly string[]): boolean =>
  prefixes.some((text) => {
    const prefix = URL.parse(text)
    if (!prefix || prefix.origin !== address.origin) return false
    const folder = prefix.pathname.endsWith('/') ? prefix.pathname : `${prefix.pathname}/`
    return address.pathname === prefix.pathname || address.pathname.startsWith(folder)
  })
