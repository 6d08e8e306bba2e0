import { randomUUID } from 'node:crypto'
import postgres from 'postgres'
import { inject } from 'vitest'
import { type Database, openDatabase, type ServiceName } from '#shared/database.ts'
import type { TestPostgres } from './postgres-global.ts'

export interface FreshDatabase {
  db: Database
  url: string
  /** Closes the pool and drops the database. */
  close(): Promise<void>
}

let given: TestPostgres | undefined

/** For a program that is no test: the server to make databases on, where vitest provides none. */
export const makeDatabasesOn = (server: TestPostgres): void => {
  given = server
}

const serverUrl = () => given?.url ?? inject('postgresUrl')
const templateOf = (service: ServiceName) =>
  (given?.templates ?? inject('postgresTemplates'))[service]

const onServer = async (statement: string) => {
  const sql = postgres(`${serverUrl()}/postgres`, { max: 1, onnotice: () => {} })
  try {
    await sql.unsafe(statement)
  } finally {
    await sql.end()
  }
}

/** An empty, migrated database of that service, for this test alone. */
export const freshDatabase = async (service: ServiceName): Promise<FreshDatabase> => {
  const template = templateOf(service)
  if ('problem' in template) throw new Error(template.problem)
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await onServer(`create database ${name} template ${template.database} strategy wal_log`)
  const url = `${serverUrl()}/${name}`
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
