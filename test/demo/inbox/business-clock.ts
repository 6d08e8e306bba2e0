import { readFileSync } from 'node:fs'
import * as z from 'zod'
import type { Clock, LocalDate } from '#shared/dates.ts'
import { writeWholeFile } from '../write-whole-file.ts'

/** The control of the business clock that every process of the demo reads from one file. */
export interface BusinessClockControl extends Clock {
  offsetSeconds(): number
  moveBy(seconds: number): void
  /** To that date, at the time of day it is now. */
  moveTo(date: LocalDate): void
  backToNow(): void
}

const content = z.object({ offsetSeconds: z.int() })

/** Far enough for any demo, near enough that every date stays a date with four digits. */
export const farthestSeconds = 20 * 366 * 24 * 3600

export const controlBusinessClock = ({
  file,
  timeZone,
  realNow = () => Date.now(),
}: {
  file: string
  timeZone: string
  realNow?: () => number
}): BusinessClockControl => {
  const offsetSeconds = () => {
    try {
      return content.parse(JSON.parse(readFileSync(file, 'utf8'))).offsetSeconds
    } catch {
      return 0
    }
  }
  const now = () => new Date(realNow() + offsetSeconds() * 1000)
  const write = (seconds: number) => {
    const within = Math.min(Math.max(Math.round(seconds), -farthestSeconds), farthestSeconds)
    writeWholeFile(file, JSON.stringify({ offsetSeconds: within }))
  }
  return {
    now,
    offsetSeconds,
    moveBy: (seconds) => write(offsetSeconds() + seconds),
    moveTo: (date) => {
      const here = Temporal.Instant.fromEpochMilliseconds(now().getTime()).toZonedDateTimeISO(
        timeZone,
      )
      const there = Temporal.PlainDate.from(date).toZonedDateTime({
        timeZone,
        plainTime: here.toPlainTime(),
      })
      write((there.epochMilliseconds - realNow()) / 1000)
    },
    backToNow: () => write(0),
  }
}
