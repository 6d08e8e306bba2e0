import { maskedNumber } from '#shared/accounts.ts'
import { declineReasonIn } from '#shared/decline-reasons.ts'
import { formatMoney } from '#shared/money.ts'
import { fullDate, instantWords } from '#shared/ui/time-limit.tsx'
import type { MailDetails } from '../find-mail-details.ts'
import type { NoticeEvent } from '../notice-events.ts'
import type { MailContent } from './mail-content.ts'
import { mailTexts } from './mails.texts.ts'

type Texts = ReturnType<typeof mailTexts>
type Labels = Texts['labels']

interface Said {
  subject: (named: Named) => string
  heading: string
  body: (named: Named) => string
}

interface Named {
  orderNumber: string
  amount: string
  shop: string
  bank: string
  timeLimit: string
}

interface Kind {
  tone: MailContent['tone']
  words: (texts: Texts) => { mark: string; customer?: Said; shop?: Said }
  /** Whether the customer is shown the way to the bank, because there is something to do. */
  toPay?: true
}

const kinds: Record<NoticeEvent, Kind> = {
  'order-received': { tone: 'info', words: (texts) => texts.orderReceived, toPay: true },
  'claim-settled': { tone: 'ok', words: (texts) => texts.settled },
  'limit-warning': { tone: 'warn', words: (texts) => texts.warning, toPay: true },
  'claim-expired': { tone: 'bad', words: (texts) => texts.expired },
  'claim-cancelled': { tone: 'bad', words: (texts) => texts.cancelled },
  'claim-declined': { tone: 'bad', words: (texts) => texts.declined },
  'claim-revived': { tone: 'info', words: (texts) => texts.revived, toPay: true },
  'new-claim': { tone: 'info', words: (texts) => texts.newClaim, toPay: true },
  'paid-late': { tone: 'warn', words: (texts) => texts.paidLate },
  'claim-refunded': { tone: 'ok', words: (texts) => texts.refunded },
  'entry-link': { tone: 'info', words: (texts) => texts.entryLink },
}

const inLanguage = ({ name, nameJa }: { name: string; nameJa: string | null }, language: string) =>
  language === 'ja' && nameJa ? nameJa : name

const nameEverything = ({ notice, order, shop, bank, timeLimit, refund }: MailDetails): Named => ({
  orderNumber: order.orderNumber,
  amount: formatMoney(refund.amountMinor ?? order.amountMinor, order.currency, notice.language),
  shop: inLanguage(shop, notice.language),
  bank: inLanguage(bank, notice.language),
  timeLimit: fullDate(timeLimit, notice.language),
})

type Row = [keyof Labels, string | false | null | undefined]

/** What was paid by which transfer; the last digits of the payer's account are enough to know it by. */
const paymentRows = ({ notice, order, payment, bank }: MailDetails, texts: Texts): Row[] => {
  if (!payment) return []
  const { account, payeeAccount, decidedAt, groupAmountMinor, claimsOfGroup } = payment
  const isGroup = claimsOfGroup > 1 && groupAmountMinor
  return [
    ['paidOn', decidedAt && instantWords(decidedAt, bank.timeZone, notice.language)],
    ['payerAccount', account && maskedNumber(account)],
    [
      'payeeAccount',
      notice.recipient === 'shop' && payeeAccount ? maskedNumber(payeeAccount) : null,
    ],
    ['transferId', payment.transferId],
    ['groupNumber', payment.groupNumber],
    [
      'group',
      isGroup
        ? texts.groupOf(
            claimsOfGroup,
            formatMoney(groupAmountMinor, order.currency, notice.language),
          )
        : null,
    ],
    ['reference', notice.event === 'paid-late' ? payment.reference : null],
  ]
}

/** Where money went back; each side sees its own account. */
const refundRows = ({ notice, refund, bank }: MailDetails): Row[] => {
  if (refund.transferId === null) return []
  const { decidedAt, fromAccount, toAccount, transferId } = refund
  const toShop = notice.recipient === 'shop'
  return [
    ['refundedOn', decidedAt && instantWords(decidedAt, bank.timeZone, notice.language)],
    toShop
      ? ['refundedFrom', fromAccount && maskedNumber(fromAccount)]
      : ['refundedTo', toAccount && maskedNumber(toAccount)],
    ['transferId', transferId],
  ]
}

const hasEnded: readonly NoticeEvent[] = [
  'claim-settled',
  'claim-cancelled',
  'claim-declined',
  'paid-late',
  'claim-refunded',
]

const rowsOf = (details: MailDetails, named: Named, texts: Texts): MailContent['rows'] => {
  const { notice, order, shop, bank, reason, openUntil } = details
  const toShop = notice.recipient === 'shop'
  const limitLabel = notice.event === 'claim-expired' ? 'timeLimitPassed' : 'timeLimit'
  const rows: Row[] = [
    ['orderNumber', order.orderNumber],
    ['shopOrderRef', toShop ? order.shopOrderRef : null],
    [shop.kind === 'biller' ? 'biller' : 'shop', toShop ? null : named.shop],
    [shop.kind === 'biller' ? 'claimed' : 'description', order.description],
    ['orderedOn', fullDate(order.orderedOn, notice.language)],
    [limitLabel, hasEnded.includes(notice.event) ? null : named.timeLimit],
    ['reason', notice.event === 'claim-cancelled' ? reason : null],
    [
      'reason',
      notice.event === 'claim-declined' && reason ? declineReasonIn(notice.language, reason) : null,
    ],
    ...paymentRows(details, texts),
    ...refundRows(details),
    [
      'openUntil',
      notice.event === 'entry-link' &&
        openUntil &&
        instantWords(openUntil, bank.timeZone, notice.language),
    ],
    ['contact', toShop ? null : (shop.phone ?? shop.contactAddress)],
  ]
  return rows.flatMap(([label, value]) => (value ? [{ label: texts.labels[label], value }] : []))
}

const linkOf = (
  { notice, bank }: MailDetails,
  texts: Texts,
  entryUrl: string | undefined,
): MailContent['link'] => {
  if (notice.recipient === 'shop') return undefined
  if (notice.event === 'entry-link')
    return entryUrl ? { label: texts.entryLink.button, href: entryUrl } : undefined
  return kinds[notice.event].toPay
    ? { label: texts.link(inLanguage(bank, notice.language)), href: bank.portalUrl }
    : undefined
}

/** The mail of one notice in its recipient's language; `entryUrl` leads to an order that is not accepted yet. */
export const composeMail = (details: MailDetails, entryUrl?: string): MailContent => {
  const { notice, shop, customer } = details
  const texts = mailTexts(notice.language)
  const named = nameEverything(details)
  const { tone, words } = kinds[notice.event]
  const { mark, ...said } = words(texts)
  const own = said[notice.recipient]
  if (!own) throw new Error(`a ${notice.recipient} is not told of ${notice.event}`)
  const toShop = notice.recipient === 'shop'
  const link = linkOf(details, texts, entryUrl)
  return {
    language: notice.language,
    subject: own.subject(named),
    tone,
    mark,
    greeting: toShop
      ? texts.toShop(inLanguage(shop, notice.language))
      : customer
        ? texts.toCustomer(customer.name)
        : texts.toAnybody,
    heading: own.heading,
    amount: named.amount,
    paragraphs: [own.body(named)],
    rows: rowsOf(details, named, texts),
    ...(link ? { link } : {}),
    footer: [texts.footer(named.bank), ...(toShop ? [] : [texts.neverAsked])],
  }
}
