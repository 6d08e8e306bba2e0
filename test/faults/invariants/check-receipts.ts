import { readDocument } from '#shared/contracts/documents.ts'
import { knownKeys } from '#shared/jws.ts'
import type { PublicJwk } from '#shared/keys.ts'
import type { System } from '../system.ts'
import type { Violations } from './violation.ts'

const mostReceipts = 2000

/** I7: receipts verify by the keys that were archived with them, whatever the core publishes now. */
export const checkReceipts = async (
  { sql }: Pick<System, 'sql'>,
  violations: Violations,
): Promise<number> => {
  const keys = await sql.claims<{ kid: string; jwk: string }[]>`
    select kid, jwk from claim_server.receipt_keys`
  const source = knownKeys(
    keys.map(({ kid, jwk }) => ({ ...JSON.parse(jwk), kid, alg: 'ES256' }) as PublicJwk),
  )
  const trust = { service: 'claim-server' as const, isDenied: () => false, keysOf: () => source }
  const rows = await sql.claims<{ id: string; receipt: string }[]>`
    select id::text as id, receipt from claim_server.payments
    where receipt is not null order by md5(id::text) limit ${mostReceipts}`
  for (const { id, receipt } of rows) {
    try {
      const { content } = await readDocument(trust, 'receipt', receipt)
      if (content.jti !== id)
        violations.add('I7', `payment ${id} keeps the receipt of ${content.jti}`)
    } catch (error) {
      violations.add('I7', `the receipt of payment ${id} does not verify: ${error}`)
    }
  }
  return rows.length
}
