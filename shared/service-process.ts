import { serve } from '@hono/node-server'
import type { Hono } from 'hono'
import type { AddressInfo } from 'node:net'
import { z } from 'zod'
import type { Log } from './log.ts'

/** A setting that is missing or bad, or a thing it names that can't be used: one line for a person. */
export class StartError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'StartError'
  }
}

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

/** The settings that every service has; each adds its own. */
export const commonSettings = {
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65535),
  /** The address that browsers and peers use; decides cookies and HSTS. */
  PUBLIC_URL: z.url({ protocol: /^https?$/ }),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  DATABASE_POOL: z.coerce.number().int().min(1).max(200).default(10),
  KEYS_DIR: z.string().min(1),
  TIME_ZONE: z.string().default('Asia/Tokyo'),
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

/** Listens with limits against slow clients; `close` lets running requests end, five seconds at most. */
export const listen = (
  app: Hono<any>,
  { host, port, log }: { host: string; port: number; log: Log },
): Promise<Listening> =>
  new Promise((resolve, reject) => {
    const server = serve({
      fetch: app.fetch,
      hostname: host,
      port,
      serverOptions: {
        headersTimeout: 5000,
        requestTimeout: 15_000,
        keepAliveTimeout: 65_000,
        connectionsCheckingInterval: 1000,
        maxHeaderSize: 16 * 1024,
      },
    })
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new StartError(`PORT ${port} on ${host} is taken: set PORT to another`)
          : error,
      ),
    )
    server.once('listening', () => {
      const address = server.address() as AddressInfo
      log.info({ host, port: address.port }, 'listening')
      resolve({ port: address.port, close: () => closeServer(server) })
    })
  })

const closeServer = (server: ReturnType<typeof serve>) =>
  new Promise<void>((resolve) => {
    server.close(() => resolve())
    if ('closeIdleConnections' in server) server.closeIdleConnections()
    setTimeout(() => {
      if ('closeAllConnections' in server) server.closeAllConnections()
    }, 5000).unref()
  })

/** Runs a service's main: ends with one line and exit code 1 on a bad start, cleanly on SIGINT or SIGTERM. */
export const runProcess = async (
  start: () => Promise<{ close(): Promise<void> }>,
): Promise<void> => {
  try {
    const running = await start()
    const stop = () => {
      running.close().then(
        () => process.exit(0),
        () => process.exit(1),
      )
    }
    process.once('SIGINT', stop)
    process.once('SIGTERM', stop)
  } catch (error) {
    console.error(error instanceof StartError ? error.message : error)
    process.exit(1)
  }
}

/** A worker that runs again `everyMs` after its last end; one failure is logged, the next run goes on. */
export const repeat = (
  name: string,
  everyMs: number,
  work: () => Promise<unknown>,
  log: Log,
): { stop(): Promise<void> } => {
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> = Promise.resolve()
  const turn = () => {
    running = work()
      .then(
        () => {},
        (error: unknown) =>
          log.error(
            {
              worker: name,
              error: error instanceof Error ? error.name : 'unknown',
              code: (error as { code?: string }).code,
            },
            'a worker’s turn failed',
          ),
      )
      .then(() => {
        if (!stopped) timer = setTimeout(turn, everyMs)
      })
  }
  turn()
  return {
    async stop() {
      stopped = true
      clearTimeout(timer)
      await running
    },
  }
}
