import { pino, type Logger } from 'pino'

export type Log = Logger

const secrets = [
  'password',
  'authorization',
  'cookie',
  'token',
  'authorisation',
  'instruction',
  'receipt',
]

/** JSON lines on standard output. Fields that hold secrets are blanked wherever they are passed. */
export const createLog = (service: string, level = 'info'): Log =>
  pino({
    name: service,
    level,
    redact: { paths: secrets.flatMap((name) => [name, `*.${name}`]), censor: '[hidden]' },
  })

export const silentLog: Log = pino({ level: 'silent' })
