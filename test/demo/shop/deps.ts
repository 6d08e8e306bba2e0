import type { Clock } from '#shared/dates.ts'
import type { Log } from '#shared/log.ts'
import type { ClaimServerClient } from './claim-server-client.ts'
import type { ShopConfig } from './config.ts'
import type { PurchaseStore } from './purchases.ts'
import type { Shops } from './shops.ts'

export interface ShopDeps {
  config: Pick<ShopConfig, 'publicUrl' | 'claimServerPublicUrl' | 'timeZone'>
  /** Signs the tokens of forms. */
  secret: string
  shops: Shops
  purchases: PurchaseStore
  claimServer: ClaimServerClient
  clock: Clock
  /** Runs the works of one key one after the other: a double click waits for its first half. */
  oneAtATime<Result>(key: string, work: () => Promise<Result>): Promise<Result>
  log: Log
}

export const createOneAtATime = (): ShopDeps['oneAtATime'] => {
  const last = new Map<string, Promise<unknown>>()
  return (key, work) => {
    const result = (last.get(key) ?? Promise.resolve()).then(work)
    const settled = result.then(
      () => {},
      () => {},
    )
    last.set(key, settled)
    void settled.then(() => {
      if (last.get(key) === settled) last.delete(key)
    })
    return result
  }
}
