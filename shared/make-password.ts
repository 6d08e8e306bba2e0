import { randomInt } from 'node:crypto'

// Without characters that look alike when read from paper.
const alphabet = '23456789abcdefghjkmnpqrstuvwxyz'
const groups = 5
const groupLength = 4

/** A password for somebody to sign in with once: 99 random bits, "k7qm-2xpd-9rtb-hw4c-e8sj". */
export const makePassword = (): string =>
  Array.from({ length: groups }, () =>
    Array.from({ length: groupLength }, () => alphabet[randomInt(alphabet.length)]).join(''),
  ).join('-')
