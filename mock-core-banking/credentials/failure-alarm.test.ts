import { beforeEach, describe, expect, test } from 'vitest'
import { createLog } from '#shared/log.ts'
import { openTestBank } from '../../test/support/core-bank.ts'
import { authoriseAs, newPayment } from '../../test/support/core-payments.ts'
import { createFailureAlarm } from './failure-alarm.ts'

let lines: string[]
let now: number
beforeEach(() => {
  lines = []
  now = 1_000_000
})

const recording = () => createLog('core', 'info', { write: (line) => void lines.push(line) })

const note = (alarm: ReturnType<typeof createFailureAlarm>, right: number, wrong: number) => {
  for (let at = 0; at < right; at++) alarm({ outcome: 'authorised' })
  for (let at = 0; at < wrong; at++) alarm({ outcome: at % 2 ? 'locked' : 'not-accepted' })
}

describe('an alarm', () => {
  test('is raised once when more than one authorisation in twenty fails', () => {
    const alarm = createFailureAlarm({ log: recording() }, () => now)
    note(alarm, 95, 5)
    expect(lines).toEqual([])
    note(alarm, 0, 20)
    expect(lines).toHaveLength(1)
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      level: 50,
      alarm: 'authorisations-fail',
      tries: 101,
      failures: 6,
    })
  })

  test('is not raised by the first few, nor by contents that are stale', () => {
    const alarm = createFailureAlarm({ log: recording() }, () => now)
    note(alarm, 0, 39)
    for (let at = 0; at < 100; at++) alarm({ outcome: 'content-stale' })
    expect(lines).toEqual([])
  })

  test('is raised again when it goes on, ten minutes later', () => {
    const alarm = createFailureAlarm({ log: recording() }, () => now)
    note(alarm, 0, 100)
    now += 10 * 60_000
    note(alarm, 0, 100)
    expect(lines).toHaveLength(2)
  })
})

test('who guesses with the portal’s key raises it', async () => {
  const bank = await openTestBank({ log: recording() })
  try {
    const guesses = Array.from({ length: 40 }, (_, at) =>
      authoriseAs(bank, [newPayment(bank)], { password: `guess ${at}` }),
    )
    await Promise.all(guesses)
  } finally {
    await bank.close()
  }
  expect(lines.filter((line) => line.includes('authorisations-fail'))).toHaveLength(1)
})
