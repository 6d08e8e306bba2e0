import { SMTPServer } from 'smtp-server'

/** A mail server that counts and keeps nothing. */
export interface SmtpSink {
  url: string
  /** How often each mail was accepted, by its Message-ID. */
  accepted: ReadonlyMap<string, number>
  /** Mails accepted beyond the first of each Message-ID. */
  duplicates(): number
  /** From now on it is away, for every mail. */
  down(): void
  up(): void
  close(): Promise<void>
}

const headerBytes = 16 * 1024

const messageIdIn = (text: string) => /^message-id:\s*(<[^>]+>)/im.exec(text)?.[1]

export const startSmtpSink = async (): Promise<SmtpSink> => {
  const accepted = new Map<string, number>()
  let isDown = false
  const refuseWhenDown = (done: (error?: Error | null) => void) =>
    done(isDown ? Object.assign(new Error('Not available'), { responseCode: 421 }) : null)
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onConnect: (_session, done) => refuseWhenDown(done),
    onMailFrom: (_address, _session, done) => refuseWhenDown(done),
    onData(stream, _session, done) {
      let head = ''
      stream.on('data', (part: Buffer) => {
        if (head.length < headerBytes) head += part.toString('latin1')
      })
      stream.on('end', () => {
        const id = messageIdIn(head) ?? 'none'
        accepted.set(id, (accepted.get(id) ?? 0) + 1)
        done()
      })
    },
  })
  server.on('error', () => {}) // A client that was killed has dropped its connection.
  await new Promise<void>((up) => server.listen(0, '127.0.0.1', up))
  const address = server.server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    url: `smtp://127.0.0.1:${port}`,
    accepted,
    duplicates: () => [...accepted.values()].reduce((sum, times) => sum + times - 1, 0),
    down: () => {
      isDown = true
    },
    up: () => {
      isDown = false
    },
    close: () => new Promise((closed) => server.close(() => closed())),
  }
}
