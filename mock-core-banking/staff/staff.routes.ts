import type { AnyApp } from '#shared/any-app.ts'
import * as calls from '#shared/contracts/core-staff.ts'
import { serveCall } from '#shared/service-routes.ts'
import type { Deps } from '../deps.ts'
import { addStaff } from './add-staff.ts'
import { changeStaffPassword } from './change-staff-password.ts'
import { changeStaffRoles } from './change-staff-roles.ts'
import { listStaff } from './list-staff.ts'
import { resetStaffPassword } from './reset-staff-password.ts'
import { searchCustomers } from './search-customers.ts'
import { suspendStaff } from './suspend-staff.ts'

/** The bank's staff, managed from the portal. Each verb looks up itself whether its caller may. */
export const serveStaffCalls = (app: AnyApp, deps: Deps): void => {
  serveCall(app, deps, calls.listStaff, ({ caller }) => listStaff(deps, { caller }))
  serveCall(app, deps, calls.addStaff, ({ body, caller }) => addStaff(deps, { ...body, caller }))
  serveCall(app, deps, calls.changeStaffRoles, ({ params, body, caller }) =>
    changeStaffRoles(deps, { ...params, ...body, caller }),
  )
  serveCall(app, deps, calls.suspendStaff, ({ params, body, caller }) =>
    suspendStaff(deps, { ...params, ...body, caller }),
  )
  serveCall(app, deps, calls.resetStaffPassword, ({ params, body, caller }) =>
    resetStaffPassword(deps, { ...params, ...body, caller }),
  )
  serveCall(app, deps, calls.changeStaffPassword, ({ body, caller }) =>
    changeStaffPassword(deps, { ...body, caller }),
  )
  serveCall(app, deps, calls.searchCustomers, ({ query, caller }) =>
    searchCustomers(deps, { ...query, caller }),
  )
}
