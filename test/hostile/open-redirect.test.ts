import { describe, expect, test } from 'vitest'
import { localPath } from '#shared/web/local-path.ts'
import { safeLink } from '../../bank-portal/safe-link.ts'
import { beginsWithOneOf, readAddress } from '../../claim-server/shops/return-address.ts'
import { hostileStrings } from './hostile-strings.ts'

/** Addresses that one reader takes for this site's own and another for somebody else's. */

const starts = [
  '//',
  '///',
  '////',
  '/\\',
  '\\/',
  '\\\\',
  '/\t/',
  '/\n/',
  '/\r/',
  '\t//',
  ' //',
  '\u00a0//',
  '/./\\',
  '/.//',
  '/..//',
  '/%2f',
  '/%5c',
  '%2f%2f',
  'http:',
  'http:/',
  'https:/\\',
  'https://bank.test@',
  'https://bank.test:pw@',
  'https://bank.test.',
  'https://bank.test%2e',
  'https://bank.test\\@',
  'https://bank.test#@',
  'https://bank.test?@',
  'https://bank.test/../..//',
  'HTTPS://',
  'ftp://',
  'javascript:alert(1)//',
  'java\tscript:alert(1)//',
  'data:text/html,//',
  'blob:https://',
  '／／',
  '⁄⁄',
  '。',
  '@',
  '/@',
  ';//',
  '?//',
  '#//',
  '/\u0000/',
  '/\u2028/',
]
const ends = [
  'evil.test',
  'evil.test/path',
  'evil.test:443',
  'evil%2etest',
  'evil。test',
  'ｅvil.test',
  'xn--vil-9oa.test',
  'evil.test\r\nLocation: //evil.test',
  'evil.test%0d%0aSet-Cookie: a=b',
  '[::ffff:7f00:1]',
  '2130706433',
  'evil.test?https://bank.test/',
]
const addresses = [
  ...new Set([...starts.flatMap((start) => ends.map((end) => start + end)), ...hostileStrings]),
]

const site = 'https://bank.test'

test('there are at least 500 addresses', () => {
  expect(addresses.length).toBeGreaterThanOrEqual(500)
})

describe('no address leads', () => {
  test('a browser away from the site by its own "next"', () => {
    const away = addresses.filter((address) => {
      const path = localPath(address)
      // As a browser reads a Location header, from any page of the site.
      return [site, `${site}/claims/1`].some((page) => URL.parse(path, page)?.origin !== site)
    })
    expect(away).toEqual([])
  })

  test('a header to break: what is sent has no line of its own', () => {
    expect(
      addresses.map((address) => localPath(address)).filter((path) => /[^\x21-\x7e]/.test(path)),
    ).toEqual([])
  })

  test('back to anybody but the shop that registered it', () => {
    const registered = [`${site}/orders`]
    const taken = addresses.filter((address) => {
      const read = readAddress(address, { httpAllowed: true })
      return 'address' in read && beginsWithOneOf(read.address, registered)
    })
    const away = taken.filter((address) => URL.parse(address)?.origin !== site)
    expect(away).toEqual([])
  })

  test('a link of a page to anything but a web page', () => {
    const links = addresses.flatMap((address) => safeLink(address) ?? [])
    expect(links.filter((link) => !/^https?:\/\//.test(link))).toEqual([])
  })
})
