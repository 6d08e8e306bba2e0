import { expect } from 'vitest'
import type { AnyCall, ReplyOf, Sent } from '#shared/contracts/call.ts'
import { bankStaff } from '../demo/bank-world.ts'
import type { Bench } from './side.ts'

/** Asks on behalf of a member of the bank's staff. */
export const asStaff =
  ({ ask }: Bench, staffId: string = bankStaff.approver.staffId) =>
  <C extends AnyCall>(call: C, sent: Sent<C>): Promise<ReplyOf<C>> =>
    ask(call, sent, { onBehalfOf: `staff:${staffId}` })

/** As above, with what no contract lets through: each is refused and names its field. */
export const expectRefused = async (
  bench: Bench,
  wrong: readonly (readonly [pointer: string, call: AnyCall, sent: object])[],
): Promise<void> => {
  for (const [pointer, call, sent] of wrong)
    await expect(asStaff(bench)(call, sent as never), pointer).rejects.toMatchObject({
      code: 'invalid',
      errors: [{ pointer }],
    })
}

export const notFound = { code: 'not-found' }
