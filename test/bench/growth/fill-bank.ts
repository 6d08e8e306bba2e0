import type { Sql } from 'postgres'
import type { BenchBank } from '../bank/start-bank.ts'
import { withoutIndexes } from './without-indexes.ts'

const claimsOfCustomer = 100
const claimsOfShop = 1000
const rowsAtOnce = 500_000

interface Filling {
  claims: number
  customers: number
  /** Those that sign in; the others have nothing but claims. */
  people: number
  shops: number
  /** The bank's own: the largest, with a tenth of all claims, and one of the usual size. */
  shopIds: readonly [string, string]
}

/**
 * The n-th claim. Customers take turns, so that everybody has a hundred: 76 settled, 2 expired, 2
 * cancelled, and the 20 newest open, none of which is due. The amounts are few, so that the staff's
 * search finds a full page of one amount and state however few claims there are.
 */
const columnsOf = ({ customers, people, shops, shopIds }: Filling): string => `
  select n, bench.id(0, n) as id, bench.order_number(n) as number,
    bench.id(1, n) as payment_id, bench.id(2, n) as transfer_id,
    n % ${customers} as c,
    case when n % ${customers} < ${people} then bench.customer(n % ${customers})
      else 'G-' || n % ${customers} end as customer,
    case when n % 10 = 0 then '${shopIds[0]}'::uuid
      when (n / 10 * 9 + n % 10) % ${shops - 1} = 0 then '${shopIds[1]}'::uuid
      else bench.id(3, (n / 10 * 9 + n % 10) % ${shops - 1}) end as shop,
    case when n / ${customers} < 76 then 'settled' when n / ${customers} < 78 then 'expired'
      when n / ${customers} < 80 then 'cancelled' else 'unsettled' end as status,
    1200 + 100 * (n % 4) as amount,
    (now() at time zone 'Asia/Tokyo')::date - (100 - n / ${customers})::int as ordered_on,
    (now() at time zone 'Asia/Tokyo')::date as today
  from numbers`

const peopleAndShops = ({ customers, people, shops }: Filling): string => `
  insert into claim_server.customers (bank, customer_id, name, mail_address, language, updated_at)
  select '0901', 'G-' || c, 'Guest ' || c, 'guest-' || c || '@mail.example', 'en', now()
  from generate_series(${people}, ${customers - 1}) as c;
  insert into claim_server.shops (id, bank, kind, status, name, mail_address, language,
    default_days_to_pay, warning_days, created_at)
  select bench.id(3, s), '0901', 'shop', 'live', 'Small shop ' || s, 'small-' || s || '@shops.example',
    'en', 14, 3, now()
  from generate_series(1, ${shops - 2}) as s;
  insert into claim_server.shop_accounts (shop_id, account, holder, created_at)
  select bench.id(3, s), bench.payee(100000 + s), 'Small shop ' || s, now()
  from generate_series(1, ${shops - 2}) as s;`

const claimRows = `
  insert into claim_server.orders (id, order_number, shop_id, shop_order_ref, fingerprint, description,
    category, amount_minor, currency, ordered_on, time_limit, entry_token, created_at)
  select id, number, shop, 'ref-' || n, md5(n::text), 'A pair of shoes, size 24', 'shoes', amount, 'JPY',
    ordered_on, ordered_on + 14, md5('entry' || n), ordered_on
  from made;
  insert into claim_server.claims (order_id, shop_id, status, revision, bank, amount_minor, currency,
    ordered_on, customer_id, accepted_at, open_until, time_limit, warn_on, warned_at, seen_at,
    payment_id, settled_at, closed_at)
  select id, shop, status, 2, '0901', amount, 'JPY', ordered_on, customer, ordered_on, ordered_on,
    case status when 'unsettled' then today + 1 + (n % 30)::int else ordered_on + 14 end,
    case status when 'unsettled' then today - 2 + (n % 30)::int else ordered_on + 11 end,
    now(), now(),
    case status when 'settled' then payment_id end,
    case status when 'settled' then ordered_on + interval '3 days' end,
    case when status <> 'unsettled' then ordered_on + interval '3 days' end
  from made;
  insert into claim_server.claim_history (order_id, at, event, by, payment_id)
  select id, ordered_on, told.event, told.by, case told.event when 'settled' then payment_id end
  from made, lateral (values ('provisional', 'shop'), ('unsettled', 'customer'), (status, 'core'))
    as told (event, by)
  where (told.by = 'core') = (told.event not in ('provisional', 'unsettled'));`

