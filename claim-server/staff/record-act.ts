import type { ServiceCaller } from '#shared/service-token.ts'
import type { Received } from '#shared/contracts/call.ts'
import type { recordAct as recordActCall } from '#shared/contracts/staff.ts'
import type { Deps } from '../deps.ts'
import { byStaff } from './by-staff.ts'

/** Writes an act of staff that happens elsewhere (the portal, the core) into the one audit log. */
export const recordAct = async (
  deps: Pick<Deps, 'db' | 'clock'>,
  { body, caller }: Pick<Received<typeof recordActCall>, 'body'> & { caller: ServiceCaller },
): Promise<{ recorded: true }> =>
  byStaff(deps, caller, { ...body, detail: body.detail ?? null }, async () => ({ recorded: true }))
