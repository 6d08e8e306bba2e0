import type { PageEnv } from '#shared/web/index.ts'
import type { ShopCaller } from '../shops/find-key-owner.ts'

/** What a session of the console keeps. */
export interface SignedInShop {
  signInId: string
}

export interface ConsoleEnv {
  Variables: PageEnv<SignedInShop>['Variables'] & {
    /** The signed-in shop as it is now. */
    caller: ShopCaller | undefined
  }
}
