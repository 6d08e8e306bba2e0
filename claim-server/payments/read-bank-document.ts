import { readDocument } from '#shared/contracts/documents.ts'
import { AppError, fieldError } from '#shared/errors.ts'
import { TokenRefused } from '#shared/jws.ts'
import type { Deps } from '../deps.ts'

type Kind = 'authorisation' | 'receipt'

/**
 * A document that the core signed by a key that it publishes today. Throws `invalid` for anything
 * else, `unavailable` when the core's keys can't be had.
 */
export const readBankDocument = async <K extends Kind>(
  { trust, log }: Pick<Deps, 'trust' | 'log'>,
  kind: K,
  token: string,
) => {
  try {
    return await readDocument(trust, kind, token)
  } catch (error) {
    if (error instanceof TokenRefused) {
      log.warn({ kind, reason: error.message }, 'a document was refused')
      throw fieldError(`#/${kind}`, `this is no ${kind} of the bank`)
    }
    log.error({ kind }, 'the keys of the core are not reachable')
    throw new AppError('unavailable', { headers: { 'retry-after': '2' }, cause: error })
  }
}
