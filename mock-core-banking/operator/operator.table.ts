import { sessionTable } from '#shared/web/sessions.ts'
import { throttleTable } from '#shared/web/throttle.ts'
import { coreBanking } from '../pg-schema.ts'

/** What a session of the operator pages keeps. */
export interface OperatorSession {
  name: string
}

export const operatorSessions = sessionTable<OperatorSession>(coreBanking)
export const operatorTries = throttleTable(coreBanking)
