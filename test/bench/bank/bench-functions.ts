import type { Sql } from 'postgres'

/** Ids, numbers and accounts by counting, so that rows can be made where they are stored. */
const counted = `
    create schema bench;
    create function bench.id(kind integer, n bigint) returns uuid language sql immutable as
      $$ select (lpad(to_hex(n), 8, '0') || '-0000-7000-8000-' || lpad(to_hex(kind), 12, '0'))::uuid $$;
    create function bench.customer(c bigint) returns text language sql immutable as
      $$ select 'F-' || 100000 + c $$;
    create function bench.payer(c bigint) returns text language sql immutable as
      $$ select '0901-' || case c % 2 when 0 then '101' else '202' end || '-1-' || 1000000 + c * 10 $$;
    create function bench.payee(s bigint) returns text language sql immutable as
      $$ select '0901-' || case s % 2 when 0 then '101' else '202' end || '-2-' || 9100000 + s $$;`

/**
 * Order numbers: scattered 40 bits and the check character, which `#shared/order-number.ts` verifies.
 */
const orderNumber = `
    create function bench.order_number(counted bigint) returns text
      language plpgsql immutable parallel safe as $$
    declare
      alphabet constant text := '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
      bits bigint := (counted * 654188429) & ((1::bigint << 40) - 1);
      five integer;
      check_sum integer := 0;
      number text := '';
    begin
      for place in 1..8 loop
        five := (bits >> (40 - 5 * place)) & 31;
        check_sum := check_sum # five;
        check_sum := (check_sum << 1) # (case when check_sum & 16 = 16 then 37 else 0 end);
        number := number || substr(alphabet, five + 1, 1);
      end loop;
      return substr(number, 1, 4) || '-' || substr(number, 5) || '-' || substr(alphabet, check_sum + 1, 1);
    end $$;`

export const addBenchFunctions = (sql: Sql) =>
  sql.unsafe(`${counted} create sequence bench.numbers; ${orderNumber}`)
