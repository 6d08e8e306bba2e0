/**
 * Who may use a route, for every route of the three services that is not a call between services
 * (those are decided by their contract's `callers`).
 *
 * open      anybody
 * form      anybody, but a post without this site's token is refused
 * entry     anybody who holds the link
 * shop      an API key; another shop's order answers as one that doesn't exist
 * console   a signed-in shop; another shop's order or customer answers as one that doesn't exist
 * customer  a signed-in customer; another customer's claim or payment answers as one that doesn't exist
 * operator  a signed-in operator of the bank
 */
export type Access = 'open' | 'form' | 'entry' | 'shop' | 'console' | 'customer' | 'operator'

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
    'GET /shop/sign-in': 'open',
    'POST /shop/sign-in': 'form',
    'POST /shop/sign-out': 'form',
    'GET /shop/sign-up': 'open',
    'POST /shop/sign-up': 'form',
    'GET /shop/sign-up/done': 'open',
    'GET /shop': 'console',
    'GET /shop/orders': 'console',
    'GET /shop/orders.csv': 'console',
    'GET /shop/orders/new': 'console',
    'POST /shop/orders/new': 'console',
    'GET /shop/orders/:orderNumber': 'console',
    'POST /shop/orders/:orderNumber/cancel': 'console',
    'GET /shop/orders/:orderNumber/revive': 'console',
    'POST /shop/orders/:orderNumber/revive': 'console',
    'GET /shop/orders/:orderNumber/link': 'console',
    'POST /shop/orders/:orderNumber/link': 'console',
    'POST /shop/orders/:orderNumber/mails/:noticeId/resend': 'console',
    'GET /shop/customers/:reference': 'console',
    'GET /shop/settings': 'console',
    'GET /shop/settings/contact': 'console',
    'POST /shop/settings/contact': 'console',
    'GET /shop/settings/accounts': 'console',
    'POST /shop/settings/accounts': 'console',
    'POST /shop/settings/accounts/switch': 'console',
    'GET /shop/settings/return-addresses': 'console',
    'POST /shop/settings/return-addresses': 'console',
    'POST /shop/settings/return-addresses/remove': 'console',
    'GET /shop/settings/api-keys': 'console',
    'POST /shop/settings/api-keys': 'console',
    'POST /shop/settings/api-keys/:keyId/revoke': 'console',
    'GET /shop/settings/password': 'console',
    'POST /shop/settings/password': 'console',
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
