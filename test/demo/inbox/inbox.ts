import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { Hono } from 'hono'
import { systemClock } from '#shared/dates.ts'
import { type Log, silentLog } from '#shared/log.ts'
import { listen } from '#shared/service-process.ts'
import { createInboxApp } from './app.tsx'
import { controlBusinessClock } from './business-clock.ts'
import { type MailServer, type MailServerAnswer, startMailServer } from './mail-server.ts'
import { openMailStore, type StoredMail } from './mail-store.ts'

export interface InboxOptions {
  dataDir: string
  host?: string
  /** 0, the default, is any free port. */
  port?: number
  smtpPort?: number
  /** Where browsers find the pages; by default host and port. */
  publicUrl?: string
  /** The file of the business clock that the demo desk moves. */
  clockFile?: string | undefined
  timeZone?: string
  mostMails?: number
  log?: Log
}

export interface Inbox {
  /** Of the pages. */
  url: string
  /** What SMTP_URL takes. */
  smtpUrl: string
  /** Newest first; `to` finds a part of a recipient's address. */
  mails(search?: { to?: string }): StoredMail[]
  /** What the mail server says to the next mail. */
  answerMails(answer: MailServerAnswer): void
  close(): Promise<void>
}

/** Starts the SMTP server and the pages that show what it received. */
export const startInbox = async ({
  dataDir,
  host = '127.0.0.1',
  port = 0,
  smtpPort = 0,
  publicUrl,
  clockFile,
  timeZone = 'Asia/Tokyo',
  mostMails = 500,
  log = silentLog,
}: InboxOptions): Promise<Inbox> => {
  const clockControl = clockFile ? controlBusinessClock({ file: clockFile, timeZone }) : undefined
  const clock = clockControl ?? systemClock
  const store = await openMailStore({ folder: join(dataDir, 'mails'), mostMails, clock })
  const mailServer = await startMailServer({ store, log }, { host, port: smtpPort })
  const pages = await listenWithAddress({ host, port, publicUrl, log }, (url) =>
    createInboxApp({
      publicUrl: url,
      secret: randomBytes(32).toString('base64url'),
      timeZone,
      store,
      mailServer,
      clock,
      clockControl,
      log,
    }),
  ).catch(async (error: unknown) => {
    await mailServer.close()
    throw error
  })

  return {
    url: pages.url,
    smtpUrl: smtpUrlOf(host, mailServer),
    mails: (search) => store.list(search),
    answerMails: (answer) => {
      mailServer.answer = answer
    },
    close: async () => {
      await Promise.all([mailServer.close(), pages.close()])
    },
  }
}

const smtpUrlOf = (host: string, { port }: MailServer) => `smtp://${host}:${port}`

type Door = Pick<Hono, 'fetch'>

/** Pages know their own address, which a free port tells only after listening. */
const listenWithAddress = async (
  {
    host,
    port,
    publicUrl,
    log,
  }: { host: string; port: number; publicUrl: string | undefined; log: Log },
  createApp: (publicUrl: string) => Door,
) => {
  const behind: { app?: Door } = {}
  const door = new Hono().all(
    '*',
    (c) => behind.app?.fetch(c.req.raw, c.env) ?? c.text('The inbox is starting', 503),
  )
  const listening = await listen(door, { host, port, log })
  const url = publicUrl ?? `http://${host}:${listening.port}`
  behind.app = createApp(url)
  return { url, close: listening.close }
}
