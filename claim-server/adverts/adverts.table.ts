import { sql } from 'drizzle-orm'
import { check, date, index, integer, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { banks } from '../banks/banks.table.ts'
import { claimServer } from '../pg-schema.ts'

/** What an advertiser asked for, with its categories and related words (Figs. 18, S140, 24B). */
export const adverts = claimServer.table(
  'adverts',
  {
    id: uuid().primaryKey(),
    bank: text()
      .notNull()
      .references(() => banks.code),
    advertiser: text().notNull(),
    text: text().notNull(),
    textJa: text().notNull(),
    url: text().notNull(),
    categories: text().array().notNull(),
    relatedWords: text().array().notNull(),
    /** The first and the last day on which it is shown. */
    showFrom: date({ mode: 'string' }).notNull(),
    showUntil: date({ mode: 'string' }),
    createdAt: timestamp({ withTimezone: true }).notNull(),
    /** When staff took it off, whatever its days. */
    endedAt: timestamp({ withTimezone: true }),
  },
  (table) => [
    index('adverts_of_bank').on(table.bank).where(sql`${table.endedAt} is null`),
    check('adverts_days', sql`${table.showUntil} >= ${table.showFrom}`),
  ],
)

/** How often an advert was shown on a day; never to whom (Fig. 18, S149). */
export const advertDisplays = claimServer.table(
  'advert_displays',
  {
    advertId: uuid()
      .notNull()
      .references(() => adverts.id),
    day: date({ mode: 'string' }).notNull(),
    displays: integer().notNull(),
  },
  (table) => [primaryKey({ name: 'advert_displays_pk', columns: [table.advertId, table.day] })],
)
