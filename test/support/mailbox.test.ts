import nodemailer from 'nodemailer'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Mailbox, startMailbox } from './mailbox.ts'

let mailbox: Mailbox
const send = async (subject: string) => {
  const transport = nodemailer.createTransport(mailbox.url)
  try {
    await transport.sendMail({
      from: 'bank@example.com',
      to: 'Shop A <shop@example.com>',
      subject,
      text: 'paid',
      html: '<b>paid</b>',
    })
  } finally {
    transport.close()
  }
}

beforeAll(async () => {
  mailbox = await startMailbox()
})
afterAll(() => mailbox.close())

test('a mail is read back with its envelope, its headers and both of its parts', async () => {
  const waiting = mailbox.waitForMail(({ subject }) => subject === 'お支払い完了')
  await send('お支払い完了')
  expect(await waiting).toMatchObject({
    envelopeFrom: 'bank@example.com',
    envelopeTo: ['shop@example.com'],
    to: ['shop@example.com'],
    text: 'paid',
    html: '<b>paid</b>',
    messageId: expect.stringMatching(/^<.+@.+>$/),
  })
  expect(mailbox.mailsTo('shop@example.com')).toHaveLength(1)
})

test('a mailbox that was told to refuse takes no mail until it accepts again', async () => {
  const before = mailbox.mails.length
  mailbox.refuse(550)
  await expect(send('refused')).rejects.toMatchObject({ responseCode: 550 })
  expect(mailbox.mails).toHaveLength(before)
  mailbox.accept()
  await send('accepted')
  expect(mailbox.mails).toHaveLength(before + 1)
})

test('waiting for a mail that does not come names the mails that did', async () => {
  await send('another one')
  await expect(mailbox.waitForMail(() => false, 0.05)).rejects.toThrow('another one')
})
