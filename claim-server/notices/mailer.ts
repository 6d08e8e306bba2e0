import nodemailer from 'nodemailer'
import { mailAddress } from '#shared/contracts/fields.ts'
import { StartError } from '#shared/service-process.ts'
import type { Config } from '../config.ts'
import type { Deps, OutgoingMail } from '../deps.ts'

/** Why the mail server, or we before it, did not take a mail. `isFinal`: it would say so again. */
export class MailNotAccepted extends Error {
  readonly isFinal: boolean
  constructor(reason: string, isFinal: boolean, cause?: unknown) {
    super(reason, { cause })
    this.name = 'MailNotAccepted'
    this.isFinal = isFinal
  }
}

export interface Mailer {
  sendMail: Deps['sendMail']
  close(): void
}

export interface Sender {
  name: string
  address: string
}

const nameAndAddress = /^(?:"?([^"<>\r\n]*?)"?\s*)<([^<>\s]+)>$/

/** The sender of a setting: `Claimbook <claims@bank.example>` or the address alone. */
export const parseSender = (text: string): Sender => {
  const [, name = '', address = text] = nameAndAddress.exec(text) ?? []
  if (!mailAddress.safeParse(address).success)
    throw new StartError(`MAIL_FROM can't be used: ${text} is not a mail address`)
  return { name, address }
}

const mostConnections = 5
const timeoutMs = 15_000

const openTransport = (smtpUrl: string) =>
  nodemailer.createTransport({
    url: smtpUrl,
    pool: true,
    maxConnections: mostConnections,
    maxMessages: 500,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  })

const control = /[\p{Cc}\u2028\u2029]+/gu

/** One line, whatever a shop called its goods: nothing in it can end a header. */
const headerText = (text: string) => text.replaceAll(control, ' ').trim()

const responseCode = (error: unknown): number | undefined => {
  const code =
    error instanceof Error && 'responseCode' in error ? Number(error.responseCode) : Number.NaN
  return Number.isNaN(code) ? undefined : code
}

const describe = (error: unknown): string => {
  const code = responseCode(error)
  if (code !== undefined) return `the mail server answered ${code}`
  const name = error instanceof Error && 'code' in error ? String(error.code) : 'no answer'
  return `the mail server was not reached: ${name}`
}

const sameAddress = (one: unknown, other: string) =>
  String(one).toLowerCase() === other.toLowerCase()

/**
 * Sends mails by SMTP. An address must fit the strict pattern before, the envelope is ours, not the
 * headers', and the mail server must have accepted exactly that recipient: `nodemailer` alone lets a
 * line break in an address choose another. Rejects with `MailNotAccepted`.
 */
export const openMailer = ({
  SMTP_URL,
  MAIL_FROM,
}: Pick<Config, 'SMTP_URL' | 'MAIL_FROM'>): Mailer => {
  const from = parseSender(MAIL_FROM)
  const transport = openTransport(SMTP_URL)
  const send = async ({ to, subject, text, html, messageId, language }: OutgoingMail) => {
    try {
      return await transport.sendMail({
        envelope: { from: from.address, to: [to] },
        from: { name: headerText(from.name), address: from.address },
        to: { name: '', address: to },
        subject: headerText(subject),
        text,
        html,
        messageId,
        headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': language },
      })
    } catch (error) {
      const code = responseCode(error)
      throw new MailNotAccepted(describe(error), code !== undefined && code >= 500, error)
    }
  }
  return {
    async sendMail(mail) {
      if (!mailAddress.safeParse(mail.to).success)
        throw new MailNotAccepted('the address is not one', true)
      const { accepted, rejected } = await send(mail)
      if (accepted.length !== 1 || rejected.length > 0 || !sameAddress(accepted[0], mail.to))
        throw new MailNotAccepted('the mail server took another recipient', true)
    },
    close: () => transport.close(),
  }
}
