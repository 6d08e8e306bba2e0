import { sql } from 'drizzle-orm'
import { type Transaction, uuidArray } from '#shared/database.ts'
import { customers } from '../banks/banks.table.ts'
import { claims } from '../claims/claims.table.ts'
import type { Deps } from '../deps.ts'
import { shops } from '../shops/shops.table.ts'
import { type NoticeEvent, recipientsOf } from './notice-events.ts'
import { notices } from './notices.table.ts'

export interface NewNotice {
  orderId: string
  event: NoticeEvent
  /** Tells repeated events of one claim apart: the payment id, the limit warned of, the revision. */
  occasion: string
}

/**
 * Writes the notices of events, one per recipient, in the transaction of the events and in one
 * statement; address and language as they are now. An event told before is not told again.
 */
export const writeNotices = async (
  tx: Transaction,
  { newId }: Pick<Deps, 'newId'>,
  events: readonly NewNotice[],
): Promise<void> => {
  if (events.length === 0) return
  const wanted = events.flatMap((one) =>
    recipientsOf[one.event].map((recipient) => ({ ...one, recipient, id: newId() })),
  )
  await tx.execute(sql`
    insert into ${notices} (id, order_id, event, occasion, channel, recipient, address, language,
      status, attempts, attempt_at, created_at)
    select wanted.id, wanted."orderId", wanted.event, wanted.occasion, 'mail', wanted.recipient,
      case wanted.recipient when 'shop' then shop.mail_address else customer.mail_address end,
      case wanted.recipient when 'shop' then shop.language else customer.language end,
      'waiting', 0, now(), now()
    from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb)
      as wanted(id uuid, "orderId" uuid, event text, occasion text, recipient text)
    join ${claims} as claim on claim.order_id = wanted."orderId"
    join ${shops} as shop on shop.id = claim.shop_id
    left join ${customers} as customer
      on customer.bank = claim.bank and customer.customer_id = claim.customer_id
    where claim.order_id = any(${uuidArray(events.map((one) => one.orderId))})
      and (wanted.recipient = 'shop' or customer.customer_id is not null)
    on conflict on constraint notices_once do nothing`)
}
