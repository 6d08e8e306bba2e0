import type { CustomerLogin } from '#shared/contracts/core-banking.ts'
import { unreachable } from '#shared/errors.ts'
import { normalId } from '#shared/normal-id.ts'
import type { Throttle } from '#shared/web/index.ts'
import { checkCredentials } from '../core-banking-client.ts'
import type { Customer, Deps } from '../deps.ts'

export interface SignInAttempt {
  login: CustomerLogin
  password: string
  address: string
  /** Of a browser that signed in to this account before. */
  device: string | undefined
}

export type SignInOutcome =
  | { outcome: 'accepted'; customer: Customer }
  | { outcome: 'not-accepted' }
  | { outcome: 'too-many'; retryAfterSeconds: number }

/** What is throttled and remembered: the account as typed, whether or not it exists. */
export const loginKey = (login: CustomerLogin): string =>
  'userId' in login
    ? `user ${normalId(login.userId)}`
    : `account ${login.branch}-${login.accountNumber}`

/**
 * Checks a sign-in at the core (Fig. 32, S183). The try is counted before the password is looked at,
 * and given back when it was right or could not be checked. Throws `NoAnswer`.
 */
export const signInCustomer = async (
  deps: Pick<Deps, 'callCore'> & { throttle: Throttle },
  { login, password, address, device }: SignInAttempt,
): Promise<SignInOutcome> => {
  const counted = await deps.throttle.count({ address, account: loginKey(login), device })
  if (!counted.allowed) return { outcome: 'too-many', retryAfterSeconds: counted.retryAfterSeconds }
  let giveBack = true
  try {
    const checked = await checkCredentials(deps, { login, password })
    switch (checked.outcome) {
      case 'accepted':
        return { outcome: 'accepted', customer: { kind: 'customer', ...checked.customer } }
      case 'not-accepted':
        giveBack = false
        return { outcome: 'not-accepted' }
      default:
        return unreachable(checked)
    }
  } finally {
    if (giveBack) await counted.giveBack()
  }
}
