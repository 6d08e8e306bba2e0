import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { methodNotAllowed } from 'hono/method-not-allowed'
import { requestId } from 'hono/request-id'
import { coreBankingCalls } from '#shared/contracts/core-banking.ts'
import { AppError } from '#shared/errors.ts'
import { serveHealth } from '#shared/health.ts'
import { purposesOf } from '#shared/keys.ts'
import { serveOpenApi } from '#shared/openapi.ts'
import { answerProblem, toAppError } from '#shared/problem.ts'
import { largestBodyBytes } from '#shared/request-body.ts'
import { servePublicKeys } from '#shared/service-routes.ts'
import { serveCoreBankingCalls } from './core-banking.routes.ts'
import type { Deps } from './deps.ts'

const signingPurposes = purposesOf['core-banking'] ?? []

const tooLarge = () => {
  throw new AppError('too-large')
}

/** Core banking as a Hono app: the calls between services, and the operator's pages. */
export const createCoreBanking = (deps: Deps): Hono => {
  const app = new Hono()
  app.onError((error, c) => answerProblem(c, toAppError(error, deps.log)))
  app.notFound((c) => answerProblem(c, new AppError('not-found')))
  app.use(requestId({ limitLength: 64 }))
  app.use(bodyLimit({ maxSize: largestBodyBytes, onError: tooLarge }))
  app.use(
    methodNotAllowed({
      app,
      onMethodNotAllowed: (c, methods) =>
        answerProblem(
          c,
          new AppError('method-not-allowed', { headers: { allow: methods.join(', ') } }),
        ),
    }),
  )
  serveHealth(app, deps, 'core-banking')
  servePublicKeys(app, deps.keys, signingPurposes)
  serveCoreBankingCalls(app, deps)
  serveOpenApi(app, { title: 'Core banking', calls: coreBankingCalls })
  return app
}
