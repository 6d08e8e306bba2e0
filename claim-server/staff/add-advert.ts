import type { ServiceCaller } from '#shared/service-token.ts'
import { enterAdvert, type NewAdvert } from '../adverts/enter-advert.ts'
import type { Deps } from '../deps.ts'
import { byStaff } from './by-staff.ts'

/** Enters an advert on an advertiser's request (Fig. 18, S140). Throws `invalid`. */
export const addAdvert = async (
  deps: Pick<Deps, 'db' | 'clock' | 'newId'>,
  { body, caller }: { body: NewAdvert; caller: ServiceCaller },
): Promise<{ advertId: string }> =>
  byStaff(
    deps,
    caller,
    { act: 'addAdvert', subject: body.advertiser, detail: body.text.en },
    async ({ tx, bank }) => ({
      advertId: await enterAdvert(tx, deps, { ...body, bank: bank.code }),
    }),
  )
