import { type SQL, sql } from 'drizzle-orm'
import type { Transaction } from '#shared/database.ts'
import { type Extent, isCompared, isComparedPayment } from './compared.ts'

/** One row that is not as it must be: what kind of fault, whose, and in words. */
export interface Difference {
  kind: string
  id: string
  words: string
}

/** A payment younger than that may still be on its way between the services. */
const isOld = (cutoff: Date) =>
  sql`(p.created_at is null or p.created_at < ${cutoff.toISOString()}::timestamptz)`

const isCase = sql`exists (select from claim_server.exceptions e
  where e.payment_id = l.payment_id and e.order_number = l.order_number)`

const settledClaims = sql`claim_server.claims c
  join claim_server.orders o on o.id = c.order_id
  left join claim_server.payments p on p.id = c.payment_id`

interface Compared {
  /** Younger payments may still be on their way. */
  cutoff: Date
  extent: Extent
}

/**
 * Each names its rows as `id` and `words`; every list is empty while claims and transfers agree. What
 * begins with `executed_legs` compares no more than these.
 */
const checks: Record<string, (compared: Compared) => SQL> = {
  'claim-without-transfer': ({ cutoff, extent }) => sql`
    select o.order_number as id,
      format('settled by payment %s, but the core executed no transfer of %s %s for it',
        c.payment_id, o.amount_minor, o.currency) as words
    from ${settledClaims}
    where c.status = 'settled' and ${isOld(cutoff)}
      and ${isComparedPayment(extent, sql`c.payment_id`)} and not exists (
      select from executed_legs l
      where l.payment_id = c.payment_id and l.order_number = o.order_number and l.kind <> 'refund')`,

  'transfer-without-claim': ({ cutoff }) => sql`
    select l.transfer_id::text as id,
      format('%s executed by payment %s for claim %s, which is %s', l.amount_minor, l.payment_id,
        l.order_number, case when c.order_id is null then 'unknown here'
          when c.status = 'settled' then 'settled by payment ' || c.payment_id
          else c.status end) as words
    from executed_legs l
    left join claim_server.orders o on o.order_number = l.order_number
    left join claim_server.claims c on c.order_id = o.id
    left join claim_server.payments p on p.id = l.payment_id
    where l.kind <> 'refund'
      and coalesce(c.status = 'settled' and c.payment_id = l.payment_id, false) = false
      and not ${isCase}
      and (coalesce(p.status, '') <> 'paying' or ${isOld(cutoff)})`,

  'wrong-amount': () => sql`
    select o.order_number as id, format('the claim is %s, its transfer %s paid %s',
      o.amount_minor, l.transfer_id, l.amount_minor) as words
    from executed_legs l
    join claim_server.orders o on o.order_number = l.order_number
    join claim_server.claims c on c.order_id = o.id
    where c.status = 'settled' and c.payment_id = l.payment_id
      and l.kind <> 'refund' and l.amount_minor <> o.amount_minor`,

  'wrong-group': () => sql`
    select g.transfer_id::text as id,
      format('group %s is %s and fee %s to %s, the core executed %s and fee %s to %s', g.group_number,
        g.amount_minor, g.fee_minor, g.payee_account, sum(l.amount_minor), max(l.fee_minor),
        max(l.payee_account)) as words
    from claim_server.groups g
    join executed_legs l on l.transfer_id = g.transfer_id
    where not exists (select from claim_server.exceptions e where e.payment_id = g.payment_id)
    group by g.transfer_id
    having sum(l.amount_minor) <> g.amount_minor or max(l.fee_minor) <> g.fee_minor
      or max(l.payee_account) <> g.payee_account or min(l.payee_account) <> g.payee_account`,

  'wrong-transfer': () => sql`
    select o.order_number as id, format('paid by transfer %s, the core executed %s for it',
      paid.transfer_id, l.transfer_id) as words
    from claim_server.payment_claims paid
    join claim_server.orders o on o.id = paid.order_id
    join executed_legs l on l.payment_id = paid.payment_id and l.order_number = o.order_number
    where paid.live and l.transfer_id <> paid.transfer_id`,

  'group-not-its-claims': ({ extent }) => sql`
    select g.transfer_id::text as id, format('group %s is %s, its claims are %s', g.group_number,
      g.amount_minor, coalesce(sum(paid.amount_minor), 0)) as words
    from claim_server.groups g
    join claim_server.payments p on p.id = g.payment_id and p.kind <> 'refund'
    left join claim_server.payment_claims paid
      on paid.transfer_id = g.transfer_id and paid.payment_id = g.payment_id
    where ${isComparedPayment(extent, sql`g.payment_id`)}
      and not exists (select from claim_server.exceptions e where e.payment_id = g.payment_id)
    group by g.transfer_id having coalesce(sum(paid.amount_minor), 0) <> g.amount_minor`,

  'payment-without-transfer': ({ cutoff, extent }) => sql`
    select p.reference as id, format('payment %s is executed here, but not at the core', p.id) as words
    from claim_server.payments p
    where p.status = 'executed' and ${isOld(cutoff)}
      and ${isComparedPayment(extent, sql`p.id`)} and not exists (
      select from executed_legs l where l.payment_id = p.id)`,

  'claim-held-by-nothing': () => sql`
    select o.order_number as id, format('held by payment %s, which is %s', c.payment_id,
      coalesce(p.status, 'unknown here')) as words
    from ${settledClaims}
    where c.listed_as = 'unsettled' and c.status = 'paying' and coalesce(p.status, '') <> 'paying'`,

  'open-payment': ({ cutoff }) => sql`
    select p.reference as id, format('payment %s has waited for its receipt since %s', p.id,
      to_char(p.created_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS "UTC"')) as words
    from claim_server.payments p
    where p.status = 'paying' and ${isOld(cutoff)}`,

  'missing-notice': ({ cutoff, extent }) => sql`
    select o.order_number as id, format('settled, but the %s was never told', told.recipient) as words
    from ${settledClaims}
    cross join (values ('shop'), ('customer')) as told(recipient)
    where c.status = 'settled' and ${isOld(cutoff)}
      and ${isCompared(extent, sql`c.order_id`)} and not exists (
      select from claim_server.notices n
      where n.order_id = c.order_id and n.event = 'claim-settled' and n.channel = 'mail'
        and n.recipient = told.recipient)`,

  'two-notices': ({ extent }) => sql`
    select o.order_number as id,
      format('the %s has %s settlement notices by %s', n.recipient, count(*), n.channel) as words
    from claim_server.notices n
    join claim_server.orders o on o.id = n.order_id
    where n.event = 'claim-settled' and ${isCompared(extent, sql`n.order_id`)}
    group by o.order_number, n.recipient, n.channel having count(*) > 1`,

  'notice-without-settlement': ({ extent }) => sql`
    select o.order_number as id, format('the %s was told of a settlement, but the claim is %s',
      n.recipient, c.status) as words
    from claim_server.notices n
    join claim_server.orders o on o.id = n.order_id
    join claim_server.claims c on c.order_id = n.order_id
    where n.event = 'claim-settled' and c.status <> 'settled'
      and ${isCompared(extent, sql`n.order_id`)}`,

  'wrong-refund': () => sql`
    select l.transfer_id::text as id, format('the core paid back %s for claim %s, here it is %s',
      l.amount_minor, l.order_number, coalesce(r.amount_minor::text, 'unknown')) as words
    from executed_legs l
    left join claim_server.refunds r
      on r.payment_id = l.payment_id and r.order_number = l.order_number
    where l.kind = 'refund' and not ${isCase} and r.amount_minor is distinct from l.amount_minor`,
}

/** Compares our rows with `executed_legs`, kind by kind. */
export const findDifferences = async (
  tx: Transaction,
  compared: Compared,
): Promise<Difference[]> => {
  const differences: Difference[] = []
  for (const [kind, query] of Object.entries(checks)) {
    const rows = await tx.execute<{ id: string; words: string }>(
      sql`${query(compared)} order by id`,
    )
    differences.push(...rows.map(({ id, words }) => ({ kind, id, words })))
  }
  return differences
}
