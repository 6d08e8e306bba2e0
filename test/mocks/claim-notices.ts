import { randomUUIDv7 } from 'node:crypto'
import { type NoticeEvent, recipientsOf } from '../../claim-server/notices/notice-events.ts'
import type { ClaimServerState, MockClaim, MockShop } from './claim-server-state.ts'

/** One mail about one event of a claim, to its shop or its customer. */
export interface MockNotice {
  noticeId: string
  orderNumber: string
  event: NoticeEvent
  /** Tells repeated events of one claim apart. */
  occasion: string
  channel: 'mail'
  recipient: 'shop' | 'customer'
  address: string
  status: 'waiting' | 'delivered' | 'failed'
  attempts: number
  lastError: string | null
  /** These three in real time. */
  createdAt: Date
  attemptAt: Date
  deliveredAt: Date | null
}

type Recipient = MockNotice['recipient']

const nowhere = 'notices@shop.example'

/** Where a shop's mails go. */
export const noticeAddressOf = ({ noticeAddress, mailAddress }: MockShop): string =>
  noticeAddress ?? mailAddress ?? nowhere

/** Where mails about the claim go today; a claim that nobody has accepted has no customer to tell. */
export const addressOf = (
  { customers }: ClaimServerState,
  claim: MockClaim,
  recipient: Recipient,
): string | undefined => {
  if (recipient === 'customer') return customers.get(claim.customerId ?? '')?.mailAddress
  return noticeAddressOf(claim.shop)
}

/** Writes a mail of that event to each who is told of it: once for its occasion. */
export const writeNotices = (
  state: ClaimServerState,
  claim: MockClaim,
  event: NoticeEvent,
  occasion = '',
): void => {
  const { orderNumber } = claim
  const createdAt = new Date()
  for (const recipient of recipientsOf[event]) {
    const address = addressOf(state, claim, recipient)
    const isWritten = state.notices.some(
      (one) =>
        one.orderNumber === orderNumber &&
        one.event === event &&
        one.occasion === occasion &&
        one.recipient === recipient,
    )
    if (address === undefined || isWritten) continue
    state.notices.push({
      noticeId: randomUUIDv7(),
      orderNumber,
      event,
      occasion,
      channel: 'mail',
      recipient,
      address,
      status: 'waiting',
      attempts: 0,
      lastError: null,
      createdAt,
      attemptAt: createdAt,
      deliveredAt: null,
    })
  }
}

const mostRefusals = 12

const tryToDeliver = (notice: MockNotice, refused: readonly string[]) => {
  notice.attempts += 1
  if (!refused.includes(notice.address)) {
    Object.assign(notice, { status: 'delivered', deliveredAt: new Date(), lastError: null })
    return
  }
  notice.lastError = 'the mail server answered 550'
  if (notice.attempts >= mostRefusals) notice.status = 'failed'
}

/** What the outbox does by itself: every mail that waits is tried once; refused for these addresses. */
export const deliverMails = (
  { notices }: ClaimServerState,
  { refused = [] }: { refused?: readonly string[] } = {},
): void => {
  for (const notice of notices) if (notice.status === 'waiting') tryToDeliver(notice, refused)
}
