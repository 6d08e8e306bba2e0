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
 * clerk     signed-in staff of the bank, clerk or approver
 * approver  signed-in staff of the bank, approver alone
 */
export type Access =
  | 'open'
  | 'form'
  | 'entry'
  | 'shop'
  | 'console'
  | 'customer'
  | 'operator'
  | 'clerk'
  | 'approver'

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
    'GET /claims/:orderNumber/decline': 'customer',
    'POST /claims/:orderNumber/decline': 'customer',
    'GET /payments/new': 'customer',
    'POST /payments': 'customer',
    'GET /payments/split': 'customer',
    'GET /payments/split/sums': 'customer',
    'GET /payments/run': 'customer',
    'GET /payments/run/status': 'customer',
    'GET /payments/:paymentId': 'customer',
    'GET /payments/:paymentId/status': 'customer',
    'GET /paid': 'customer',
    'GET /paid/totals': 'customer',
    'GET /paid/export': 'customer',
    'GET /paid/:orderNumber': 'customer',
    'GET /accounts': 'customer',
    'GET /accounts/choices': 'customer',
    'POST /accounts/choices': 'customer',
    'GET /billers': 'customer',
    'GET /billers/:shopId': 'customer',
    'POST /billers/:shopId': 'customer',
    'POST /billers/:shopId/unlink': 'customer',
    'POST /staff/language': 'form',
    'GET /staff/sign-in': 'open',
    'POST /staff/sign-in': 'form',
    'POST /staff/sign-out': 'form',
    'GET /staff': 'clerk',
    'GET /staff/in-doubt': 'clerk',
    'GET /staff/reports': 'clerk',
    'GET /staff/reconciliations': 'clerk',
    'GET /staff/claims': 'clerk',
    'GET /staff/claims/:orderNumber': 'clerk',
    'GET /staff/mails': 'clerk',
    'POST /staff/notices/:noticeId/resend': 'clerk',
    'GET /staff/exceptions': 'clerk',
    'GET /staff/exceptions/:exceptionId': 'clerk',
    'POST /staff/exceptions/:exceptionId/refunds': 'approver',
    'GET /staff/exceptions/:exceptionId/refunds/:paymentId': 'clerk',
    'GET /staff/exceptions/:exceptionId/refunds/:paymentId/status': 'clerk',
    'GET /staff/shops': 'clerk',
    'GET /staff/shops/:shopId': 'clerk',
    'POST /staff/shops/:shopId/decision': 'approver',
    'POST /staff/shops/:shopId/password': 'approver',
    'GET /staff/fees': 'clerk',
    'GET /staff/fees/:relation': 'approver',
    'POST /staff/fees/:relation': 'approver',
    'GET /staff/holidays': 'clerk',
    'POST /staff/holidays': 'approver',
    'POST /staff/holidays/:date/remove': 'approver',
    'GET /staff/customers': 'clerk',
    'POST /staff/customers/:customerId/unlock': 'clerk',
    'GET /staff/adverts': 'clerk',
    'GET /staff/adverts/new': 'clerk',
    'POST /staff/adverts': 'clerk',
    'POST /staff/adverts/:advertId/end': 'clerk',
    'GET /staff/members': 'approver',
    'GET /staff/members/new': 'approver',
    'POST /staff/members': 'approver',
    'GET /staff/members/:staffId': 'approver',
    'POST /staff/members/:staffId/roles': 'approver',
    'POST /staff/members/:staffId/suspension': 'approver',
    'POST /staff/members/:staffId/password': 'approver',
    'GET /staff/password': 'clerk',
    'POST /staff/password': 'clerk',
    'GET /staff/audit': 'approver',
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
