import type { Claim } from '#shared/contracts/claim-server.ts'
import type { LocalDate } from '#shared/dates.ts'
import { type Nearness, nearness } from '#shared/ui/index.ts'

export type Urgency = 'passed' | 'today' | 'week' | 'later'

const urgencyOf: Record<Nearness, Urgency> = {
  passed: 'passed',
  today: 'today',
  soon: 'week',
  week: 'week',
  later: 'later',
}

/** The customer's question first: what is due when. Groups without claims are left out. */
export const groupByUrgency = (
  claims: readonly Claim[],
  today: LocalDate,
): { urgency: Urgency; claims: Claim[] }[] => {
  const order: Urgency[] = ['passed', 'today', 'week', 'later']
  return order
    .map((urgency) => ({
      urgency,
      claims: claims.filter((one) => urgencyOf[nearness(one.timeLimit, today)] === urgency),
    }))
    .filter((group) => group.claims.length > 0)
}
