import type { Sql } from 'postgres'

export interface ClaimToPay {
  orderNumber: string
  amountMinor: bigint
}

/** Claims of one customer at one shop, to be paid together. */
export interface BasketToPay {
  customerId: string
  shopId: string
  claims: ClaimToPay[]
}

export interface BasketsToAdd {
  baskets: number
  claimsEach: number
  customerIds: readonly string[]
  shopIds: readonly string[]
  /** As many baskets as customers times shops: each pair once. Otherwise the shops are scattered. */
  everyPair?: boolean
}

interface Made {
  number: string
  amount: bigint
  basket: bigint
  customer: string
  shop: string
}

/**
 * Claims as they stand once shops have sent them and customers have accepted them, inserted as rows:
 * every customer in turn, the shops scattered over them. Ten of them cost a fee of the lowest range.
 */
export const addBaskets = (
  claims: Sql,
  { baskets, claimsEach, customerIds, shopIds, everyPair = false }: BasketsToAdd,
): Promise<BasketToPay[]> =>
  claims.begin(async (tx) => {
    const [people, places, each] = [customerIds.length, shopIds.length, claimsEach].map(String)
    const lastClaim = String(baskets * claimsEach - 1)
    await tx`
      create temp table made on commit drop as
      select uuidv7() as id, bench.order_number(nextval('bench.numbers')) as number,
        1200 + 100 * (i % 10) as amount, basket,
        (${customerIds as string[]}::text[])[1 + basket % ${people ?? ''}::bigint] as customer,
        (${shopIds as string[]}::uuid[])[1 + (case when ${everyPair}
          then basket % ${people ?? ''}::bigint + basket / ${people ?? ''}::bigint
          else hashint8(basket) & 1048575 end) % ${places ?? ''}::bigint] as shop,
        (now() at time zone 'Asia/Tokyo')::date as today
      from generate_series(0::bigint, ${lastClaim}::bigint) as i,
        lateral (select i / ${each ?? ''}::bigint as basket) as of`
    await tx`
      insert into claim_server.orders (id, order_number, shop_id, shop_order_ref, fingerprint,
        description, category, amount_minor, currency, ordered_on, time_limit, entry_token, created_at)
      select id, number, shop, 'ref-' || number, encode(sha256(number::bytea), 'hex'),
        'A pair of shoes, size 24', 'shoes', amount, 'JPY', today, today + 14,
        encode(uuid_send(gen_random_uuid()), 'hex'), now()
      from made`
    await tx`
      insert into claim_server.claims (order_id, shop_id, status, revision, bank, customer_id, account,
        accepted_at, seen_at, open_until, time_limit, warn_on)
      select id, shop, 'unsettled', 2, '0901', customer, null, now(), now(),
        now() + interval '30 min', today + 14, today + 11
      from made`
    await tx`
      insert into claim_server.claim_history (order_id, at, event, by)
      select id, now(), event, by
      from made, (values ('provisional', 'shop'), ('unsettled', 'customer')) as told (event, by)`
    const rows = await tx<Made[]>`
      select number, amount::bigint, basket, customer, shop from made order by basket`
    return [...Map.groupBy(rows, (row) => row.basket).values()].map((made) => ({
      customerId: made[0]?.customer ?? '',
      shopId: made[0]?.shop ?? '',
      claims: made.map(({ number, amount }) => ({ orderNumber: number, amountMinor: amount })),
    }))
  }) as Promise<BasketToPay[]>
