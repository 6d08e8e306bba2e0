import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Mailbox, startMailbox } from '../../test/support/mailbox.ts'
import type { OutgoingMail } from '../deps.ts'
import { type Mailer, openMailer, parseSender } from './mailer.ts'

let mailbox: Mailbox
let mailer: Mailer

beforeAll(async () => {
  mailbox = await startMailbox()
  mailer = openMailer({ SMTP_URL: mailbox.url, MAIL_FROM: 'Claimbook <claims@bank.example>' })
})
beforeEach(() => {
  mailbox.mails.length = 0
  mailbox.accept()
})
afterAll(async () => {
  mailer.close()
  await mailbox.close()
})

const mail: OutgoingMail = {
  to: 'shop@shops.example',
  subject: 'Order 3F8T-Q1ZD-H is paid: 3,150 yen',
  text: 'paid',
  html: '<p>paid</p>',
  messageId: '<notice-1@bank.example>',
  language: 'en',
}

test('a mail goes to its one recipient, with both parts and the given Message-ID', async () => {
  await mailer.sendMail({
    ...mail,
    subject: '【入金済み】注文番号 3F8T-Q1ZD-H 3,150円',
    language: 'ja',
  })
  expect(mailbox.mails).toMatchObject([
    {
      envelopeFrom: 'claims@bank.example',
      envelopeTo: ['shop@shops.example'],
      from: ['claims@bank.example'],
      to: ['shop@shops.example'],
      cc: [],
      subject: '【入金済み】注文番号 3F8T-Q1ZD-H 3,150円',
      messageId: '<notice-1@bank.example>',
      text: 'paid',
      html: '<p>paid</p>',
    },
  ])
  const headers = mailbox.mails[0]?.headers
  expect(headers?.get('content-language')).toBe('ja')
  expect(headers?.get('auto-submitted')).toBe('auto-generated')
})

test.each([
  'a@x.test\r\nBcc: evil@y.test',
  'a@x.test\r\nRCPT TO:<evil@y.test>',
  'a@x.test, evil@y.test',
  'a@x.test;evil@y.test',
  'a@x.test evil@y.test',
  'Shop <evil@y.test> a@x.test',
  '"a@x.test" <evil@y.test>',
  '<evil@y.test>',
  'a@x.test>\r\nDATA',
  'a@x.test\n',
  ' a@x.test',
  'a@x',
  'a@[127.0.0.1]',
  'a@x.test\u2028evil@y.test',
  'あ@x.test',
  '',
])('the address %j is refused before the mail server hears of it', async (to) => {
  await expect(mailer.sendMail({ ...mail, to })).rejects.toMatchObject({ isFinal: true })
  expect(mailbox.mails).toEqual([])
})

test.each([
  'Shoes\r\nBcc: evil@y.test',
  'Shoes\nTo: evil@y.test\n\nanother body',
  'Shoes\r\n\r\n<html>',
  'Shoes\u0000\u001b[31m',
  'Shoes\u2028Cc: evil@y.test',
  'x'.repeat(5000),
  '=?utf-8?B?QmNjOiBldmlsQHkudGVzdA==?=',
])('a subject with %j adds no header and no recipient', async (subject) => {
  await mailer.sendMail({ ...mail, subject })
  expect(mailbox.mails).toHaveLength(1)
  expect(mailbox.mails[0]).toMatchObject({
    envelopeTo: [mail.to],
    to: [mail.to],
    cc: [],
    text: 'paid',
    html: '<p>paid</p>',
  })
  expect(mailbox.mails[0]?.headers.has('bcc')).toBe(false)
})

test('a text with a lone dot or SMTP commands in it arrives as it is', async () => {
  const text = 'one\n.\nQUIT\nMAIL FROM:<evil@y.test>\ntwo'
  await mailer.sendMail({ ...mail, text })
  expect(mailbox.mails).toHaveLength(1)
  expect(mailbox.mails[0]?.text).toBe(text)
})

test.each([
  [451, false],
  [550, true],
])('a mail server that answers %i did not accept the mail', async (code, isFinal) => {
  mailbox.refuse(code)
  await expect(mailer.sendMail(mail)).rejects.toMatchObject({ name: 'MailNotAccepted', isFinal })
})

test('a mail server that is away did not accept the mail, and may later', async () => {
  const away = openMailer({ SMTP_URL: 'smtp://127.0.0.1:1', MAIL_FROM: 'claims@bank.example' })
  await expect(away.sendMail(mail)).rejects.toMatchObject({ isFinal: false })
  away.close()
})

test('the sender is a name with an address, or an address; anything else names the setting', () => {
  expect(parseSender('Claimbook <claims@bank.example>')).toEqual({
    name: 'Claimbook',
    address: 'claims@bank.example',
  })
  expect(parseSender('claims@bank.example')).toEqual({ name: '', address: 'claims@bank.example' })
  expect(() => parseSender('Claimbook')).toThrow("MAIL_FROM can't be used")
  expect(() => parseSender('A <a@b.example>\r\nBcc: <e@y.test>')).toThrow('MAIL_FROM')
})
