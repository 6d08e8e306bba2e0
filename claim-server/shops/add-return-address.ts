import { fieldError } from '#shared/errors.ts'
import type { Deps } from '../deps.ts'
import { readPrefix } from './return-address.ts'
import { shopReturnAddresses } from './shops.table.ts'

/** Plain http is for a claim server that itself runs on it: on one machine, without TLS. */
export const allowsHttp = ({ config }: Pick<Deps, 'config'>): boolean =>
  config.PUBLIC_URL.startsWith('http:')

/** Registers where a shop's customers may be sent back to. Returns the prefix as stored; throws `invalid`. */
export const addReturnAddress = async (
  deps: Pick<Deps, 'db' | 'config'>,
  { shopId, address }: { shopId: string; address: string },
): Promise<string> => {
  const read = readPrefix(address, { httpAllowed: allowsHttp(deps) })
  if ('problem' in read) throw fieldError('#/address', read.problem)
  await deps.db
    .insert(shopReturnAddresses)
    .values({ shopId, prefix: read.prefix })
    .onConflictDoNothing()
  return read.prefix
}
