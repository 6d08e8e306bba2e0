import { randomUUIDv7 } from 'node:crypto'
import type { AnyCall, Received, ReplyOf } from '#shared/contracts/call.ts'
import { allClaimServerCalls } from '#shared/contracts/claim-server-calls.ts'
import type { ClaimStatus } from '#shared/contracts/claim-server.ts'
import * as claimServer from '#shared/contracts/claim-server.ts'
import * as core from '#shared/contracts/core-banking.ts'
import * as coreStaff from '#shared/contracts/core-staff.ts'
import type { Receipt } from '#shared/contracts/documents.ts'
import * as staff from '#shared/contracts/staff.ts'
import { addDays, type Clock, dateIn } from '#shared/dates.ts'
import { AppError } from '#shared/errors.ts'
import { toJson, toJsonValue } from '#shared/json.ts'
import { newOrderNumber } from '#shared/order-number.ts'
import { NoAnswer, type ServiceClient } from '#shared/service-client.ts'
import { bankCustomers, bankStaff } from '../demo/bank-world.ts'

/** What it answers is checked by the contract when it is sent. */
type Handler<C> = (input: Received<C> & { staffId: string | undefined }) => unknown

type Rows<C, Name extends string> = ReplyOf<C> extends Record<Name, infer List> ? List : never

export interface StaffWorld {
  callClaimServer: ServiceClient
  callCore: ServiceClient
  /** Calls that find no answer from now on, by name. */
  silent: Set<string>
  /** What was asked of either peer, in order. */
  asked: { name: string; onBehalfOf: string | undefined; sent: unknown }[]
  claims: (staff.StaffClaim & Omit<ReplyOf<typeof staff.readClaim>, 'claim'>)[]
  openPayments: Rows<typeof staff.listOpenPayments, 'payments'>
  undelivered: Rows<typeof staff.listUndelivered, 'notices'>
  shops: Rows<typeof staff.listShops, 'shops'>
  exceptions: Rows<typeof staff.listExceptions, 'exceptions'>
  reports: Rows<typeof staff.listReports, 'reports'>
  reconciliations: staff.StaffReconciliation[]
  fees: Rows<typeof staff.listFees, 'fees'>
  holidays: Rows<typeof staff.listHolidays, 'holidays'>
  adverts: Rows<typeof staff.listAdverts, 'adverts'>
  audit: Rows<typeof staff.listAudit, 'entries'>
  members: (coreStaff.BankStaffMember & { password: string })[]
  locks: Map<string, Date>
  receipts: Map<string, Receipt>
  /** What the next refund meets. */
  refund: {
    authorise: 'authorised' | 'not-accepted' | 'content-stale' | undefined
    reserve: 'too-much' | 'content-stale' | 'authorisation-expired' | undefined
    result: Receipt['result']
    reason: Receipt['reason']
  }
}

const shopId = '0199f000-0000-7000-8000-00000000000a'

const callsByName = new Map<string, AnyCall>(
  [...allClaimServerCalls, ...core.coreBankingCalls].map((call) => [call.name, call]),
)

const throughJson = (value: unknown) =>
  value === undefined ? undefined : JSON.parse(toJson(value))

/** What arrives at the peer, checked by the contract, as it would over HTTP. */
const receive = (call: AnyCall, sent: Record<string, unknown>) => ({
  params: call.params?.parse(sent.params),
  query: call.query?.parse(
    Object.fromEntries(
      Object.entries((sent.query ?? {}) as Record<string, unknown>)
        .filter(([, value]) => value !== undefined)
        .map(([name, value]) => [name, String(value)]),
    ),
  ),
  body: call.body?.parse(throughJson(sent.body)),
})

/** A JWS in form alone: whoever verifies is not here. */
const unsigned = (payload: unknown) =>
  `${Buffer.from('{"alg":"ES256"}').toString('base64url')}.${Buffer.from(toJson(payload)).toString('base64url')}.c2ln`

