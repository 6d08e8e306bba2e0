import type { ShopCaller } from './find-key-owner.ts'

/** What the routes of the shops' API find in their context once the API key was checked. */
export interface ShopEnv {
  Variables: { caller: ShopCaller; requestId: string }
}
