import type { StaffRole } from '#shared/contracts/core-banking.ts'
import type { PageEnv, Sessions, Site, Throttle } from '#shared/web/index.ts'
import type { Deps } from '../deps.ts'

/** What a session keeps of a signed-in member of the bank's staff. */
export interface StaffSession {
  kind: 'staff'
  staffId: string
  name: string
  roles: StaffRole[]
  /** The password was made by somebody else: nothing but choosing an own one is open. */
  mustChoosePassword: boolean
}

export type StaffMember = StaffSession
export type StaffEnv = PageEnv<StaffSession>

/** What the staff's pages need besides the portal's own. */
export interface StaffDeps extends Deps {
  site: Site
  sessions: Sessions<StaffSession>
  throttle: Throttle
}

export const isApprover = ({ roles }: Pick<StaffMember, 'roles'>): boolean =>
  roles.includes('approver')
