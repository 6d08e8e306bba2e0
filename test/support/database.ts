import { randomUUID } from 'node:crypto'
import postgres from 'postgres'
import { inject } from 'vitest'
import { type Database, openDatabase, type ServiceName } from '#shared/database.ts'

export interface FreshDatabase {
  db: Database
  url: string
  /** Closes the pool and drops the database. */
  close(): Promise<void>
}

const onServer = async (statement: string) => {
  const sql = postgres(`${inject('postgresUrl')}/postgres`, { max: 1, onnotice: () => {} })
  try {
    await sql.unsafe(statement)
  } finally {
    await sql.end()
  }
}

/** An empty, migrated database of that service, for this test alone. */
export const freshDatabase = async (service: ServiceName): Promise<FreshDatabase> => {
  const template = inject('postgresTemplates')[service]
  if ('problem' in template) throw new Error(template.problem)
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await onServer(`create database ${name} template ${template.database} strategy wal_log`)
  const url = `${inject('postgresUrl')}/${name}`
  const { db, close } = openDatabase(url)
  return {
    db,
    url,
    close: async () => {
      await close()
      await onServer(`drop database ${name} with (force)`)
    },
  }
}
