import type { Hono } from 'hono'
import type { AnyCall, Received, ReplyOf } from '#shared/contracts/call.ts'
import * as calls from '#shared/contracts/staff.ts'
import { AppError } from '#shared/errors.ts'
import type { ServiceCaller } from '#shared/service-token.ts'
import { inWords } from '../../claim-server/staff/in-words.ts'
import { answerCall, type MockOptions } from './answer-call.ts'
import type { ClaimServerState } from './claim-server-state.ts'
import { pageOf } from './staff-pages.ts'

/** What a member of the bank's staff read or did. */
export interface MockAuditEntry {
  at: Date
  staffId: string
  act: string
  subject: string
  detail: string | null
}

interface Act {
  /** The call's name unless said otherwise. */
  act?: string
  subject: string
  detail?: string | null | undefined
}

const staffIdOf = ({ onBehalfOf }: ServiceCaller): string => {
  const [, staffId] = /^staff:([A-Za-z0-9._@-]{1,60})$/.exec(onBehalfOf ?? '') ?? []
  if (staffId === undefined) throw new AppError('not-found')
  return staffId
}

/** Serves one call of the bank's staff. */
export type ServeStaff = <C extends AnyCall>(
  call: C,
  actOf: (input: Received<C>) => Act,
  answer: (input: Received<C>, staffId: string) => ReplyOf<C>,
) => void

/** Calls of the bank's staff, in the audit log also when they are refused; of nobody else. */
export const forStaff =
  (app: Hono, options: MockOptions, state: ClaimServerState): ServeStaff =>
  (call, actOf, answer) =>
    answerCall(app, options, call, async (input) => {
      const staffId = staffIdOf(input.caller)
      const { act = call.name, subject, detail = null } = actOf(input)
      state.audit.push({ at: state.clock.now(), staffId, act, subject, detail })
      return answer(input, staffId)
    })

/** The audit log, read and written to: reading it is in it. */
export const serveAudit = (serve: ServeStaff, state: ClaimServerState): void => {
  serve(
    calls.listAudit,
    ({ query }) => ({ subject: 'audit log', detail: inWords(query) }),
    ({ query }) => {
      const { staffId, subject } = query
      const found = state.audit.filter(
        (one) =>
          (staffId === undefined || one.staffId === staffId) &&
          (subject === undefined || one.subject === subject),
      )
      const { shown, nextCursor } = pageOf(found, query, {
        first: 'newest',
        placeOf: (_entry, at) => ['', at],
      })
      return { entries: shown, nextCursor }
    },
  )

  serve(
    calls.recordAct,
    ({ body }) => body,
    () => ({ recorded: true as const }),
  )
}
