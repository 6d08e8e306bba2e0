/** What a notice tells. */
export type NoticeEvent =
  | 'order-received'
  | 'claim-settled'
  | 'limit-warning'
  | 'claim-expired'
  | 'claim-cancelled'
  | 'claim-declined'
  | 'claim-revived'
  | 'new-claim'
  | 'paid-late'
  | 'claim-refunded'
  | 'entry-link'

type Recipient = 'shop' | 'customer'

/** Who is told of what. A customer is told only once bound to the claim. */
export const recipientsOf: Record<NoticeEvent, readonly Recipient[]> = {
  'order-received': ['shop', 'customer'],
  'claim-settled': ['shop', 'customer'],
  'limit-warning': ['shop', 'customer'],
  'claim-expired': ['shop', 'customer'],
  'claim-cancelled': ['shop', 'customer'],
  'claim-declined': ['shop', 'customer'],
  'claim-revived': ['customer'],
  'new-claim': ['customer'],
  'paid-late': ['shop', 'customer'],
  'claim-refunded': ['shop', 'customer'],
  // Goes to an address that the shop typed: `mailEntryLink` writes it.
  'entry-link': [],
}
