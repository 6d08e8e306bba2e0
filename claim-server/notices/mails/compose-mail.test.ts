import { describe, expect, test } from 'vitest'
import type { MailDetails } from '../find-mail-details.ts'
import { recipientsOf } from '../notice-events.ts'
import { composeMail } from './compose-mail.ts'
import { htmlPart } from './html-part.tsx'
import { textPart } from './text-part.ts'

type Notice = MailDetails['notice']

const none = {
  amountMinor: null,
  decidedAt: null,
  fromAccount: null,
  toAccount: null,
  transferId: null,
}

const refund = {
  amountMinor: 13_150n,
  decidedAt: new Date('2026-11-24T01:04:00Z'),
  fromAccount: '0901-101-1-0020001',
  toAccount: '0901-101-4-0014471',
  transferId: '019a9f3e-1c2b-7d3e-8f45-6a7b8c9d0e20',
}

const details = (
  notice: Pick<Notice, 'event' | 'recipient' | 'language'>,
  changed: Partial<MailDetails> = {},
): MailDetails => ({
  notice: { ...notice, id: 'n', address: 'a@b.example', attempts: 1 },
  order: {
    orderNumber: '3F8T-Q1ZD-H',
    shopOrderRef: 'A-0417',
    description: 'A pair of shoes',
    amountMinor: 13_150n,
    currency: 'JPY',
    orderedOn: '2026-11-20',
    entryToken: null,
  },
  openUntil: null,
  timeLimit: '2026-11-25',
  reason: 'out of stock',
  shop: {
    name: 'Shop A Shoes',
    nameJa: 'ショップA シューズ',
    kind: 'shop',
    phone: '03-5555-0101',
    contactAddress: null,
  },
  customer: { name: 'Haruka Sato' },
  bank: {
    name: 'Minato Bank',
    nameJa: 'みなと銀行',
    portalUrl: 'https://bank.example',
    timeZone: 'Asia/Tokyo',
  },
  payment: {
    reference: 'P-9XWK-4R2M-J',
    account: '0901-101-4-0014471',
    decidedAt: new Date('2026-11-23T01:04:00Z'),
    transferId: '019a9f3e-1c2b-7d3e-8f45-6a7b8c9d0e1f',
    groupNumber: 'G-7Q4M-2K9P-T',
    payeeAccount: '0901-101-1-0020001',
    groupAmountMinor: 26_480n,
    claimsOfGroup: 3,
  },
  refund: notice.event === 'claim-refunded' ? refund : none,
  ...changed,
})

const every = Object.entries(recipientsOf).flatMap(([event, recipients]) =>
  recipients.flatMap((recipient) =>
    (['en', 'ja'] as const).map((language) => ({
      event: event as Notice['event'],
      recipient,
      language,
    })),
  ),
)

const foreign = {
  en: /[\u3040-\u30ff\u4e00-\u9fff]/,
  ja: /\b(the|order|your|paid|Minato|Shop)\b/i,
}

describe.each(every)('the mail of $event to the $recipient in $language', (notice) => {
  const content = composeMail(details(notice))

  test('has order number and amount in its subject', () => {
    expect(content.subject).toContain('3F8T-Q1ZD-H')
    expect(content.subject).toContain(notice.language === 'ja' ? '13,150円' : '13,150 yen')
  })

  test('says the same in both parts', async () => {
    const html = await htmlPart(content)
    const text = textPart(content)
    for (const words of [content.heading, content.amount, ...content.paragraphs]) {
      expect(text).toContain(words)
      expect(html).toContain(words)
    }
    for (const { label, value } of content.rows) {
      expect(text).toContain(`${label}${notice.language === 'ja' ? '：' : ': '}${value}`)
      expect(html).toContain(value)
    }
  })

  test('is in its language alone, and names no whole account', () => {
    const text = `${content.subject}\n${textPart(content)}`
    expect(text).not.toMatch(foreign[notice.language])
    expect(text).not.toMatch(/undefined|null|0014471|0020001/)
  })
})

test.each([
  ['claim-expired', 'customer', /was not paid by Wed 25 Nov 2026, so it can’t be paid any more/],
  ['claim-expired', 'shop', /did not pay this order by Wed 25 Nov 2026, so it can’t be paid/],
  ['order-received', 'customer', /Pay it .* by the end of Wed 25 Nov 2026/],
  ['order-received', 'shop', /can pay it until the end of Wed 25 Nov 2026/],
] as const)('%s tells the %s of a time limit, not of a span', (event, recipient, said) => {
  const { paragraphs } = composeMail(details({ event, recipient, language: 'en' }))
  expect(paragraphs.join('\n')).toMatch(said)
})

