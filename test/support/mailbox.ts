import { type AddressObject, simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'

export interface ReceivedMail {
  /** Addresses of the envelope: where the mail really went, whatever its headers say. */
  envelopeFrom: string
  envelopeTo: string[]
  /** Addresses of the headers. */
  from: string[]
  to: string[]
  cc: string[]
  subject: string
  messageId: string
  text: string
  html: string
  headers: Map<string, unknown>
  /** The mail as it came over the wire. */
  raw: string
}

export interface Mailbox {
  /** What SMTP_URL takes. */
  url: string
  /** Every mail accepted so far, oldest first; a mail delivered twice is here twice. */
  mails: ReceivedMail[]
  mailsTo(address: string): ReceivedMail[]
  /** The first mail, had or to come, that fits; fails after ten seconds by default. */
  waitForMail(fits: (mail: ReceivedMail) => boolean, seconds?: number): Promise<ReceivedMail>
  /** From now on refuses every mail: 4xx for now, 5xx for good. */
  refuse(code?: number): void
  /** Accepts again. */
  accept(): void
  close(): Promise<void>
}

const addressesOf = (field: AddressObject | AddressObject[] | undefined): string[] =>
  [field ?? []].flat().flatMap(({ value }) => value.map(({ address }) => address ?? ''))

const envelopeOf = (session: {
  envelope: { mailFrom: { address: string } | false; rcptTo: { address: string }[] }
}) => ({
  envelopeFrom: session.envelope.mailFrom ? session.envelope.mailFrom.address : '',
  envelopeTo: session.envelope.rcptTo.map(({ address }) => address),
})

const readAll = async (stream: AsyncIterable<Buffer>) => {
  const parts: Buffer[] = []
  for await (const part of stream) parts.push(part)
  return Buffer.concat(parts)
}

const parse = async (raw: Buffer): Promise<Omit<ReceivedMail, 'envelopeFrom' | 'envelopeTo'>> => {
  const mail = await simpleParser(raw)
  return {
    from: addressesOf(mail.from),
    to: addressesOf(mail.to),
    cc: addressesOf(mail.cc),
    subject: mail.subject ?? '',
    messageId: mail.messageId ?? '',
    text: mail.text ?? '',
    html: mail.html || '',
    headers: mail.headers,
    raw: raw.toString(),
  }
}

/** A real SMTP server on a free port, for tests that read what was mailed. */
export const startMailbox = async (): Promise<Mailbox> => {
  const mails: ReceivedMail[] = []
  const arrivals = new EventTarget()
  let refusal: number | undefined

  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onMailFrom(_address, _session, done) {
      if (refusal === undefined) return done()
      done(Object.assign(new Error('The mailbox was told to refuse'), { responseCode: refusal }))
    },
    onData(stream, session, done) {
      readAll(stream)
        .then(parse)
        .then((mail) => {
          mails.push({ ...envelopeOf(session), ...mail })
          arrivals.dispatchEvent(new Event('mail'))
          done()
        })
        .catch(done)
    },
  })
  server.on('error', () => {}) // A client that drops its connection is no failure of the test.
  await new Promise<void>((up) => server.listen(0, '127.0.0.1', up))
  const address = server.server.address()
  const port = typeof address === 'object' && address ? address.port : 0

  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    mailsTo: (address) => mails.filter(({ envelopeTo }) => envelopeTo.includes(address)),
    waitForMail: (fits, seconds = 10) =>
      new Promise((found, fail) => {
        const look = () => {
          const mail = mails.find(fits)
          if (!mail) return
          stop()
          found(mail)
        }
        const timer = setTimeout(() => {
          stop()
          const subjects = mails.map(({ subject, envelopeTo }) => `${subject} (to ${envelopeTo})`)
          fail(new Error(`No such mail in ${seconds} s. The mailbox has: ${subjects.join('; ')}`))
        }, seconds * 1000)
        const stop = () => {
          clearTimeout(timer)
          arrivals.removeEventListener('mail', look)
        }
        arrivals.addEventListener('mail', look)
        look()
      }),
    refuse: (code = 451) => {
      refusal = code
    },
    accept: () => {
      refusal = undefined
    },
    close: () => new Promise((closed) => server.close(() => closed())),
  }
}