const pageOf = <Row>(
  rows: readonly Row[],
  query: { cursor?: string | undefined; limit: number },
) => {
  const from = Number(query.cursor ?? 0)
  const shown = rows.slice(from, from + query.limit)
  const isMore = from + shown.length < rows.length
  return { shown, nextCursor: isMore ? String(from + shown.length) : null }
}

const has = (text: string | null, part: string | undefined) =>
  part === undefined || (text ?? '').toLowerCase().includes(part.toLowerCase())

/** Claim server and core banking as the staff's pages see them, in memory, by their contracts. */
export const createStaffWorld = (clock: Clock): StaffWorld => {
  const handlers = new Map<string, Handler<AnyCall>>()
  const on = <C extends AnyCall>(call: C, handler: Handler<C>) => {
    handlers.set(call.name, handler as unknown as Handler<AnyCall>)
  }
  const today = () => dateIn('Asia/Tokyo', clock.now())
  const member = (one: (typeof bankStaff)[keyof typeof bankStaff]) => ({
    staffId: one.staffId,
    name: one.name,
    roles: [...one.roles],
    password: one.password,
    passwordIsTemporary: false,
    suspendedAt: null,
  })

  const send: ServiceClient = async (call, sent, context = {}) => {
    const { onBehalfOf } = context
    world.asked.push({ name: call.name, onBehalfOf, sent })
    if (world.silent.has(call.name)) throw new NoAnswer(call.name, 'not reachable')
    const contract = callsByName.get(call.name)
    const handler = handlers.get(call.name)
    if (!contract || !handler) throw new NoAnswer(call.name, 'answered 404')
    const staffId = /^staff:(.+)$/.exec(onBehalfOf ?? '')?.[1]
    const input = { ...receive(contract, sent as Record<string, unknown>), staffId }
    const reply = await handler(input as never)
    return contract.reply.parse(toJsonValue(reply)) as never
  }

  const world: StaffWorld = {
    callClaimServer: send,
    callCore: send,
    silent: new Set(),
    asked: [],
    claims: [],
    openPayments: [],
    undelivered: [],
    shops: [],
    exceptions: [],
    reconciliations: [],
    reports: [],
    fees: [],
    holidays: [],
    adverts: [],
    audit: [],
    members: Object.values(bankStaff).map(member),
    locks: new Map(),
    receipts: new Map(),
    refund: { authorise: undefined, reserve: undefined, result: 'executed', reason: undefined },
  }

  const record = (staffId: string | undefined, act: string, subject: string, detail?: string) => {
    world.audit.unshift({
      at: clock.now(),
      staffId: staffId ?? '',
      act,
      subject,
      detail: detail ?? null,
    })
  }
  const findClaim = (orderNumber: string) => {
    const found = world.claims.find((one) => one.orderNumber === orderNumber)
    if (!found) throw new AppError('not-found')
    return found
  }

  on(staff.searchClaims, ({ query, staffId }) => {
    record(staffId, 'searchClaims', 'claims')
    const { shown, nextCursor } = pageOf(
      world.claims.filter(
        (one) =>
          (query.orderNumber === undefined || one.orderNumber === query.orderNumber) &&
          (has(one.customerId, query.customer) || has(one.customerName, query.customer)) &&
          (query.account === undefined || one.account === query.account) &&
          has(one.shopName, query.shop) &&
          (query.amountMinor === undefined || one.amountMinor === query.amountMinor) &&
          (query.from === undefined || one.orderedOn >= query.from) &&
          (query.until === undefined || one.orderedOn <= query.until) &&
          (query.status === undefined || one.status === query.status),
      ),
      query,
    )
    return { claims: shown, nextCursor }
  })
  on(staff.readClaim, ({ params, staffId }) => {
    record(staffId, 'readClaim', params.orderNumber)
    const { timeline, payments, exceptions, notices, ...claim } = findClaim(params.orderNumber)
    return { claim, timeline, payments, exceptions, notices }
  })
  on(staff.listOpenPayments, ({ query }) => {
    const { shown: payments, nextCursor } = pageOf(world.openPayments, query)
    return { payments, nextCursor }
  })
  on(staff.listReconciliations, ({ query }) => {
    const { shown: reconciliations, nextCursor } = pageOf(world.reconciliations, query)
    return { reconciliations, nextCursor }
  })
  on(staff.listUndelivered, ({ query }) => {
    const { shown: notices, nextCursor } = pageOf(world.undelivered, query)
    return { notices, nextCursor }
  })
  on(staff.resendNotice, ({ params, staffId }) => {
    const found =
      world.undelivered.find((one) => one.noticeId === params.noticeId) ??
      world.claims.flatMap((one) => one.notices).find((one) => one.noticeId === params.noticeId)
    if (!found) throw new AppError('not-found')
    record(staffId, 'resendNotice', params.noticeId)
    found.status = 'waiting'
    return { status: 'waiting' }
  })
  on(staff.listShops, ({ query }) => {
    const { shown: shops, nextCursor } = pageOf(
      world.shops.filter(
        (one) =>
          (query.status === undefined || one.status === query.status) &&
          (query.shopId === undefined || one.shopId === query.shopId) &&
          (has(one.name, query.search) || has(one.nameJa, query.search)),
      ),
      query,
    )
    return { shops, nextCursor }
  })
  on(staff.decideShop, ({ params, body, staffId }) => {
    const found = world.shops.find((one) => one.shopId === params.shopId)
    if (!found) throw new AppError('not-found')
    const from = { approve: 'waiting', suspend: 'live', reinstate: 'suspended' }[body.decision]
    if (found.status !== from) throw new AppError('stale')
    record(staffId, 'decideShop', params.shopId, `${body.decision}: ${body.reason}`)
    const status = body.decision === 'suspend' ? 'suspended' : 'live'
    found.status = status
    return { status }
  })
  on(staff.resetShopPassword, ({ params, body, staffId }) => {
    const found = world.shops.find((one) => one.shopId === params.shopId)
    if (!found) throw new AppError('not-found')
    record(staffId, 'resetShopPassword', params.shopId, body.reason)
    return found.kind === 'biller'
      ? { outcome: 'no-login' }
      : { outcome: 'reset', signInId: 's7-a1', password: 'k7qm-2xpd-9rtb-hw4c-e8sj' }
  })
  on(staff.listExceptions, ({ query }) => {
    const { shown: exceptions, nextCursor } = pageOf(
      world.exceptions.filter(
        (one) =>
          (query.open === undefined || (one.closedAt === null) === query.open) &&
          (query.exceptionId === undefined || one.exceptionId === query.exceptionId),
      ),
      query,
    )
    return { exceptions, nextCursor }
  })
  on(staff.listReports, ({ query }) => {
    const { shown: reports, nextCursor } = pageOf(world.reports, query)
    return { reports, nextCursor }
  })
  on(staff.listFees, () => ({ fees: world.fees, today: today() }))
  on(staff.replaceFees, ({ params: { relation }, body: { validFrom, ranges }, staffId }) => {
    if (validFrom < today()) throw new AppError('invalid', { detail: 'this day has passed' })
    record(staffId, 'replaceFees', relation)
    for (const fee of world.fees)
      if (fee.relation === relation && fee.validUntil === null) fee.validUntil = validFrom
    for (const [at, range] of ranges.entries())
      world.fees.push({
        ...range,
        feeId: randomUUIDv7(),
        relation,
        belowAmountMinor: ranges[at + 1]?.fromAmountMinor ?? null,
        validFrom,
        validUntil: null,
      })
    return { fees: world.fees }
  })
  on(staff.listHolidays, () => ({ holidays: world.holidays, today: today() }))
  on(staff.addHoliday, ({ body, staffId }) => {
    if (body.date < today()) throw new AppError('invalid', { detail: 'this day has passed' })
    const added = !world.holidays.some((one) => one.date === body.date)
    record(staffId, 'addHoliday', body.date)
    if (added) world.holidays.push(body)
    return { added }
  })
  on(staff.removeHoliday, ({ params, staffId }) => {
    if (params.date <= today()) throw new AppError('invalid', { detail: 'this day has come' })
    record(staffId, 'removeHoliday', params.date)
    const before = world.holidays.length
    world.holidays = world.holidays.filter((one) => one.date !== params.date)
    return { removed: world.holidays.length < before }
  })
  on(staff.listAdverts, () => ({ adverts: world.adverts }))
  on(staff.addAdvert, ({ body, staffId }) => {
    const advertId = randomUUIDv7()
    record(staffId, 'addAdvert', body.advertiser)
    world.adverts.unshift({ ...body, advertId, displays: 0 })
    return { advertId }
  })
  on(staff.endAdvert, ({ params, staffId }) => {
    const found = world.adverts.find((one) => one.advertId === params.advertId)
    if (!found) throw new AppError('not-found')
    record(staffId, 'endAdvert', params.advertId)
    found.showUntil = today()
    return { ended: true }
  })
  on(staff.listAudit, ({ query }) => {
    const { shown: entries, nextCursor } = pageOf(
      world.audit.filter(
        (one) =>
          (query.staffId === undefined || one.staffId === query.staffId) &&
          (query.subject === undefined || one.subject === query.subject),
      ),
      query,
    )
    return { entries, nextCursor }
  })
  on(staff.recordAct, ({ body, staffId }) => {
    record(staffId, body.act, body.subject, body.detail)
    return { recorded: true }
  })

  on(claimServer.reserveRefund, ({ body: { content } }) =>
    world.refund.reserve
      ? { outcome: 'not-reserved', reason: world.refund.reserve, refundableMinor: 0n }
      : {
          outcome: 'reserved',
          paymentId: content.paymentId,
          instruction: unsigned(content),
          submitBefore: new Date(Date.now() + 30_000),
        },
  )
  on(claimServer.completePayment, ({ body }) => {
    const receipt = JSON.parse(
      Buffer.from(body.receipt.split('.')[1] ?? '', 'base64url').toString(),
    ) as Receipt
    const isExecuted = receipt.result === 'executed'
    const open = world.exceptions.find((one) => one.orderNumber === receipt.legs[0]?.orderNumber)
    if (isExecuted && open) {
      open.closedAt = clock.now()
      open.refundPaymentId = receipt.jti
    }
    return {
      paymentId: receipt.jti,
      status: isExecuted ? 'settled' : (receipt.result as 'refused' | 'voided'),
    }
  })

  const findMember = (staffId: string) =>
    world.members.find((one) => one.staffId === staffId.toLowerCase())
  const fits = (staffId: string, password: string) => {
    const found = findMember(staffId)
    return found?.password === password && found.suspendedAt === null ? found : undefined
  }
  const onlyApprover = (staffId: string | undefined, subject?: string) => {
    const acting = findMember(staffId ?? '')
    if (!acting?.roles.includes('approver') || acting.staffId === subject)
      throw new AppError('forbidden')
  }
  const secondApproval = (
    given: { staffId: string; password: string } | undefined,
    not: (string | undefined)[],
  ) => {
    if (!given) return 'second-approval-needed' as const
    const second = fits(given.staffId, given.password)
    const isOther = second && !not.includes(second.staffId) && second.roles.includes('approver')
    return isOther ? undefined : ('not-accepted' as const)
  }
  const managed = (staffId: string | undefined, subject: string) => {
    onlyApprover(staffId, subject)
    const found = findMember(subject)
    if (!found) throw new AppError('not-found')
    return found
  }

  on(core.checkStaffCredentials, ({ body }) => {
    const found = fits(body.staffId, body.password)
    if (!found) return { outcome: 'not-accepted' }
    const { staffId, name, roles, passwordIsTemporary } = found
    return { outcome: 'accepted', staff: { staffId, name, roles, passwordIsTemporary } }
  })
  on(coreStaff.listStaff, ({ staffId }) => {
    onlyApprover(staffId)
    return { staff: world.members.map(({ password: _password, ...one }) => one) }
  })
  on(coreStaff.addStaff, ({ body, staffId }) => {
    onlyApprover(staffId)
    const refused = body.roles.includes('approver')
      ? secondApproval(body.secondApproval, [staffId, body.staffId])
      : undefined
    if (refused) return { outcome: refused }
    if (findMember(body.staffId)) return { outcome: 'exists' }
    const { staffId: id, name, roles } = body
    const password = 'k7qm-2xpd-9rtb-hw4c-e8sj'
    const made = { staffId: id, name, roles, password, suspendedAt: null }
    world.members.push({ ...made, passwordIsTemporary: true })
    return { outcome: 'added', password }
  })
  on(coreStaff.changeStaffRoles, ({ params, body, staffId }) => {
    const found = managed(staffId, params.staffId)
    const makes = body.roles.includes('approver') && !found.roles.includes('approver')
    const refused = makes
      ? secondApproval(body.secondApproval, [staffId, found.staffId])
      : undefined
    if (refused) return { outcome: refused }
    found.roles = body.roles
    return { outcome: 'changed' }
  })
  on(coreStaff.suspendStaff, ({ params, body, staffId }) => {
    managed(staffId, params.staffId).suspendedAt = body.suspended ? clock.now() : null
    return { suspended: body.suspended }
  })
  on(coreStaff.resetStaffPassword, ({ params, body, staffId }) => {
    const found = managed(staffId, params.staffId)
    const refused = found.roles.includes('approver')
      ? secondApproval(body.secondApproval, [staffId, found.staffId])
      : undefined
    if (refused) return { outcome: refused }
    Object.assign(found, { password: 'p3nd-7wke-4hxs-m9qt-b2vc', passwordIsTemporary: true })
    return { outcome: 'reset', password: found.password }
  })
  on(coreStaff.changeStaffPassword, ({ body, staffId }) => {
    const found = fits(staffId ?? '', body.password)
    if (!found) return { outcome: 'not-accepted' }
    Object.assign(found, { password: body.newPassword, passwordIsTemporary: false })
    return { outcome: 'changed' }
  })
  on(coreStaff.searchCustomers, ({ query: { search } }) => ({
    customers: Object.values(bankCustomers)
      .filter((one) => has(one.customerId, search) || has(one.name, search))
      .map((one) => ({
        customerId: one.customerId,
        name: one.name,
        nameJa: 'nameJa' in one ? one.nameJa : null,
        lockedUntil: world.locks.get(one.customerId) ?? null,
      })),
  }))
  on(core.unlockAuthorisation, ({ params }) => ({
    unlocked: world.locks.delete(params.customerId),
  }))
  on(core.nameHolders, ({ body }) => ({
    holders: body.accounts.map((account) => ({
      account,
      holder: account === '0901-101-1-0014471' ? 'Haruka Sato' : 'Shop A Shoes',
    })),
  }))
  on(core.authoriseRefund, ({ body }) => {
    const members = body.approvals.map((one) => fits(one.staffId, one.password))
    const two = new Set(members.map((one) => one?.staffId)).size === 2
    const agreed = two && members.every((one) => one?.roles.includes('approver'))
    const outcome = world.refund.authorise ?? (agreed ? 'authorised' : 'not-accepted')
    return outcome === 'authorised'
      ? { outcome, authorisation: unsigned(body.content) }
      : { outcome }
  })
  on(core.executePayment, ({ params, body }) => {
    const content = JSON.parse(
      Buffer.from(body.instruction.split('.')[1] ?? '', 'base64url').toString(),
    ) as {
      payerAccount: string
      claims: { orderNumber: string; payeeAccount: string; amountMinor: number }[]
    }
    const { result, reason } = world.refund
    const receipt = {
      iss: 'core-banking' as const,
      aud: 'claim-server' as const,
      jti: params.paymentId,
      iat: Math.floor(Date.now() / 1000),
      result,
      ...(reason ? { reason } : {}),
      kind: 'refund' as const,
      payer: bankCustomers.haruka.customerId,
      digest: 'A'.repeat(43),
      payerAccount: content.payerAccount,
      currency: 'JPY' as const,
      legs:
        result === 'executed'
          ? content.claims.map((claim) => ({
              orderNumber: claim.orderNumber,
              payeeAccount: claim.payeeAccount,
              amountMinor: BigInt(claim.amountMinor),
              transferId: randomUUIDv7(),
            }))
          : [],
      fees: [],
      decidedAt: clock.now(),
    }
    world.receipts.set(params.paymentId, receipt)
    return { receipt: unsigned(receipt) }
  })
  on(core.findReceipts, ({ body }) => ({
    receipts: body.paymentIds.map((paymentId) => {
      const found = world.receipts.get(paymentId)
      return { paymentId, receipt: found ? unsigned(found) : null }
    }),
  }))
  return world
}

