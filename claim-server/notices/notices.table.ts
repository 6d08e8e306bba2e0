import { sql } from 'drizzle-orm'
import { check, index, integer, text, timestamp, unique, uuid } from 'drizzle-orm/pg-core'
import { orders } from '../orders/orders.table.ts'
import { claimServer } from '../pg-schema.ts'
import type { NoticeEvent } from './notice-events.ts'

/**
 * One mail (or webhook) about one event to one recipient: outbox and delivery ledger in one. Written
 * in the transaction of its event, delivered afterwards, at least once, always with one message id.
 */
export const notices = claimServer.table(
  'notices',
  {
    id: uuid().primaryKey(),
    orderId: uuid()
      .notNull()
      .references(() => orders.id),
    event: text().$type<NoticeEvent>().notNull(),
    /** Tells repeated events of one claim apart: the payment id, the limit warned of, the revision. */
    occasion: text().notNull(),
    channel: text().$type<'mail' | 'webhook'>().notNull(),
    recipient: text().$type<'shop' | 'customer'>().notNull(),
    address: text().notNull(),
    language: text().$type<'en' | 'ja'>().notNull(),
    status: text().$type<'waiting' | 'delivered' | 'failed'>().notNull(),
    attempts: integer().notNull(),
    /** The next attempt; pushed on as a lease before the mail server is called. Real time. */
    attemptAt: timestamp({ withTimezone: true }).notNull(),
    lastError: text(),
    createdAt: timestamp({ withTimezone: true }).notNull(),
    deliveredAt: timestamp({ withTimezone: true }),
  },
  (table) => [
    unique('notices_once').on(
      table.orderId,
      table.event,
      table.occasion,
      table.channel,
      table.recipient,
    ),
    index('notices_waiting').on(table.attemptAt).where(sql`${table.status} = 'waiting'`),
    index('notices_undelivered')
      .on(table.createdAt, table.id)
      .where(sql`${table.status} <> 'delivered'`),
    check('notices_status', sql`${table.status} in ('waiting', 'delivered', 'failed')`),
  ],
)
