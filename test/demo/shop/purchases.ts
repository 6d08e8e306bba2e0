import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { claimStatus } from '#shared/contracts/claim-server.ts'
import { writeWholeFile } from '../write-whole-file.ts'
import { shopSlugs } from './goods.ts'

const purchase = z.object({
  /** Made with the checkout form: the Idempotency-Key of its order at the claim server. */
  id: z.uuid(),
  shop: z.enum(shopSlugs),
  /** The shop's own order number, unique for ever. */
  reference: z.string(),
  /** Whose browser: only that one is shown name, address and phone. */
  visitor: z.string(),
  madeAt: z.iso.datetime(),
  language: z.enum(['en', 'ja']),
  lines: z.array(
    z.object({
      goodId: z.string(),
      name: z.string(),
      size: z.string(),
      quantity: z.int(),
      totalMinor: z.int(),
    }),
  ),
  totalMinor: z.int(),
  /** The basket it was made from, as the cookie had it. */
  basket: z.string(),
  /** Stays here: the claim server and the bank never get it. */
  customer: z.object({ name: z.string(), address: z.string(), phone: z.string() }),
  pay: z.enum(['bank', 'cash']),
  /** 'sending' until the claim server's answer is known. */
  state: z.enum(['sending', 'placed', 'refused']),
  /** The request's body for the claim server: a retry sends exactly this again. */
  request: z.string().optional(),
  /** What the claim server said last. */
  order: z
    .object({
      orderNumber: z.string(),
      status: claimStatus,
      timeLimit: z.iso.date(),
      entryUrl: z.string().nullable(),
      settledAt: z.iso.datetime().nullable(),
      askedAt: z.iso.datetime(),
    })
    .optional(),
})
export type Purchase = z.output<typeof purchase>

export interface PurchaseStore {
  find(id: string): Purchase | undefined
  findByReference(reference: string): Purchase | undefined
  /** Newest first. */
  ofVisitor(visitor: string): Purchase[]
  save(purchase: Purchase): void
}

/** The shop's own books: one JSON file per purchase, readable by its owner alone. */
export const openPurchases = (folder: string): PurchaseStore => {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const purchases = new Map<string, Purchase>()
  for (const name of readdirSync(folder).filter((one) => one.endsWith('.json'))) {
    const read = purchase.safeParse(readJson(join(folder, name)))
    if (read.success) purchases.set(read.data.id, read.data)
  }
  const all = () => [...purchases.values()]
  return {
    find: (id) => purchases.get(id),
    findByReference: (reference) => all().find((one) => one.reference === reference),
    ofVisitor: (visitor) =>
      all()
        .filter((one) => one.visitor === visitor)
        .toSorted((a, b) => (a.madeAt < b.madeAt ? 1 : -1)),
    save: (one) => {
      writeWholeFile(join(folder, `${one.id}.json`), JSON.stringify(one, null, 2), 0o600)
      purchases.set(one.id, one)
    },
  }
}

const readJson = (path: string): unknown => {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}
