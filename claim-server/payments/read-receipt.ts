import { exportJWK } from 'jose'
import type { Database } from '#shared/database.ts'
import type { Receipt } from '#shared/contracts/documents.ts'
import { fieldError } from '#shared/errors.ts'
import type { Deps } from '../deps.ts'
import { receiptKeys } from './payments.table.ts'
import { readBankDocument } from './read-bank-document.ts'

/** A receipt that names what was executed. */
export type ExecutedReceipt = Receipt & {
  result: 'executed'
  payerAccount: string
  currency: NonNullable<Receipt['currency']>
}

export interface BelievedReceipt {
  content: Receipt
  token: string
  kid: string
}

export const isExecuted = (receipt: Receipt): receipt is ExecutedReceipt =>
  receipt.result === 'executed'

const checkForm = (receipt: Receipt): void => {
  if (!isExecuted(receipt)) return
  if (!receipt.payerAccount || !receipt.currency || receipt.legs.length === 0)
    throw fieldError('#/receipt', 'a receipt of an executed payment names account, currency, legs')
}

// What each database is known to hold already: a key is written once, not with every receipt.
const archived = new WeakMap<Database, Set<string>>()

const archiveKey = async (
  { db, trust }: Pick<Deps, 'db' | 'trust'>,
  issuer: string,
  kid: string,
): Promise<void> => {
  const known = archived.get(db) ?? new Set()
  if (known.has(kid)) return
  const source = trust.keysOf(issuer, 'receipt')
  const key = await source?.find({ alg: 'ES256', kid }, { payload: '', signature: '' })
  if (!key) return
  const jwk = JSON.stringify(await exportJWK(key))
  await db
    .insert(receiptKeys)
    .values({ issuer, kid, jwk, firstSeenAt: new Date() })
    .onConflictDoNothing()
  archived.set(db, known.add(kid))
}

/**
 * Verifies a receipt by a key that the core publishes today, and keeps that key, so that the stored
 * receipt can be verified for ever. Throws `invalid` for anything else, `unavailable` when the core's
 * keys can't be had.
 */
export const readReceipt = async (
  deps: Pick<Deps, 'db' | 'trust' | 'log'>,
  token: string,
): Promise<BelievedReceipt> => {
  const { content, kid } = await readBankDocument(deps, 'receipt', token)
  checkForm(content)
  await archiveKey(deps, content.iss, kid)
  return { content, token, kid }
}
