import type { Claim, EntryOrder } from '#shared/contracts/claim-server.ts'
import { AppError } from '#shared/errors.ts'
import { findClaim, findEntry } from '../claim-server-client.ts'
import type { Calls, Customer } from '../deps.ts'

/** An entry link as this customer finds it. */
export type Acceptance =
  | { state: 'open'; order: EntryOrder }
  | { state: 'accepted'; order: EntryOrder; claim: Claim }
  /** Used up by somebody else, abandoned or cancelled; which one is nobody's business. */
  | { state: 'not-open'; order: EntryOrder }

/** Reads an entry link; binds nothing. An unknown token throws `not-found`. */
export const findAcceptance = async (
  deps: Pick<Calls, 'callClaimServer'>,
  customer: Customer,
  entryToken: string,
): Promise<Acceptance> => {
  const order = await findEntry(deps, entryToken)
  if (order.open) return { state: 'open', order }
  try {
    const { claim } = await findClaim(deps, customer, order.orderNumber)
    return { state: 'accepted', order, claim }
  } catch (error) {
    if (error instanceof AppError && error.code === 'not-found') return { state: 'not-open', order }
    throw error
  }
}
