import { expect, test } from 'vitest'
import { passwordProblem } from './shop-password.ts'
import { isSignInId } from './sign-in-id.ts'

const words = ['shop-a', 'Shop A Shoes', 'A靴店']

test.each([
  ['short', 'fourteen chars'],
  ['short', ''],
  ['short', '靴靴靴靴靴靴靴靴靴靴靴靴靴靴'],
  ['long', 'seven brown laces '.repeat(12)],
  ['common', 'passwordpassword'],
  ['common', 'Password-Password'],
  ['common', '123456789012345'],
  ['common', 'qwertyuiopasdfgh'],
  ['common', '9876543210987654'],
  ['common', 'aaaaaaaaaaaaaaaaaaab'],
  ['common', 'abcabcabcabcabcabc'],
  ['own-words', 'shop-a Shop A Shoes'],
  ['own-words', 'Shop A Shoes 2026'],
  [undefined, 'seven brown laces 24'],
  [undefined, '靴ひもは七本あって茶色いのが好き'],
  [undefined, 'shop-a keeps a red umbrella'],
  [undefined, 'exactly15chars!'],
])('the problem is %s with %s', (problem, password) => {
  expect(passwordProblem(password, words)).toBe(problem)
})

test.each(['shop-a', 'a.b_c', '123', 'x'.repeat(40)])('%s can be a sign-in id', (id) => {
  expect(isSignInId(id)).toBe(true)
})

test.each(['', 'ab', '-shop', 'shop-', 'Shop', 'shop a', 'ショップ', 'x'.repeat(41)])(
  '"%s" can’t be a sign-in id',
  (id) => {
    expect(isSignInId(id)).toBe(false)
  },
)
