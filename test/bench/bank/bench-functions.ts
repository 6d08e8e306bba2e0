import type { Sql } from 'postgres'

/**
 * Order numbers made where the rows are made: scattered 40 bits and the check character, which
 * `#shared/order-number.ts` verifies.
 */
export const addBenchFunctions = async (claims: Sql): Promise<void> => {
  await claims.unsafe(`
    create schema bench;
    create sequence bench.numbers;
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
    end $$;`)
}
