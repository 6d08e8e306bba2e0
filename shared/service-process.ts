import { getRequestListener } from '@hono/node-server'
import type { AnyApp } from './any-app.ts'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import * as z from 'zod'
import { AppError } from './errors.ts'
import { describeError, type Log } from './log.ts'
import { surviveLostWrites } from './lost-write.ts'
import { problemBody } from './problem.ts'
import { StartError } from './start-error.ts'

export { StartError } from './start-error.ts'

/** Settings from the environment; throws a `StartError` naming the variable. */
export const readSettings = <Schema extends z.ZodType>(
  schema: Schema,
  env: Record<string, string | undefined>,
): z.output<Schema> => {
  const parsed = schema.safeParse(env)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const name = issue?.path.join('.') ?? 'a setting'
  const given = env[name]
  throw new StartError(
    given === undefined ? `${name} is not set` : `${name} can't be used: ${issue?.message}`,
  )
}

const isTimeZone = (name: string) => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

/** The settings that every service has; each adds its own. */
export const commonSettings = {
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65535),
  /** The address that browsers and peers use; decides cookies and HSTS. */
  PUBLIC_URL: z.url({ protocol: /^https?$/ }),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  /** Reconciliation holds connections for long, and uses others meanwhile. */
  DATABASE_POOL: z.coerce.number().int().min(4).max(200).default(10),
  /** Lets a service start on a database that may lose commits: for tests. */
  ALLOW_UNSAFE_DATABASE: z.stringbool().default(false),
  KEYS_DIR: z.string().min(1),
  TIME_ZONE: z
    .string()
    .refine(isTimeZone, 'it is no time zone such as Asia/Tokyo')
    .default('Asia/Tokyo'),
  BUSINESS_CLOCK_FILE: z.string().optional(),
  LOG_LEVEL: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info'),
  /** Addresses of proxies whose X-Forwarded-For is believed, comma-separated. */
  TRUSTED_PROXIES: z
    .string()
    .default('')
    .transform((list) =>
      list
        .split(',')
        .map((one) => one.trim())
        .filter(Boolean),
    ),
}

export interface Listening {
  port: number
  close(): Promise<void>
}

const listenError = (error: NodeJS.ErrnoException, host: string, port: number): Error => {
  switch (error.code) {
    case 'EADDRINUSE':
      return new StartError(`PORT ${port} on ${host} is taken: set PORT to another`)
    case 'EACCES':
      return new StartError(`PORT ${port} may not be used by this user: set PORT to one above 1023`)
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new StartError(`HOST ${host} is no address of this machine`)
    default:
      return error
  }
}

// A target or Host header that is no address reaches no route; nor does what an app has not caught.
const answerBeforeRoutes = (error: unknown): Response => {
  const isRequestError = error instanceof Error && error.name === 'RequestError'
  const problem = new AppError(isRequestError ? 'malformed' : 'internal')
  return new Response(JSON.stringify(problemBody(problem)), {
    status: problem.status,
    headers: { 'content-type': 'application/problem+json' },
  })
}

// Node's own limits kept every one of 200 slow connections open.
const limits = {
  headersTimeout: 5000,
  requestTimeout: 15_000,
  keepAliveTimeout: 65_000,
  connectionsCheckingInterval: 1000,
  maxHeaderSize: 16 * 1024,
}

/** Listens with limits against slow clients; `close` lets running requests end, five seconds at most. */
export const listen = (
  app: AnyApp,
  { host, port, log }: { host: string; port: number; log: Log },
): Promise<Listening> =>
  new Promise((resolve, reject) => {
    const server = createServer(
      limits,
      getRequestListener(app.fetch, { errorHandler: answerBeforeRoutes }),
    )
    server.once('error', (error: NodeJS.ErrnoException) => reject(listenError(error, host, port)))
    server.listen(port, host, () => {
      const address = server.address() as AddressInfo
      log.info({ host, port: address.port }, 'listening')
      resolve({ port: address.port, close: () => closeServer(server) })
    })
  })

const closeServer = (server: Server) =>
  new Promise<void>((resolve) => {
    server.close(() => resolve())
    server.closeIdleConnections()
    setTimeout(() => server.closeAllConnections(), 5000).unref()
  })

const longestStopMs = 20_000

/** Runs a service's main: ends with one line and exit code 1 on a bad start, cleanly on SIGINT or SIGTERM. */
export const runProcess = async (
  start: () => Promise<{ close(): Promise<void> }>,
): Promise<void> => {
  surviveLostWrites((error) => {
    // oxlint-disable-next-line no-console -- whatever it was, the log may be a part of it.
    console.error('unexpected error', error instanceof Error ? describeError(error) : typeof error)
    process.exit(1)
  })
  try {
    const running = await start()
    let stopping = false
    // Ctrl-C reaches a child twice, from the terminal and from its supervisor.
    const stop = () => {
      if (stopping) return
      stopping = true
      setTimeout(() => process.exit(1), longestStopMs).unref()
      running.close().then(
        () => process.exit(0),
        () => process.exit(1),
      )
    }
    process.on('SIGINT', stop)
    process.on('SIGTERM', stop)
  } catch (error) {
    // oxlint-disable-next-line no-console -- before there is a log, and for the person who starts it.
    console.error(error instanceof StartError ? error.message : error)
    process.exit(1)
  }
}

/**
 * A worker that runs at once, or first after `afterMs`, and again `everyMs` after its last end; one
 * failure is logged, the next run goes on.
 */
export const repeat = (
  name: string,
  everyMs: number,
  work: () => Promise<unknown>,
  log: Log,
  { afterMs = 0 }: { afterMs?: number } = {},
): { stop(): Promise<void> } => {
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> = Promise.resolve()
  const turn = () => {
    running = Promise.resolve()
      .then(work)
      .then(
        () => {},
        (error: unknown) => log.error({ worker: name, error }, 'a worker’s turn failed'),
      )
      .then(() => {
        if (!stopped) timer = setTimeout(turn, everyMs)
      })
  }
  if (afterMs > 0) timer = setTimeout(turn, afterMs)
  else turn()
  return {
    async stop() {
      stopped = true
      clearTimeout(timer)
      await running
    },
  }
}
