import { and, asc, eq, inArray, lte, sql } from 'drizzle-orm'
import type { Deps, OutgoingMail } from '../deps.ts'
import { entryUrl } from '../orders/shop-orders.queries.ts'
import { findMailDetails, type MailDetails } from './find-mail-details.ts'
import { MailNotAccepted, parseSender } from './mailer.ts'
import { composeMail } from './mails/compose-mail.ts'
import { htmlPart } from './mails/html-part.tsx'
import { textPart } from './mails/text-part.ts'
import { notices } from './notices.table.ts'

type DeliverDeps = Pick<Deps, 'config' | 'db' | 'sendMail' | 'log'>

const mostAtOnce = 20
const mailsAtOnce = 5

/** Longer than a mail may take: another replica tries again only when this one has died. */
const leaseSeconds = 60

const longestWaitSeconds = 180
const longestFinalWaitSeconds = 3600

/** A mail server that says "never" this often is believed: staff see the notice and can send it again. */
const mostFinalRefusals = 12

/**
 * Takes the notices whose turn has come, so that no other replica has them for a minute. Committed
 * before the mail server is called. Returns their ids.
 */
export const leaseNotices = async ({ db }: Pick<Deps, 'db'>): Promise<string[]> => {
  const due = db.$with('due').as(
    db
      .select({ id: notices.id })
      .from(notices)
      .where(
        and(
          eq(notices.status, 'waiting'),
          eq(notices.channel, 'mail'),
          lte(notices.attemptAt, sql`now()`),
        ),
      )
      .orderBy(asc(notices.attemptAt))
      .limit(mostAtOnce)
      .for('update', { skipLocked: true }),
  )
  const rows = await db
    .with(due)
    .update(notices)
    .set({
      attempts: sql`${notices.attempts} + 1`,
      attemptAt: sql`now() + make_interval(secs => ${leaseSeconds})`,
    })
    .where(inArray(notices.id, db.select({ id: due.id }).from(due)))
    .returning({ id: notices.id })
  return rows.map((row) => row.id)
}

/** The same for every attempt, so that whoever gets a mail twice can tell. */
const messageIdOf = ({ MAIL_FROM }: Pick<Deps['config'], 'MAIL_FROM'>, noticeId: string) => {
  const { address } = parseSender(MAIL_FROM)
  return `<notice-${noticeId}@${address.slice(address.lastIndexOf('@') + 1)}>`
}

const toMail = async (config: Deps['config'], details: MailDetails): Promise<OutgoingMail> => {
  const { notice, order } = details
  const link = order.entryToken ? entryUrl({ config }, order.entryToken) : undefined
  const content = composeMail(details, link)
  return {
    to: notice.address,
    subject: content.subject,
    text: textPart(content),
    html: await htmlPart(content),
    messageId: messageIdOf(config, notice.id),
    language: notice.language,
  }
}

/** Seconds to wait after that many failed attempts: doubling, between half and whole, so that they spread. */
export const backOffSeconds = (attempts: number, longest: number, random = Math.random()): number =>
  Math.min(longest, 2 ** attempts) * (0.5 + random / 2)

/** With the address that it went to: meanwhile another may have been put down for the next time. */
const markDelivered = (
  { db }: Pick<Deps, 'db'>,
  { id, address }: Pick<MailDetails['notice'], 'id' | 'address'>,
) =>
  db
    .update(notices)
    .set({ status: 'delivered', deliveredAt: new Date(), lastError: null, address })
    .where(and(eq(notices.id, id), eq(notices.status, 'waiting')))

const putOff = (
  { db }: Pick<Deps, 'db'>,
  { id, attempts }: MailDetails['notice'],
  error: unknown,
) => {
  const isFinal = error instanceof MailNotAccepted && error.isFinal
  const lastError = error instanceof MailNotAccepted ? error.message : 'the mail was not made'
  const longest = isFinal ? longestFinalWaitSeconds : longestWaitSeconds
  return db
    .update(notices)
    .set({
      // By the row's own count: it may have been given all its attempts again meanwhile.
      status: isFinal
        ? sql`case when ${notices.attempts} >= ${mostFinalRefusals} then 'failed' else 'waiting' end`
        : 'waiting',
      lastError,
      attemptAt: sql`now() + make_interval(secs => ${backOffSeconds(attempts, longest)})`,
    })
    .where(and(eq(notices.id, id), eq(notices.status, 'waiting')))
}

const deliverOne = async (deps: DeliverDeps, details: MailDetails): Promise<void> => {
  const { notice } = details
  try {
    await deps.sendMail(await toMail(deps.config, details))
  } catch (error) {
    await putOff(deps, notice, error)
    const reason = error instanceof MailNotAccepted ? error.message : 'unexpected'
    deps.log.warn({ noticeId: notice.id, attempts: notice.attempts, reason }, 'a mail was put off')
    return
  }
  await markDelivered(deps, notice)
}

/**
 * One turn: sends the mails whose turn has come, some at once. A notice stays until the mail server
 * has accepted its mail; dying after that and before it is marked sends it again, with the same
 * Message-ID. Returns how many it tried.
 */
export const deliverNotices = async (deps: DeliverDeps): Promise<number> => {
  const leased = await leaseNotices(deps)
  if (leased.length === 0) return 0
  const waiting = await findMailDetails(deps, leased)
  const deliverNext = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await deliverOne(deps, next)
  }
  await Promise.all(Array.from({ length: mailsAtOnce }, deliverNext))
  return leased.length
}
