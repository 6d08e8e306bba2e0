import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import type { Log } from '#shared/log.ts'
import { StartError } from '#shared/service-process.ts'
import type { MailStore } from './mail-store.ts'

const largestMailBytes = 10 * 1024 * 1024

/** "refuses for now" is a 4xx, which senders try again; "for good" a 5xx. */
export type MailServerAnswer = 'accept' | 'refuse-for-now' | 'refuse-for-good'

const refusals: Record<MailServerAnswer, { responseCode: number; message: string } | undefined> = {
  accept: undefined,
  'refuse-for-now': { responseCode: 451, message: 'The demo’s mail server refuses for now' },
  'refuse-for-good': { responseCode: 550, message: 'The demo’s mail server refuses this mail' },
}

export interface MailServer {
  port: number
  answer: MailServerAnswer
  close(): Promise<void>
}

const smtpError = (responseCode: number, message: string) =>
  Object.assign(new Error(message), { responseCode })

const readAll = async (stream: AsyncIterable<Buffer> & { sizeExceeded: boolean }) => {
  const parts: Buffer[] = []
  let sizeBytes = 0
  for await (const part of stream) {
    sizeBytes += part.length
    if (sizeBytes <= largestMailBytes) parts.push(part)
  }
  if (sizeBytes > largestMailBytes) throw smtpError(552, 'The mail is too large')
  return Buffer.concat(parts)
}

/** An SMTP server that puts every mail into the store, and refuses them while told to. */
export const startMailServer = (
  { store, log }: { store: MailStore; log: Log },
  { host, port }: { host: string; port: number },
): Promise<MailServer> => {
  const state: { answer: MailServerAnswer } = { answer: 'accept' }
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    size: largestMailBytes,
    banner: 'Demo inbox',
    onMailFrom(_address, _session, done) {
      const refusal = refusals[state.answer]
      if (refusal) return done(smtpError(refusal.responseCode, refusal.message))
      done()
    },
    onData(stream, { envelope }, done) {
      readAll(stream)
        .then((raw) =>
          store.add(raw, {
            from: envelope.mailFrom ? envelope.mailFrom.address : '',
            to: envelope.rcptTo.map(({ address }) => address),
          }),
        )
        .then(
          ({ id }) => {
            log.info({ mail: id }, 'mail received')
            done()
          },
          (error: Error) => done(error),
        )
    },
  })

  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new StartError(`SMTP_PORT ${port} on ${host} is taken: set SMTP_PORT to another`)
          : error,
      ),
    )
    server.listen(port, host, () => {
      // From here on an error is one client's broken connection.
      server.on('error', (error) => log.debug({ error: error.message }, 'smtp connection'))
      resolve({
        port: (server.server.address() as AddressInfo).port,
        get answer() {
          return state.answer
        },
        set answer(answer) {
          state.answer = answer
        },
        close: () => new Promise((closed) => server.close(() => closed())),
      })
    })
  })
}
