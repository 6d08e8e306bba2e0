import { createHash } from 'node:crypto'

const blanksAndDashes = /[\s\p{Pd}\u2212\u30fc]/gu

/** A number or fact as a person may write it, in the one form in which two are compared; '' for no content. */
export const plainKey = (text: string): string =>
  text.normalize('NFKC').toUpperCase().replaceAll(blanksAndDashes, '')

// A short fact can be found again by trying: the hash keeps it out of sight, the five tries keep it safe.
export const hashFact = (shopId: string, numberKey: string, secondFact: string): string =>
  createHash('sha256')
    .update(JSON.stringify([shopId, numberKey, plainKey(secondFact)]))
    .digest('base64url')
