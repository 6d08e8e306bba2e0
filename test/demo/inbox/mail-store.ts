import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type AddressObject, simpleParser } from 'mailparser'
import type { Clock } from '#shared/dates.ts'
import { writeWholeFile } from '../write-whole-file.ts'

/** Where a mail really went, whatever its headers say. */
export interface Envelope {
  from: string
  to: string[]
}

export interface StoredMail {
  /** Sorts by arrival. */
  id: string
  /** On the business clock: a demo that moved to next week shows next week's mails. */
  receivedAt: Date
  envelope: Envelope
  from: string[]
  to: string[]
  cc: string[]
  subject: string
  messageId: string
  /** Empty when the mail has no such part. */
  text: string
  html: string
  headers: { name: string; value: string }[]
  attachments: { name: string; contentType: string; sizeBytes: number }[]
  sizeBytes: number
}

export interface MailStore {
  /** Newest first; `to` finds a part of a recipient's address. */
  list(search?: { to?: string }): StoredMail[]
  find(id: string): StoredMail | undefined
  /** The mail as it came over the wire. */
  raw(id: string): Buffer | undefined
  add(raw: Buffer, envelope: Envelope): Promise<StoredMail>
  deleteAll(): void
}

export interface MailStoreOptions {
  folder: string
  /** The oldest mails go when there are more. */
  mostMails: number
  clock: Clock
}

const addressesOf = (field: AddressObject | AddressObject[] | undefined): string[] =>
  [field ?? []].flat().flatMap(({ value }) => value.map(({ address }) => address ?? ''))

const headerOf = (line: string) => {
  const colon = line.indexOf(':')
  return {
    name: line.slice(0, colon),
    value: line
      .slice(colon + 1)
      .replaceAll(/\r?\n[ \t]+/g, ' ')
      .trim(),
  }
}

interface Stamp {
  receivedAt: string
  envelope: Envelope
}

// One mail is one .eml file that any mail program opens; what SMTP said beside it is its first header.
const stampName = 'X-Inbox-Stamp'

const withStamp = (stamp: Stamp, raw: Buffer) =>
  Buffer.concat([Buffer.from(`${stampName}: ${JSON.stringify(stamp)}\r\n`), raw])

const takeStamp = (file: Buffer): { stamp: Stamp; raw: Buffer } => {
  const end = file.indexOf('\r\n')
  const stamp = JSON.parse(file.subarray(stampName.length + 2, end).toString()) as Stamp
  return { stamp, raw: file.subarray(end + 2) }
}

const readMail = async (id: string, { receivedAt, envelope }: Stamp, raw: Buffer) => {
  const mail = await simpleParser(raw, { skipHtmlToText: true, skipTextToHtml: true })
  return {
    id,
    receivedAt: new Date(receivedAt),
    envelope,
    from: addressesOf(mail.from),
    to: addressesOf(mail.to),
    cc: addressesOf(mail.cc),
    subject: mail.subject ?? '',
    messageId: mail.messageId ?? '',
    text: mail.text ?? '',
    html: mail.html || '',
    headers: mail.headerLines.map(({ line }) => headerOf(line)),
    attachments: mail.attachments.map(({ filename, contentType, size }) => ({
      name: filename ?? '',
      contentType,
      sizeBytes: size,
    })),
    sizeBytes: raw.length,
  } satisfies StoredMail
}

const idPattern = /^\d{13}-\d{6}$/

/** The mails of a folder, parsed once; a file there that is no mail is left alone. */
export const openMailStore = async ({
  folder,
  mostMails,
  clock,
}: MailStoreOptions): Promise<MailStore> => {
  mkdirSync(folder, { recursive: true })
  const pathOf = (id: string) => join(folder, `${id}.eml`)
  const mails: StoredMail[] = []
  let lastNumber = 0

  for (const name of readdirSync(folder).toSorted()) {
    const id = name.slice(0, -'.eml'.length)
    if (!name.endsWith('.eml') || !idPattern.test(id)) continue
    try {
      const { stamp, raw } = takeStamp(readFileSync(pathOf(id)))
      mails.push(await readMail(id, stamp, raw))
    } catch {
      continue
    }
  }

  const nextId = () => {
    lastNumber = (lastNumber + 1) % 1_000_000
    return `${`${Date.now()}`.padStart(13, '0')}-${`${lastNumber}`.padStart(6, '0')}`
  }

  const dropOldest = () => {
    while (mails.length > mostMails) {
      const oldest = mails.shift()
      if (oldest) rmSync(pathOf(oldest.id), { force: true })
    }
  }
  dropOldest()

  return {
    list: ({ to = '' } = {}) => {
      const sought = to.trim().toLowerCase()
      return mails
        .filter(({ envelope }) => envelope.to.some((one) => one.toLowerCase().includes(sought)))
        .toReversed()
    },
    find: (id) => mails.find((mail) => mail.id === id),
    raw: (id) =>
      mails.some((mail) => mail.id === id) ? takeStamp(readFileSync(pathOf(id))).raw : undefined,
    add: async (raw, envelope) => {
      const id = nextId()
      const stamp = { receivedAt: clock.now().toISOString(), envelope }
      const mail = await readMail(id, stamp, raw)
      writeWholeFile(pathOf(id), withStamp(stamp, raw), 0o600)
      mails.push(mail)
      mails.sort((a, b) => (a.id < b.id ? -1 : 1))
      dropOldest()
      return mail
    },
    deleteAll: () => {
      for (const { id } of mails.splice(0)) rmSync(pathOf(id), { force: true })
    },
  }
}
