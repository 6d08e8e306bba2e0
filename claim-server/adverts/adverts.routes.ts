import type { AnyApp } from '#shared/any-app.ts'
import { serveBatchedCall } from '#shared/batched-calls.ts'
import { chooseAdvert as chooseAdvertCall } from '#shared/contracts/adverts.ts'
import { answerOwn } from '#shared/on-behalf-of.ts'
import { findCallingBank } from '../banks/find-bank.ts'
import type { Deps } from '../deps.ts'
import { chooseAdverts } from './choose-adverts.ts'

/** The one quiet line under the list (Fig. 18). */
export const serveAdverts = (app: AnyApp, deps: Deps): void => {
  serveBatchedCall(app, deps, chooseAdvertCall, (inputs) =>
    answerOwn(inputs, async (own, caller) =>
      chooseAdverts(
        deps,
        await findCallingBank(deps, caller),
        own.map(({ params, body }) => ({ ...params, ...body, caller })),
      ),
    ),
  )
}