test.each([
  ['en', 'You confirm with your account number and password.', 'We never ask'],
  [
    'ja',
    '確定の際は、口座番号とログインパスワードをご入力ください。',
    'お尋ねすることは一切ございません',
  ],
] as const)(
  'a reservation says what will be typed at the bank, in %s',
  (language, typed, never) => {
    const { paragraphs, footer } = composeMail(
      details({ event: 'order-received', recipient: 'customer', language }),
    )
    expect(paragraphs.join()).toContain(typed)
    expect(footer.join()).toContain(never)
  },
)

test('a settlement tells the shop the account used, the transfer and the group', () => {
  const { rows } = composeMail(
    details({ event: 'claim-settled', recipient: 'shop', language: 'en' }),
  )
  expect(Object.fromEntries(rows.map(({ label, value }) => [label, value]))).toMatchObject({
    'Order number': '3F8T-Q1ZD-H',
    'Your reference': 'A-0417',
    'Paid on': '23 Nov 2026, 10:04',
    'Paid from': '•••• 4471',
    'Paid to': '•••• 0001',
    Transfer: '019a9f3e-1c2b-7d3e-8f45-6a7b8c9d0e1f',
    'Group number': 'G-7Q4M-2K9P-T',
    'Whole transfer': '3 orders, 26,480 yen',
  })
})

test.each([
  ['customer', { 'Paid back to': '•••• 4471' }],
  ['shop', { 'Paid back from': '•••• 0001' }],
] as const)('a refund in part tells the %s what went back, and their own account', (to, own) => {
  const { rows, amount, subject } = composeMail(
    details(
      { event: 'claim-refunded', recipient: to, language: 'en' },
      { refund: { ...refund, amountMinor: 2000n } },
    ),
  )
  expect(amount).toBe('2,000 yen')
  expect(subject).toContain('2,000 yen')
  const said = Object.fromEntries(rows.map(({ label, value }) => [label, value]))
  expect(said).toMatchObject({ ...own, 'Paid back on': '24 Nov 2026, 10:04' })
})

test('a customer who has something to pay is shown the way to their bank, others are not', () => {
  const linkOf = (event: Notice['event'], recipient: Notice['recipient']) =>
    composeMail(details({ event, recipient, language: 'en' })).link?.href
  expect(linkOf('limit-warning', 'customer')).toBe('https://bank.example')
  expect(linkOf('limit-warning', 'shop')).toBeUndefined()
  expect(linkOf('claim-settled', 'customer')).toBeUndefined()
})

const hostile = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "'; background:url(https://evil.test)",
  '</td></table><a href="https://evil.test">pay here</a>',
  '<!-- ',
  '&lt;b&gt;',
  '{{7*7}} ${7*7}',
]

test.each(hostile)('goods called %j are words in the mail, not markup', async (description) => {
  const notice = { event: 'claim-settled', recipient: 'shop', language: 'en' } as const
  const plain = details(notice)
  const content = composeMail({
    ...plain,
    order: { ...plain.order, description },
    shop: { ...plain.shop, name: description },
  })
  const tags = (html: string) => html.match(/<[^>]*>/g)?.map((tag) => tag.split(/[\s>]/)[0])
  expect(tags(await htmlPart(content))).toEqual(tags(await htmlPart(composeMail(plain))))
  expect(textPart(content)).toContain(description)
})

test.each(['en', 'ja'] as const)(
  'the mail with an entry link leads to the order, names nobody and says until when, in %s',
  (language) => {
    const mail = composeMail(
      details(
        { event: 'entry-link', recipient: 'customer', language },
        { customer: null, openUntil: new Date('2026-11-24T03:00:00Z') },
      ),
      'https://claims.example/entry/AAAA',
    )
    expect(mail.link?.href).toBe('https://claims.example/entry/AAAA')
    expect(mail.subject).toContain('3F8T-Q1ZD-H')
    expect(mail.greeting).toMatch(/^(Dear customer,|お客さま)$/)
    expect(mail.rows.map(({ value }) => value).join('\n')).toMatch(/12:00/)
    expect(textPart(mail)).toContain('https://claims.example/entry/AAAA')
  },
)
