/**
 * Who may use a route, for every route of the three services that is not a call between services
 * (those are decided by their contract's `callers`).
 *
 * open      anybody
 * form      anybody, but a post without this site's token is refused
 * entry     anybody who holds the link
 * shop      an API key; another shop's order answers as one that doesn't exist
 * customer  a signed-in customer; another customer's claim or payment answers as one that doesn't exist
 * operator  a signed-in operator of the bank
 */
export type Access = 'open' | 'form' | 'entry' | 'shop' | 'customer' | 'operator'

type Routes = Record<string, Access>

const everywhere: Routes = {
  'GET /health/live': 'open',
  'GET /health/ready': 'open',
  'GET /.well-known/jwks/:file': 'open',
  'GET /assets/:file': 'open',
  'POST /language': 'form',
}

export const accessTable: Record<'claim-server' | 'bank-portal' | 'core-banking', Routes> = {
  'claim-server': {
    ...everywhere,
    'GET /': 'open',
    'GET /openapi.json': 'open',
    'GET /problems': 'open',
    'GET /problems/:code': 'open',
    'GET /entry/:token': 'entry',
    'POST /v1/orders': 'shop',
    'GET /v1/orders': 'shop',
    'GET /v1/orders/:orderNumber': 'shop',
    'POST /v1/orders/:orderNumber/cancel': 'shop',
    'POST /v1/orders/:orderNumber/revive': 'shop',
    'POST /v1/claim-batches': 'shop',
    'GET /v1/claim-batches/:batchRef': 'shop',
  },
  'bank-portal': {
    ...everywhere,
    'GET /sign-in': 'open',
    'POST /sign-in': 'form',
    'POST /sign-out': 'form',
    'GET /': 'customer',
    'GET /entry/:entryToken': 'customer',
    'POST /entry/:entryToken/accept': 'customer',
    'GET /entry/:entryToken/accepted': 'customer',
    'GET /entry/:entryToken/later': 'customer',
    'GET /claims': 'customer',
    'GET /claims/decision': 'customer',
    'GET /claims/rows': 'customer',
    'GET /claims/:orderNumber': 'customer',
    'GET /payments/new': 'customer',
    'POST /payments': 'customer',
    'GET /payments/split': 'customer',
    'GET /payments/split/sums': 'customer',
    'GET /payments/run': 'customer',
    'GET /payments/run/status': 'customer',
    'GET /payments/:paymentId': 'customer',
    'GET /payments/:paymentId/status': 'customer',
    'GET /paid': 'customer',
    'GET /paid/:orderNumber': 'customer',
    'GET /accounts': 'customer',
    'GET /accounts/choices': 'customer',
    'POST /accounts/choices': 'customer',
  },
  'core-banking': {
    ...everywhere,
    'GET /': 'open',
    'GET /openapi.json': 'open',
    'GET /operator/sign-in': 'open',
    'POST /operator/sign-in': 'form',
    'POST /operator/sign-out': 'form',
    'GET /operator': 'operator',
    'GET /operator/accounts/new': 'operator',
    'POST /operator/accounts': 'operator',
    'GET /operator/accounts/:account': 'operator',
    'GET /operator/payments': 'operator',
    'GET /operator/payments/:paymentId': 'operator',
    'GET /operator/books': 'operator',
  },
}
