import { sql } from 'drizzle-orm'
import type { Transaction } from '#shared/database.ts'
import type { Deps } from '../deps.ts'

export interface BookDifference {
  kind: string
  id: string
  detail: string
}

export interface CheckedBooks {
  transfers: number
  postings: number
  differences: BookDifference[]
}

/** Each names its rows as `id` and `detail`; every list is empty while the books are right. */
const checks = {
  'transfer-unbalanced': sql`
    select transfer_id::text as id, 'its postings sum to ' || sum(amount_minor) as detail
    from core_banking.postings group by transfer_id having sum(amount_minor) <> 0`,
  'transfer-posted-otherwise': sql`
    select t.transfer_id::text as id,
      'amount ' || t.amount_minor || ' and fee ' || t.fee_minor || ', posted ' ||
      coalesce(sum(p.amount_minor) filter (where p.line = 'amount'), 0) || ' and ' ||
      coalesce(sum(p.amount_minor) filter (where p.line = 'fee'), 0) as detail
    from core_banking.transfers t
    left join core_banking.postings p on p.transfer_id = t.transfer_id and p.amount_minor > 0
    group by t.transfer_id
    having coalesce(sum(p.amount_minor) filter (where p.line = 'amount'), 0) <> t.amount_minor
      or coalesce(sum(p.amount_minor) filter (where p.line = 'fee'), 0) <> t.fee_minor`,
  'balance-not-its-postings': sql`
    select a.account as id,
      'balance ' || a.balance_minor || ', postings ' || coalesce(p.sum, 0) as detail
    from core_banking.accounts a
    left join (select account, sum(amount_minor) as sum from core_banking.postings group by account) p
      on p.account = a.account
    where a.balance_minor <> coalesce(p.sum, 0)`,
  'total-not-the-deposits': sql`
    select 'all accounts' as id, 'balances ' || b.sum || ', opening deposits ' || d.sum as detail
    from (select coalesce(sum(balance_minor), 0) as sum from core_banking.accounts
          where purpose <> 'deposits') b,
         (select coalesce(sum(amount_minor), 0) as sum from core_banking.transfers
          where payment_id is null) d
    where b.sum <> d.sum`,
  'transfer-not-its-claims': sql`
    select t.transfer_id::text as id,
      'amount ' || t.amount_minor || ', claims ' || coalesce(sum(l.amount_minor), 0) as detail
    from core_banking.transfers t
    left join core_banking.legs l
      on l.transfer_id = t.transfer_id and l.payment_id = t.payment_id
    where t.payment_id is not null
    group by t.transfer_id having coalesce(sum(l.amount_minor), 0) <> t.amount_minor`,
  'payment-not-its-transfers': sql`
    select p.payment_id::text as id,
      p.result || ', with ' || count(t.transfer_id) || ' transfers' as detail
    from core_banking.payments p
    left join core_banking.transfers t on t.payment_id = p.payment_id
    group by p.payment_id having (p.result = 'executed') <> (count(t.transfer_id) > 0)`,
  'refunded-above-paid': sql`
    select order_number as id, 'paid ' ||
      coalesce(sum(amount_minor) filter (where kind <> 'refund'), 0) || ', refunded ' ||
      sum(amount_minor) filter (where kind = 'refund') as detail
    from core_banking.legs group by order_number
    having sum(amount_minor) filter (where kind = 'refund')
      > coalesce(sum(amount_minor) filter (where kind <> 'refund'), 0)`,
}

const mostDifferences = 1000

const countRows = async (tx: Transaction): Promise<{ transfers: number; postings: number }> => {
  const [counts] = await tx.execute<{ transfers: number; postings: number }>(sql`
    select (select count(*)::int from core_banking.transfers) as transfers,
           (select count(*)::int from core_banking.postings) as postings`)
  return { transfers: counts?.transfers ?? 0, postings: counts?.postings ?? 0 }
}

/**
 * Checks the core's own books on one snapshot: postings against transfers and balances, balances
 * against opening deposits, transfers against claims. Lists what differs, a thousand rows at most.
 */
export const checkBooks = ({ db }: Pick<Deps, 'db'>): Promise<CheckedBooks> =>
  db.transaction(
    async (tx) => {
      const differences: BookDifference[] = []
      for (const [kind, query] of Object.entries(checks)) {
        const rows = await tx.execute<{ id: string; detail: string }>(
          sql`${query} order by id limit ${mostDifferences}`,
        )
        differences.push(...rows.map(({ id, detail }) => ({ kind, id, detail })))
      }
      return { ...(await countRows(tx)), differences: differences.slice(0, mostDifferences) }
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  )
