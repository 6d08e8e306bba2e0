import type { System } from '../system.ts'
import type { Violations } from './violation.ts'

interface Told {
  orderNumber: string
  status: string
  channel: string | null
  recipient: string | null
  notices: number
}

/** I4: one notice of a settlement per channel and recipient, none of a claim that is not settled. */
const checkSettlementNotices = async ({ sql }: Pick<System, 'sql'>, violations: Violations) => {
  const rows = await sql.claims<Told[]>`
    select o.order_number as "orderNumber", c.status, n.channel, n.recipient,
      count(n.id)::int as notices
    from claim_server.claims c
    join claim_server.orders o on o.id = c.order_id
    left join claim_server.notices n on n.order_id = c.order_id and n.event = 'claim-settled'
    where c.status = 'settled' or n.id is not null
    group by 1, 2, 3, 4`
  const mailed = new Map<string, Set<string>>()
  for (const { orderNumber, status, channel, recipient, notices } of rows) {
    if (status !== 'settled')
      violations.add('I4', `claim ${orderNumber} is ${status}, and told as settled`)
    if (notices > 1)
      violations.add(
        'I4',
        `claim ${orderNumber} has ${notices} ${channel} notices to its ${recipient}`,
      )
    const recipients = mailed.get(orderNumber) ?? new Set()
    if (channel === 'mail' && recipient) recipients.add(recipient)
    mailed.set(orderNumber, recipients)
  }
  for (const [orderNumber, recipients] of mailed)
    for (const recipient of ['shop', 'customer'])
      if (!recipients.has(recipient))
        violations.add('I4', `settled claim ${orderNumber} has no notice to its ${recipient}`)
}

const noticeIn = /^<notice-([0-9a-f-]{36})@/

type Wire = Pick<System, 'sql' | 'mails'>

const acceptedIds = ({ accepted }: System['mails']) =>
  new Set([...accepted.keys()].map((messageId) => noticeIn.exec(messageId)?.[1] ?? messageId))

/** I4, on the wire: what the outbox calls delivered was accepted by the mail server. */
const checkDelivered = async ({ sql, mails }: Wire, violations: Violations) => {
  const delivered = await sql.claims<{ id: string }[]>`
    select id::text as id from claim_server.notices where status = 'delivered' and channel = 'mail'`
  const accepted = acceptedIds(mails)
  for (const { id } of delivered)
    if (!accepted.has(id))
      violations.add('I4', `notice ${id} is delivered, and no mail was accepted`)
}

/** I4, the other way: what the mail server accepted is a notice, under its one id. */
const checkAccepted = async ({ sql, mails }: Wire, violations: Violations) => {
  const known = await sql.claims<{ id: string }[]>`select id::text as id from claim_server.notices`
  const ids = new Set(known.map((row) => row.id))
  for (const id of acceptedIds(mails))
    if (!ids.has(id)) violations.add('I4', `the mail server accepted ${id}, which is no notice`)
}

export const checkNotices = async (
  system: Pick<System, 'sql' | 'mails'>,
  violations: Violations,
  { restored = false }: { restored?: boolean } = {},
): Promise<void> => {
  await checkSettlementNotices(system, violations)
  await checkDelivered(system, violations)
  // What was mailed before a backup was put back, the outbox no longer knows.
  if (!restored) await checkAccepted(system, violations)
}