const paymentRows = `
  insert into claim_server.payments (id, run_id, reference, bank, customer_id, kind, status, account,
    day, currency, amount_minor, fee_minor, digest, authorisation, instruction, receipt, receipt_kid,
    authorised_at, submit_before, created_at, decided_at, ask_at, times_asked)
  select payment_id, payment_id, 'P-' || number, '0901', customer, 'payment', 'executed',
    bench.payer(c), ordered_on + 3, 'JPY', amount, 0, md5(n::text), 'not kept', 'not kept', 'not kept',
    'receipt', ordered_on + 3, ordered_on + 3, ordered_on + 3, ordered_on + 3, ordered_on + 3, 0
  from made where status = 'settled';
  insert into claim_server.groups (transfer_id, payment_id, group_number, payee_account, payee_holder,
    amount_minor, fee_minor)
  select transfer_id, payment_id, 'G-' || number, bench.payee(0), 'A shop', amount, 0
  from made where status = 'settled';
  insert into claim_server.payment_claims (payment_id, order_id, transfer_id, amount_minor, live)
  select payment_id, id, transfer_id, amount, true from made where status = 'settled';
  insert into claim_server.notices (id, order_id, event, occasion, channel, recipient, address, language,
    status, attempts, attempt_at, created_at, delivered_at)
  select bench.id(kind, n), id, 'claim-settled', payment_id::text, 'mail', recipient,
    recipient || '@mail.example', 'en', 'delivered', 1, now(), now(), now()
  from made, (values (4, 'shop'), (5, 'customer')) as told (kind, recipient)
  where status = 'settled';`

const coreRows = `
  insert into core_banking.payments (payment_id, result, kind, payer, digest, payer_account, currency,
    authorised_at, decided_at)
  select payment_id, 'executed', 'payment', customer, md5(n::text), bench.payer(c), 'JPY',
    ordered_on + 3, ordered_on + 3
  from made where status = 'settled';
  insert into core_banking.transfers (transfer_id, payment_id, debit_account, credit_account,
    amount_minor, fee_minor, currency, reference, made_at)
  select transfer_id, payment_id, bench.payer(c), bench.payee(0), amount, 0, 'JPY', number, ordered_on + 3
  from made where status = 'settled';
  insert into core_banking.legs (payment_id, order_number, transfer_id, amount_minor, kind)
  select payment_id, number, transfer_id, amount, 'payment' from made where status = 'settled';
  insert into core_banking.postings (transfer_id, line, account, amount_minor)
  select transfer_id, 'amount', line.account, line.minor
  from made, lateral (values (bench.payer(c), -amount), (bench.payee(0), amount)) as line (account, minor)
  where status = 'settled';`

const fillRange = (sql: Sql, filling: Filling, [from, until]: [number, number], rows: string) =>
  sql.unsafe(`
    begin;
    create temp table made on commit drop as
    with numbers as (select n from generate_series(${from}::bigint, ${until - 1}::bigint) as n)
    ${columnsOf(filling)};
    ${rows}
    commit;`)

/** Rows as they are once written: no checks of keys and no triggers, that is, no claim read for each. */
const fillDatabase = async (
  pool: Sql,
  schema: string,
  filling: Filling,
  { first, each }: { first: string; each: string },
): Promise<void> => {
  const sql = await pool.reserve()
  try {
    await sql.unsafe('set session_replication_role = replica; set synchronous_commit = off')
    await withoutIndexes(sql, schema, async () => {
      await sql.unsafe(first)
      for (let from = 0; from < filling.claims; from += rowsAtOnce) {
        const until = Math.min(from + rowsAtOnce, filling.claims)
        await fillRange(sql, filling, [from, until], each)
      }
    })
    await sql.unsafe('vacuum analyze')
    await sql.unsafe('reset all')
  } finally {
    sql.release()
  }
}

/**
 * Gives the bank a past of so many claims, by SQL: customers and shops grow with them, but for the
 * largest shop, which has a tenth of all. Documents of payments are not kept in full.
 */
export const fillBank = async (bank: BenchBank, claims: number): Promise<void> => {
  const [largest, usual] = bank.shops
  if (!largest || !usual) throw new Error('a bank with fewer than two shops')
  const filling: Filling = {
    claims,
    customers: claims / claimsOfCustomer,
    people: bank.world.customers.length,
    shops: claims / claimsOfShop,
    shopIds: [largest.shopId, usual.shopId],
  }
  const { claims: claimServer, core } = bank.sql
  const first = peopleAndShops(filling)
  await Promise.all([
    fillDatabase(claimServer, 'claim_server', filling, { first, each: claimRows + paymentRows }),
    fillDatabase(core, 'core_banking', filling, { first: '', each: coreRows }),
  ])
  await claimServer.unsafe(`select setval('bench.numbers', ${claims + 1})`)
}
