import { type Advert, chooseAdvert } from '../claim-server-client.ts'
import type { Calls, Customer, Deps } from '../deps.ts'
import { withinMs } from '../patience.ts'

const longestWaitMs = 300

/** An advert for the claims on screen (Fig. 18). Whatever is wrong with it, the list neither waits nor fails. */
export const advertIfAnswered = async (
  deps: Pick<Calls, 'callClaimServer'> & Pick<Deps, 'log'>,
  customer: Customer,
  orderNumbers: string[],
): Promise<Advert | undefined> => {
  if (orderNumbers.length === 0) return undefined
  const asked = chooseAdvert(deps, customer, orderNumbers).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : 'unknown'
    deps.log.warn({ reason }, 'a list is shown without an advert')
    return undefined
  })
  return withinMs(longestWaitMs, asked)
}
