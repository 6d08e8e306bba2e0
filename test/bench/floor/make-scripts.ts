import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createHash } from 'node:crypto'
import type { Sql } from 'postgres'
import { paymentContent } from '#shared/contracts/payment-content.ts'
import type { RunPlace } from '../../faults/run-place.ts'
import { makePosts, type SignedIn } from '../bank/shoppers.ts'
import type { BenchBank } from '../bank/start-bank.ts'
import { captureTransactions } from './capture.ts'
import { customerOf } from './fill.ts'
import type { Statement, Transaction } from './read-log.ts'
import { type Expressions, fillIn, findMadeValues } from './write-script.ts'

/** A payment that was watched: to a shop of the payer's own branch, or of another, which costs a fee. */
type Kind = 'near' | 'far'

const typesOf = async (sql: Sql, { text }: Statement): Promise<string[]> => {
  await sql.unsafe(`prepare to_look_at as ${text}`)
  try {
    const [row] = await sql<{ types: string[] }[]>`
      select parameter_types::text[] as types from pg_prepared_statements where name = 'to_look_at'`
    return row?.types ?? []
  } finally {
    await sql.unsafe('deallocate to_look_at')
  }
}

/** A shop of the payer's own branch, or of the other: branches take turns with customers and shops. */
const shopOf = (kind: Kind, shops: number): string =>
  `2 * random(0, ${Math.floor(shops / 2) - 1}) + ${kind === 'near' ? ':c % 2' : '1 - :c % 2'}`

const head = (kind: Kind, { customers, shops }: { customers: number; shops: number }) => [
  String.raw`\set k :k + 1`,
  String.raw`\set n :base + :client_id * :each + :k`,
  String.raw`\set c ${customerOf(customers)}`,
  String.raw`\set s ${shopOf(kind, shops)}`,
]

const writeTransaction = async (
  sql: Sql,
  { isOpened, statements }: Transaction,
  expressions: Expressions,
): Promise<string[]> => {
  const written: string[] = []
  for (const statement of statements)
    written.push(`${fillIn(statement, await typesOf(sql, statement), expressions)};`)
  return isOpened ? ['begin;', ...written, 'commit;'] : written
}

interface Post {
  kind: Kind
  request: string
  known: Expressions
}

const cookieValue = (request: string) => /\bportal-session=([^;\r]+)/.exec(request)?.[1] ?? ''

/** What in the payment of this request is its own, beside the ids made on the way. */
const knownOf = async (bank: BenchBank, request: string): Promise<Post | undefined> => {
  const form = new URLSearchParams(request.slice(request.indexOf('\r\n\r\n') + 4))
  const content = paymentContent.parse(JSON.parse(form.get('content') ?? ''))
  const [claim] = content.claims
  const [fee] = content.fees
  const customer = bank.world.customers.find((one) =>
    one.accounts.some(({ account }) => account === content.payerAccount),
  )
  if (!claim || !fee || !customer) return undefined
  const [order] = await bank.sql.claims<{ id: string }[]>`
    select id from claim_server.orders where order_number = ${claim.orderNumber}`
  const shop = bank.shops.find((one) => one.account === claim.payeeAccount)
  const session = createHash('sha256').update(cookieValue(request)).digest('base64url')
  return {
    kind: fee.feeMinor === 0n ? 'near' : 'far',
    request,
    known: new Map([
      [order?.id ?? '', 'bench.id(0, :n)::text'],
      [claim.orderNumber, 'bench.number(:n)'],
      [customer.customerId, 'bench.customer(:c)'],
      [content.payerAccount, 'bench.payer(:c)'],
      [claim.payeeAccount, 'bench.payee(:s)'],
      [shop?.shopId ?? '', `'${shop?.shopId}'`],
      [session, "('session-' || :c::text)"],
    ]),
  }
}

/**
 * Watches one payment without and one with a fee, and writes what PostgreSQL did for each of them as a
 * script of pgbench. Returns the files.
 */
export const makeScripts = async (
  place: RunPlace,
  bank: BenchBank,
  customers: readonly SignedIn[],
  folder: string,
): Promise<string[]> => {
  const posts = (
    await makePosts(bank, customers, { connections: 1, postsEach: 40, claimsEach: 1 })
  ).flat()
  const known = (await Promise.all(posts.map((request) => knownOf(bank, request)))).flatMap(
    (post) => post ?? [],
  )
  const ofKind = (kind: Kind) => known.filter((post) => post.kind === kind)
  const [warmUp, near] = ofKind('near')
  const [far] = ofKind('far')
  if (!warmUp || !near || !far) throw new Error('no payment without and one with a fee')
  // The first of a process asks for what the later ones know: keys, for one.
  const port = bank.ports['bank-portal']
  await captureTransactions(place, port, [warmUp.request])
  const captured = await captureTransactions(place, port, [near.request, far.request])
  mkdirSync(folder, { recursive: true })
  const size = { customers: bank.world.customers.length, shops: bank.shops.length }
  const files: string[] = []
  for (const [at, post] of [near, far].entries()) {
    const transactions = captured[at] ?? []
    const expressions = findMadeValues(transactions, post.known)
    const lines = head(post.kind, size)
    const session = await bank.sql.claims.reserve()
    for (const transaction of transactions)
      lines.push(...(await writeTransaction(session, transaction, expressions)))
    session.release()
    const file = join(folder, `payment-${post.kind}.pgbench`)
    writeFileSync(file, `${lines.join('\n')}\n`)
    files.push(file)
  }
  return files
}
