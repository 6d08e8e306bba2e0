import type { Sql } from 'postgres'

interface Index {
  name: string
  definition: string
}

/** Runs the work with the schema's plain indexes dropped, and builds them again: far quicker for many rows. */
export const withoutIndexes = async (
  sql: Sql,
  schema: string,
  work: () => Promise<void>,
): Promise<void> => {
  const indexes = await sql<Index[]>`
    select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition
    from pg_index
    join pg_class on pg_class.oid = indexrelid
    where relnamespace = ${schema}::regnamespace
      and not exists (select from pg_constraint where conindid = indexrelid)`
  for (const { name } of indexes) await sql.unsafe(`drop index ${name}`)
  await work()
  await sql.unsafe(`set maintenance_work_mem = '512MB'`)
  for (const { definition } of indexes) await sql.unsafe(definition)
}
