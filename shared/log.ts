import { type DestinationStream, type Logger, type LoggerOptions, pino } from 'pino'

export type Log = Logger

const secretName =
  /passw|secret|token|cookie|authori[sz]ation|instruction|receipt|credential|api_?key|private_?key|jwk|^content$|^body$/i
const censored = '[hidden]'
const deepest = 6

/**
 * Where an error came from. Not its message: a database error's holds the statement's parameters,
 * that is names, amounts, accounts, and they may be written so as to look like frames.
 */
const framesOf = ({ stack, message }: Error): string | undefined => {
  if (!stack) return undefined
  const messageAt = stack.indexOf(message)
  const frames = messageAt < 0 ? stack : stack.slice(messageAt + message.length)
  return frames
    .split('\n')
    .filter((line) => /^ {4}at /.test(line))
    .slice(0, 8)
    .join('\n')
}

/** The code of an error, or of what caused it. */
export const errorCode = (error: unknown): string | undefined => {
  for (let at = error, steps = 0; at instanceof Error && steps < 10; at = at.cause, steps++)
    if ('code' in at && typeof at.code === 'string') return at.code
  return undefined
}

/** What may be said of an error: its name, its code, where it came from. */
export const describeError = (error: Error) => ({
  name: error.name,
  code: errorCode(error),
  stack: framesOf(error),
})

// Copies what is logged, without what a name says is secret, however deep it lies.
const hide = (value: unknown, depth: number): unknown => {
  if (value instanceof Error) return describeError(value)
  if (typeof value === 'bigint') return value.toString()
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  if (depth === deepest) return censored
  if (Array.isArray(value)) return value.map((one) => hide(one, depth + 1))
  const entries = value instanceof Map || value instanceof Headers ? value : Object.entries(value)
  return Object.fromEntries(
    Array.from(entries as Iterable<[unknown, unknown]>, ([name, one]) => [
      name,
      secretName.test(String(name)) && (typeof one === 'string' || typeof one === 'object')
        ? censored
        : hide(one, depth + 1),
    ]),
  )
}

const hideFields = (fields: object) => hide(fields, 0) as Record<string, unknown>

// What gives itself away wherever it stands: signed documents, keys in an address, whole account numbers.
const hideForms = (line: string): string =>
  line
    .replaceAll(/\beyJ[\w-]{10,}(\.[\w-]*){1,2}/g, censored)
    .replaceAll(/\b(Bearer|Basic) [\w.~+/=-]{8,}/g, `$1 ${censored}`)
    .replaceAll(/(\w+:\/\/[^\s:@/"]*):[^\s@/"]+@/g, `$1:${censored}@`)
    .replaceAll(/\b\d{4}-\d{3}-[124]-\d{3}(\d{4})\b/g, '•••• $1')

const options = (service: string, level: string): LoggerOptions => ({
  name: service,
  level,
  hooks: {
    logMethod([first, ...rest], method) {
      // pino would print an error's message as the line's.
      if (first instanceof Error) method.apply(this, [{ error: describeError(first) }, ...rest])
      else if (typeof first === 'object' && first !== null)
        method.apply(this, [hideFields(first), ...rest])
      else method.apply(this, [first, ...rest])
    },
    streamWrite: hideForms,
  },
})

const mostWaitingBytes = 16 * 1024 * 1024

/** Lines that can't be written, on a full disk or to a reader that left, are lost; the service goes on. */
const standardOutput = (): DestinationStream => {
  const output = pino.destination({ fd: 1, maxLength: mostWaitingBytes })
  const { flushSync } = output
  // At a process's end it would try for ever to write what can't be written.
  output.on('error', () => {
    output.flushSync = () => {}
  })
  output.on('write', () => {
    output.flushSync = flushSync
  })
  return output
}

/**
 * JSON lines on standard output. Fields named like a secret are blanked however deep they lie, errors
 * are logged without their message, and tokens and account numbers are hidden in any text.
 */
export const createLog = (service: string, level = 'info', to = standardOutput()): Log => {
  const log = pino(options(service, level), to)
  const { child } = log
  // Children inherit this, so that what is bound to one at any depth is hidden too.
  log.child = function (this: Log, bindings: object, ...more: unknown[]) {
    return Reflect.apply(child, this, [hideFields(bindings), ...more])
  } as typeof child
  return log
}

export const silentLog: Log = pino({ level: 'silent' })
