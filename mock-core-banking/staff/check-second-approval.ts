import { normalId } from '#shared/normal-id.ts'
import { type Approval, isApprover } from '../credentials/is-approver.ts'
import type { Deps } from '../deps.ts'

export interface SecondApproval {
  /** Who acts, and who it is about: neither can be the second. */
  acting: string
  subject: string
  given: Approval | undefined
}

/**
 * What makes an approver, or gives one a new password, takes two: else one alone could make the other
 * of a refund's two. `agreed`, or why not.
 */
export const checkSecondApproval = async (
  deps: Pick<Deps, 'config' | 'db'>,
  { acting, subject, given }: SecondApproval,
): Promise<'agreed' | 'second-approval-needed' | 'not-accepted'> => {
  if (!given) return 'second-approval-needed'
  if ([acting, subject].includes(normalId(given.staffId))) return 'not-accepted'
  return (await isApprover(deps, given)) ? 'agreed' : 'not-accepted'
}
