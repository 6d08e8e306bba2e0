import type { Sql } from 'postgres'

/** Which customer the n-th payment of the floor is of; pgbench's scripts reckon the same. */
export const customerOf = (customers: number): string => `(:n * 7919 + :n / 97) % ${customers}`

/** Order numbers as the scripts reckon them. */
export const addFloorFunctions = (sql: Sql) =>
  sql.unsafe(`
    create function bench.number(n bigint) returns text language sql immutable as
      $$ select 'B' || lpad(n::text, 10, '0') $$;`)

/** The claims of payments `from` to `from + count - 1`, and a session of each customer. */
export const fillFloor = async (
  sql: Sql,
  {
    from,
    count,
    customers,
    shopIds,
  }: Record<'from' | 'count' | 'customers', number> & {
    shopIds: readonly string[]
  },
): Promise<void> => {
  const last = from + count - 1
  const customer = `bench.customer(${customerOf(customers).replaceAll(':n', 'n')})`
  const shop = `('{${shopIds.join(',')}}'::uuid[])[1 + n % ${shopIds.length}]`
  const numbers = `generate_series(${from}::bigint, ${last}::bigint) as n`
  await sql.unsafe(`
    insert into claim_server.orders (id, order_number, shop_id, shop_order_ref, fingerprint,
      description, category, amount_minor, currency, ordered_on, time_limit, entry_token, created_at)
    select bench.id(0, n), bench.number(n), ${shop}, 'ref-' || n, encode(sha256(n::text::bytea), 'hex'),
      'A pair of shoes, size 24', 'shoes', 1400, 'JPY', current_date, current_date + 14,
      encode(uuid_send(gen_random_uuid()), 'hex'), now()
    from ${numbers};
    insert into claim_server.claims (order_id, shop_id, status, revision, bank, customer_id,
      accepted_at, seen_at, open_until, time_limit, warn_on)
    select bench.id(0, n), ${shop}, 'unsettled', 2, '0901', ${customer}, now(), now(),
      now() + interval '30 min', current_date + 14, current_date + 11
    from ${numbers};
    insert into claim_server.claim_history (order_id, at, event, by)
    select bench.id(0, n), now(), event, by
    from ${numbers}, (values ('provisional', 'shop'), ('unsettled', 'customer')) as told (event, by);
    insert into bank_portal.sessions (id_hash, subject, data, started_at, seen_at)
    select 'session-' || c, bench.customer(c), '{}', now(), now()
    from generate_series(0::bigint, ${customers - 1}::bigint) as c
    on conflict do nothing;`)
  await sql.unsafe('vacuum analyze')
}

/** How many of those claims the scripts have settled. */
export const countSettled = async (
  sql: Sql,
  { from, count }: { from: number; count: number },
): Promise<number> => {
  const [row] = await sql<{ settled: number }[]>`
    select count(*)::int as settled from claim_server.claims
    where status = 'settled'
      and order_id between bench.id(0, ${String(from)}::bigint) and bench.id(0, ${String(from + count)}::bigint)`
  return row?.settled ?? 0
}