/** A claim as the claim server tells staff of it; settled, with its whole story, unless said otherwise. */
export const aStaffClaim = (
  clock: Clock,
  changed: Partial<StaffWorld['claims'][number]> = {},
): StaffWorld['claims'][number] => {
  const now = clock.now().getTime()
  const ago = (minutes: number) => new Date(now - minutes * 60_000)
  const today = dateIn('Asia/Tokyo', clock.now())
  const orderNumber = newOrderNumber()
  const paymentId = randomUUIDv7()
  return {
    orderNumber,
    status: 'settled' satisfies ClaimStatus,
    shopId,
    shopName: 'Shop A Shoes',
    customerId: bankCustomers.haruka.customerId,
    customerName: 'Haruka Sato',
    account: '0901-101-1-0014471',
    description: 'A pair of shoes, size 24',
    amountMinor: 3150n,
    currency: 'JPY',
    orderedOn: addDays(today, -3),
    timeLimit: addDays(today, 11),
    paymentId,
    timeline: [
      { at: ago(240), service: 'claim-server', event: 'provisional', by: 'shop', detail: null },
      { at: ago(235), service: 'bank-portal', event: 'unsettled', by: 'customer', detail: null },
      {
        at: ago(235),
        service: 'mail',
        event: 'order-received written',
        by: 'customer',
        detail: 'haruka.sato@mail.example',
      },
      {
        at: ago(234),
        service: 'mail',
        event: 'order-received delivered',
        by: 'customer',
        detail: 'haruka.sato@mail.example',
      },
      {
        at: ago(60),
        service: 'core-banking',
        event: 'authorised',
        by: 'customer',
        detail: 'P-3F8T-Q1ZD-H, 0901-101-1-0014471',
      },
      { at: ago(60), service: 'bank-portal', event: 'paying', by: 'customer', detail: null },
      {
        at: ago(59),
        service: 'core-banking',
        event: 'executed',
        by: 'core',
        detail: 'P-3F8T-Q1ZD-H',
      },
      { at: ago(59), service: 'core-banking', event: 'settled', by: 'core', detail: null },
      {
        at: ago(59),
        service: 'mail',
        event: 'claim-settled written',
        by: 'shop',
        detail: 'orders@shoes.example',
      },
    ],
    payments: [
      {
        paymentId,
        reference: 'P-3F8T-Q1ZD-H',
        status: 'executed',
        reason: null,
        account: '0901-101-1-0014471',
        amountMinor: 3150n,
        createdAt: ago(60),
        decidedAt: ago(59),
        receiptVerified: true,
      },
    ],
    exceptions: [],
    notices: [
      {
        noticeId: randomUUIDv7(),
        event: 'order-received',
        recipient: 'customer',
        channel: 'mail',
        status: 'delivered',
        attempts: 1,
        deliveredAt: ago(234),
      },
      {
        noticeId: randomUUIDv7(),
        event: 'claim-settled',
        recipient: 'shop',
        channel: 'mail',
        status: 'waiting',
        attempts: 2,
        deliveredAt: null,
      },
    ],
    ...changed,
  }
}
