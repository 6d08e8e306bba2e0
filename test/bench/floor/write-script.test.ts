import { expect, it } from 'vitest'
import type { Transaction } from './read-log.ts'
import { fillIn, findMadeValues, toExpression } from './write-script.ts'

const order = '01a2070e-e583-79f9-80fc-9a588cbd8b41'
const payment = '01a2070e-e589-715b-83b3-51d3ca77f976'
const known = new Map([[order, 'bench.id(0, :n)::text']])

const transactionOf = (...parameters: string[]): Transaction => ({
  isOpened: false,
  statements: [{ session: '1', text: 'select $1', parameters }],
})

it('ids and tokens that a payment made get others in their place, the same for the same', () => {
  const token = 'VmTch4TE7MMQuliQqx8_jw'
  const made = findMadeValues([transactionOf(order, `{"id": "${payment}"}`, payment, token)], known)
  expect([...made.keys()]).toEqual([order, payment, token])
  expect(new Set(made.values()).size).toBe(3)
})

it('a value inside a longer text is replaced there', () => {
  expect(toExpression(`{"orderId":"${order}"}`, known)).toBe(
    `'{"orderId":"' || bench.id(0, :n)::text || '"}'`,
  )
})

it('a literal can neither end early nor look like a variable of pgbench', () => {
  expect(toExpression("it's 12:34", new Map())).toBe("'it''s 12:' || '34'")
  expect(toExpression('', new Map())).toBe("''")
  expect(toExpression(null, new Map())).toBe('null')
})

it('parameters stand in the text with their types', () => {
  const filled = fillIn(
    { text: 'select $2, $1', parameters: ['a', '5'] },
    ['text', 'bigint'],
    known,
  )
  expect(filled).toBe("select ('5')::bigint, ('a')::text")
})
