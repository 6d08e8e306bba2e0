import { describe, expect, it } from 'vitest'
import type { Form } from '../form.ts'
import { mostLines, readRanges } from './read-ranges.ts'

const today = '2026-11-23'
const read = (form: Form) => readRanges({ validFrom: '2026-12-01', ...form }, today, 'en')
const mistakesOf = (form: Form) => {
  const result = read(form)
  return result.outcome === 'mistakes' ? result.mistakes : {}
}

describe('fees as typed', () => {
  it('are a day and ranges, each from its amount on; empty lines are none', () => {
    expect(
      read({ from1: '0', fee1: '110', from2: '', fee2: ' ', from3: '30,000', fee3: '220' }),
    ).toEqual({
      outcome: 'read',
      validFrom: '2026-12-01',
      ranges: [
        { fromAmountMinor: 0n, feeMinor: 110n },
        { fromAmountMinor: 30_000n, feeMinor: 220n },
      ],
    })
  })

  it.each(['３０，０００円', '¥30,000', '30 000'])('may be written as %s', (from2) => {
    expect(read({ from1: '0', fee1: '0', from2, fee2: '1' })).toMatchObject({
      ranges: [{}, { fromAmountMinor: 30_000n }],
    })
  })

  it('may begin today, and not before', () => {
    const line = { from1: '0', fee1: '0' }
    expect(read({ ...line, validFrom: today }).outcome).toBe('read')
    for (const validFrom of ['2026-11-22', '2026-02-30', ''])
      expect(Object.keys(mistakesOf({ ...line, validFrom }))).toEqual(['validFrom'])
  })

  it.each([
    [{}, 'from1', 'Fill in at least the first line'],
    [{ from1: '1', fee1: '0' }, 'from1', 'Line 1: the first line must begin at 0'],
    [{ from1: '0', fee1: '' }, 'fee1', 'Line 1: enter the fee in yen, or leave the line empty'],
    [{ from1: '0', fee1: '-1' }, 'fee1', 'Line 1: enter the fee in yen, or leave the line empty'],
    [{ from1: '0', fee1: '1.5' }, 'fee1', 'Line 1: enter the fee in yen, or leave the line empty'],
    [
      { from1: '0', fee1: '9999999999999' },
      'fee1',
      'Line 1: enter the fee in yen, or leave the line empty',
    ],
    [
      { from1: '0', fee1: '0', from2: '5', fee2: '1', from3: '5', fee3: '2' },
      'from3',
      'Line 3: it must begin above the line before it',
    ],
  ] as const)('%j: %s is told “%s”', (form, field, message) => {
    expect(mistakesOf(form)).toEqual({ [field]: message })
  })

  it.each(['en', 'ja'] as const)('names each field that is wrong by itself, in %s', (language) => {
    const form = { from1: 'x', fee1: 'x', from2: 'x', fee2: 'x' }
    const result = readRanges({ validFrom: 'x', ...form }, today, language)
    const said = result.outcome === 'mistakes' ? Object.values(result.mistakes) : []
    expect(new Set(said).size).toBe(5)
  })

  it('of more lines than the form has are not read', () => {
    const lines = Array.from({ length: mostLines + 1 }, (_one, at) => [
      [`from${at + 1}`, `${at * 10}`],
      [`fee${at + 1}`, '1'],
    ]).flat()
    const ranges: unknown = expect.objectContaining({ length: mostLines })
    expect(read(Object.fromEntries(lines))).toMatchObject({ outcome: 'read', ranges })
  })
})
