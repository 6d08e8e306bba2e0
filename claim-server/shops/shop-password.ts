/** Why a password is not good enough to stand alone: a shop has no second factor. */
export type PasswordProblem = 'short' | 'long' | 'common' | 'own-words'

const shortestPassword = 15
const longestPassword = 200

// Long ones that lists of stolen passwords hold; the short ones can't be chosen anyway.
const common = new Set([
  '1q2w3e4r5t6y7u8i9o0p',
  '1q2w3e4r5t6y7u8i',
  '1qaz2wsx3edc4rfv5tgb',
  '1qaz2wsx3edc4rfv',
  'administrator123',
  'changemechangeme',
  'correcthorsebatterystaple',
  'iloveyouforever',
  'letmeinletmein1',
  'passwordpassword',
  'password12345678',
  'password123456789',
  'qazwsxedcrfvtgb',
  'qwertyuiopasdfghjkl',
  'qwertyuiopasdfgh',
  'thisismypassword',
  'trustno1trustno1',
  'welcomewelcome1',
])

const rows = ['01234567890123456789', 'abcdefghijklmnopqrstuvwxyz', 'qwertyuiopasdfghjklzxcvbnm']
const backwards = (row: string) => row.split('').toReversed().join('')
const isRow = (text: string) =>
  rows.some((row) => row.includes(text) || backwards(row).includes(text))

const repeatsItself = (text: string) =>
  text.length > 0 && (text + text).indexOf(text, 1) < text.length

const plain = (text: string) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '')

/** The text without the shop's words, whole names first, then their parts. */
const leftWithout = (text: string, words: readonly string[]) =>
  words
    .flatMap((word) => [word, ...word.split(/[^\p{L}\p{N}]+/u)])
    .map(plain)
    .filter((word) => word.length >= 3)
    .toSorted((one, other) => other.length - one.length)
    .reduce((left, word) => left.replaceAll(word, ''), text)

/** What is wrong with a new password; `words` are the shop's own, which anybody would try. */
export const passwordProblem = (
  password: string,
  words: readonly string[],
): PasswordProblem | undefined => {
  const length = Array.from(password.normalize('NFC')).length
  if (length < shortestPassword) return 'short'
  if (length > longestPassword) return 'long'
  const text = plain(password)
  if (new Set(password).size < 5 || common.has(text) || isRow(text) || repeatsItself(text))
    return 'common'
  if (Array.from(leftWithout(text, words)).length < 8) return 'own-words'
  return undefined
}
